"""A clinic with hostile plugins of every kind: its pages answer, its work goes on, and each culprit is named."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from core.errors import AmparoError, NotEligible
from core.host import PluginHost
from core.host.kinds import KINDS
from core.matching_process.parent import RunRequest
from core.model.people import SYSTEM
from core.model.states import RosterRunState
from core.model.vocabulary import SeatRole
from core.services.matches import claiming
from core.services.rosters import syncing
from core.services.runs import proposing
from core.services.work.working import Worker
from core.settings import Settings
from core.store.accounts import open_session
from core.store.database import open_database
from plugins import BUILTIN
from tests import worlds
from tests.plugins_for_tests.hanging import BEGAN, RELEASE
from tests.plugins_for_tests.hostile import DEEDS, EFFECTS, PIECES, hostile, malformed, twice
from tests.plugins_for_tests.shelf import Shelf, shelf_on_path
from tests.web.portal import Page, Portal, Visitor, open_portal
from tests.web.serving import ROOT, serving
from tests.worlds import NOW
from web.access.sessions import SESSION

GOOD_ROSTER = """
from datetime import timedelta
class Good:
    name, title, bar, every = "good-roster", "Good", "NM", timedelta(days=1)
    async def fetch(self, since):
        yield RosterEntry(number="7", name="Alma Reyes")
@hookimpl
def amparo_rosters(settings): return [Good()]
"""
LIMITS: dict[str, Any] = {"plugin_seconds": 3.0, "roster_seconds": 1.0, "run_seconds": 1.0, "run_memory_mib": 2048}
"""A matcher must be able to be imported in its time, on a busy machine, too."""
BESIDE_THE_SOLVER = 8.0
"""Seconds that a run may take beside its solver: what hangs in it is waited for."""
ON_BOTH = ("raises", "mutates what it got")
"""What is tried on PostgreSQL, too: no plugin reaches either database."""
CASES = [(deed, "sqlite_url") for deed in DEEDS] + [
    pytest.param(deed, "postgres_url", marks=pytest.mark.postgres) for deed in ON_BOTH
]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A place for plugins of this test."""
    with shelf_on_path(tmp_path) as found:
        yield found


@pytest.fixture
def besieged(deed: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[PluginHost]:
    """The built-in plugins, hostile ones, and a good one that comes last."""
    monkeypatch.setattr(proposing, "RunRequest", partial(RunRequest, grace=BESIDE_THE_SOLVER))
    modules = [*BUILTIN, *hostile(shelf, deed).values(), shelf.module("good_roster", GOOD_ROSTER)]
    with closing(PluginHost.load(modules, settings=Settings(**LIMITS), entry_points=False)) as host:
        yield host
        RELEASE.set()


async def a_claim_goes_through(portal: Portal) -> None:
    alma, case = await worlds.joined(worlds.attorney()), await worlds.waiting()
    visitor = await portal.volunteer(alma)
    assert (await visitor.open("/cases?fits=yes")).status == 200
    page = await visitor.open(f"/cases/{case.id}")
    claimed = await visitor.send(page, f"/cases/{case.id}/claim", role="attorney")
    assert (claimed.status, claimed.heading) == (200, "1 claim waits for a coordinator")


async def an_interpreter_is_refused_where_a_rule_cannot_decide(portal: Portal, deed: str) -> None:
    isidro, case = await worlds.joined(worlds.interpreter()), await worlds.waiting(worlds.case(languages=("mam",)))
    assert (await (await portal.volunteer(isidro)).open(f"/cases/{case.id}")).status == 200
    with pytest.raises(NotEligible, match="Could not decide: bad_rule") if "rules" in DEEDS[deed] else nullcontext():
        await claiming.claim_case(
            case.id, role=SeatRole.INTERPRETER, clinic=portal.clinic, by=worlds.actor_of(isidro), now=NOW
        )


async def run_of(matcher: str, carmen: Visitor, worker: Worker) -> Page:
    """A run as a coordinator asks for it; the page that it leads to."""
    asked = await carmen.send(await carmen.open("/runs"), "/runs", matcher=matcher)
    await worker.run_once(NOW)
    return await carmen.open(str(asked.answer.url.path))


async def rosters_are_read(portal: Portal, deed: str) -> None:
    good = await syncing.sync("good-roster", clinic=portal.clinic, by=SYSTEM, clock=lambda: NOW)
    assert good.state is RosterRunState.APPLIED
    if "rosters" in DEEDS[deed]:
        with pytest.raises(AmparoError, match="bad-roster"):
            await syncing.sync("bad-roster", clinic=portal.clinic, by=SYSTEM, clock=lambda: NOW)


async def what_plugins_show_fails_in_its_place(carmen: Visitor, deed: str) -> None:
    case = await worlds.waiting()
    assert "data-panel=" in (await carmen.open(f"/cases/{case.id}")).answer.text
    assert (await carmen.open("/reports/served")).heading == "Served and waiting"
    for kind, path, said in (
        ("reports", "/reports/bad_report", "could not make this report"),
        ("panels", f"/panels/bad_panel?about={case.id}", "This could not be shown"),
    ):
        if kind in DEEDS[deed]:
            page = await carmen.open(path)
            assert (page.status, said in page.text) == (200, True), page.text


@pytest.fixture
async def portal(besieged: PluginHost, place: str) -> AsyncIterator[Portal]:
    """The portal with these plugins."""
    async with open_portal(place, besieged, **LIMITS) as opened:
        yield opened


@pytest.fixture
def place(request: pytest.FixtureRequest) -> str:
    """The database of this test."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.mark.parametrize(("deed", "place"), CASES, indirect=["place"])
async def test_the_rest_of_the_clinic_works_and_each_culprit_is_named(deed: str, portal: Portal) -> None:
    carmen, worker = await portal.coordinator(), Worker(portal.clinic)
    await worker.run_once(NOW)
    await a_claim_goes_through(portal)
    await an_interpreter_is_refused_where_a_rule_cannot_decide(portal, deed)
    await worlds.waiting()

    assert "proposal" in (await run_of("joint", carmen, worker)).heading
    if "matchers" in DEEDS[deed]:
        failed = await run_of("bad_matcher", carmen, worker)
        assert failed.heading == "The matcher could not finish"
        assert "bad_matchers" in failed.text
    assert "A volunteer claims a case" in (await carmen.open("/inbox")).text
    await rosters_are_read(portal, deed)
    await what_plugins_show_fails_in_its_place(carmen, deed)

    page = await carmen.open("/plugins")
    told = told_of(page.answer.text)
    assert [kind for kind in DEEDS[deed] if not re.search(EFFECTS[deed], told[f"bad_{kind}"])] == []
    assert "ana@example.org" not in page.answer.text


@pytest.mark.parametrize(("deed", "place"), [("hangs", "sqlite_url")], indirect=["place"])
async def test_whoever_meets_what_hangs_waits_alone(portal: Portal) -> None:
    isidro, case = await worlds.joined(worlds.interpreter()), await worlds.waiting(worlds.case(languages=("mam",)))
    carmen, waits = await portal.coordinator(), await portal.volunteer(isidro)

    claim = asyncio.create_task(waits.open(f"/cases/{case.id}"))
    await asyncio.to_thread(BEGAN.wait)
    for path in ("/today", "/waitlist", "/volunteers", "/plugins"):
        assert (await carmen.open(path)).status == 200
    assert not claim.done()
    assert (await claim).status == 200


async def test_a_name_that_is_taken_and_data_that_is_none_fail_their_plugins_alone(
    shelf: Shelf, sqlite_url: str
) -> None:
    pairs, bad = twice(shelf), malformed(shelf)
    modules = [*BUILTIN, *(name for pair in pairs.values() for name in pair), *bad]
    with closing(PluginHost.load(modules, settings=Settings(), entry_points=False)) as host:
        async with open_portal(sqlite_url, host) as portal:
            carmen, case = await portal.coordinator(), await worlds.waiting()
            told = told_of((await carmen.open("/plugins")).answer.text)
            for path in ("/today", "/waitlist", "/rosters", "/reports", f"/cases/{case.id}", f"/cases/{case.id}/dates"):
                assert (await carmen.open(path)).status == 200

    assert set(pairs) == {kind.name for kind in KINDS}
    assert [kind for kind in pairs if "is already used by" in told[f"first_{kind}"]] == []
    assert [kind for kind in pairs if "is already used by" not in told[f"second_{kind}"]] == []
    assert [name for name in bad if "amparo_" not in told[name]] == []


async def test_a_served_portal_outlives_whoever_wants_to_end_it(sqlite_url: str, shelf: Shelf) -> None:
    deeds = {"rules": "sys.exit(3)", "channels": "raise KeyboardInterrupt", "observers": "sys.exit()"}
    for kind, body in deeds.items():
        shelf.module(f"bad_{kind}", PIECES[kind].format(body=body))
        shelf.distribution(f"bad-{kind}", points=f"bad_{kind} = bad_{kind}")
    shelf.module("bad_start", "sys.exit(4)")
    shelf.distribution("bad-start", points="bad_start = bad_start")
    opened = await open_database(sqlite_url)
    isidro, case = await worlds.joined(worlds.interpreter()), await worlds.waiting(worlds.case(languages=("mam",)))
    carmen = await worlds.coordinator(datetime.now(UTC))
    sessions = [await open_session(one, now=datetime.now(UTC)) for one in (isidro.account, carmen.account) if one]
    await opened.close()

    with serving(sqlite_url, PYTHONPATH=f"{shelf.folder}:{ROOT}") as address:
        async with AsyncClient(base_url=address, timeout=30.0) as client:
            seen, (his, hers) = [], sessions
            for path, session in ((f"/cases/{case.id}", his), ("/plugins", hers), ("/today", hers)):
                answer = await client.get(path, headers={"Cookie": f"{SESSION}={session}"})
                assert answer.status_code == 200
                seen.append(told_of(answer.text))
    assert "SystemExit" in seen[1]["bad_rules"]
    assert "import: SystemExit: 4" in seen[1]["bad_start"]


def told_of(text: str) -> dict[str, str]:
    """What the page of plugins says of each."""
    rows = text.split('<h2 class="row-title">')[1:]
    return {row.split("</h2>")[0]: row.split("</li>")[0] for row in rows}
