"""The page of a run over a roster: why it is held, what it changes, what may be done, and by whom."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from core import tables as t
from core.host import PluginHost
from core.model.people import SYSTEM
from core.model.states import RosterRunState
from core.model.vocabulary import Standing
from core.services.rosters import applying
from core.services.rosters.undoing import undo_run
from core.settings import Settings
from core.store import jobs
from core.store.rosters.roster_runs import find_run, move_run
from plugins import BUILTIN
from tests.plugins_for_tests.shelf import shelf_on_path
from tests.rosters import PLUGIN, listed, member, members, previewed, synced
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal, open_portal
from tests.web.rosters import pressed, worked
from tests.worlds import NOW, attorney, joined

PATH = "/rosters/our-bar"


async def test_a_held_run_says_why_and_is_applied_only_by_who_says_so(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await synced(members(40))
    run = await previewed(members(12))

    today = await visitor.open("/today")
    page = await visitor.open(f"{PATH}/runs/{run.id}")
    assert f"{PATH}/runs/{run.id}" in today.links
    assert page.heading == "Held for a person: something looks wrong"
    assert "12 members are listed where 40 were, and 28 of those are gone" in page.text
    assert "Did they leave, or is the file not whole?" in page.text
    assert (await visitor.open("/rosters")).heading == "1 roster waits for a person"
    assert all("/apply" not in form["action"] for form in page.forms)

    await pressed(visitor, page, "accept")
    await worked(portal)
    assert (await visitor.open(page.path)).heading == "Applied: 28 changes"
    assert len(await listed()) == 12


async def test_a_run_that_is_left_changes_nothing_and_waits_no_more(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await synced(members(40))
    run = await previewed(members(41))
    page = await visitor.open(f"{PATH}/runs/{run.id}")

    page = await pressed(visitor, page, "leave")

    assert "Left. Nothing of that run was applied." in page.text
    assert page.heading == "Members of our bar: 40 members"
    assert (await visitor.open(f"{PATH}/runs/{run.id}")).heading == "This run was not applied"
    assert await t.RosterChange.count().where(t.RosterChange.run == run.id) == 0
    assert len(await listed()) == 40


async def test_changes_are_told_kind_by_kind_field_by_field_and_page_by_page(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await synced([*members(40), member(2001, firm="Old firm"), member(2002)])
    changed = [member(2001, Standing.INACTIVE, firm="New firm"), *members(75)]
    run = await previewed([*changed, member(3001), member(3001, Standing.DISBARRED)])

    page = await visitor.open(f"{PATH}/runs/{run.id}")
    assert "Standing In good standing → Inactive" in page.text
    assert "Firm Old firm → New firm" in page.text
    assert "Suspicious, and left as they were, since their rows have different names or standings: 3001." in page.text

    names: list[str] = []
    page = await visitor.open(f"{PATH}/runs/{run.id}?kind=new")
    while True:
        names += [word for word in page.text.split() if word.isdigit() and 1041 <= int(word) <= 1075]
        following = [link for link in page.links if "after=" in link]
        if not following:
            break
        page = await visitor.open(following[0])
    assert sorted(set(names)) == [str(n) for n in range(1041, 1076)]
    gone = await visitor.open(f"{PATH}/runs/{run.id}?kind=gone")
    assert "Member 2002" in gone.text
    assert (await visitor.open(f"{PATH}/runs/{run.id}?kind=nonsense")).status == 422


async def test_progress_tells_the_rows_that_are_read_and_the_changes_that_are_applied(portal: Portal) -> None:
    visitor = await portal.coordinator()
    run = await previewed(members(12_000))
    r = t.RosterRun
    assert (await find_run(run.id)).rows == 10_000
    await t.Roster.update({t.Roster.claimed_until: NOW + timedelta(seconds=30)}).where(t.Roster.id == run.roster)
    await r.update({r.state: "reading"}).where(r.id == run.id)
    page = await visitor.open(f"{PATH}/runs/{run.id}")
    assert (page.heading, "10,000 rows read so far" in page.text) == ("The roster is being read", True)

    await r.update({r.state: "applying", r.done: 4_500}).where(r.id == run.id)
    page = await visitor.open(f"{PATH}/runs/{run.id}")
    assert page.heading == "The run is being applied"
    assert "4500 of 12000 · changes" in page.text


async def test_what_was_interrupted_shows_go_on_and_goes_on(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = await portal.coordinator()
    run = await previewed(members(1_200))

    async def dies(*said: object, **more: object) -> None:
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr(applying, "_end", dies)
        with pytest.raises(RuntimeError):
            await applying.apply_run(run, by=SYSTEM, clock=lambda: NOW)
    page = await visitor.open(f"{PATH}/runs/{run.id}")
    assert page.heading == "This run was interrupted"
    assert (await visitor.open(PATH)).heading == "Members of our bar: a run was interrupted"

    page = await pressed(visitor, page, "go-on")
    assert "Waiting for a worker" not in page.heading
    await worked(portal)

    assert (await visitor.open(page.path)).heading == "Applied: 1,200 changes"
    assert "In good standing 1,200" in (await visitor.open(PATH)).text


async def test_what_a_worker_left_half_way_can_be_asked_for_anew_before_its_job_is_taken_over(
    portal: Portal,
) -> None:
    visitor, dead = await portal.coordinator(), NOW - timedelta(minutes=2)
    run = await previewed(members(1_200))
    await pressed(visitor, await visitor.open(f"{PATH}/runs/{run.id}"), "apply")
    w, r = t.RosterWork, t.Roster
    await w.update({w.asked_at: dead}).where(w.roster == run.roster)
    assert await jobs.claim_job(NOW, only=["roster"]) is not None
    await move_run(run.id, RosterRunState.APPLYING)
    await r.update({r.claimed_until: dead}).where(r.id == run.roster)

    page = await visitor.open(f"{PATH}/runs/{run.id}")
    assert page.heading == "This run was interrupted"
    assert (await pressed(visitor, page, "go-on")).heading == "The run is being applied"
    await worked(portal)

    assert (await visitor.open(page.path)).heading == "Applied: 1,200 changes"


async def test_only_the_run_applied_last_can_be_taken_back(portal: Portal) -> None:
    visitor = await portal.coordinator()
    first, second = await synced(members(40)), await synced(members(41))
    older, newer = [await visitor.open(f"{PATH}/runs/{run.id}") for run in (first, second)]
    assert [any(form["action"].endswith("/undo") for form in page.forms) for page in (older, newer)] == [False, True]

    await undo_run(await find_run(second.id), by=SYSTEM, clock=lambda: NOW)
    refused = await pressed(visitor, newer, "undo")
    await worked(portal)
    assert refused.status == 200
    assert (await visitor.open(f"{PATH}/runs/{second.id}")).heading == "This run was taken back"


async def test_members_by_standing_are_counted_through_everything(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await synced([*members(40), member(2001, Standing.SUSPENDED)])
    assert "In good standing 40 Suspended 1" in (await visitor.open(PATH)).text
    run = await synced([*members(39), member(2001), member(2002, Standing.RESIGNED)])
    page = await visitor.open(PATH)
    assert "In good standing 40 Resigned 1" in page.text
    assert "Suspended" not in page.text
    await undo_run(run, by=SYSTEM, clock=lambda: NOW)
    assert "In good standing 40 Suspended 1" in (await visitor.open(PATH)).text


async def test_who_may_be_a_volunteer_is_confirmed_and_separated(portal: Portal) -> None:
    visitor = await portal.coordinator()
    alma = await joined(attorney("Alma Reyes", bars=()))
    await synced([*members(40), member(2001, Standing.SUSPENDED, name="Alma Reyes")])
    page = await visitor.open(f"{PATH}/members")
    assert page.heading == "1 member may be a volunteer"

    page = await pressed(visitor, page, "confirm")
    assert "Confirmed. The standing that the roster gives" in page.text
    assert page.heading == "No other member looks like a volunteer"
    assert "Suspended" in (await visitor.open(f"/volunteers/{alma.id}")).text

    page = await pressed(visitor, page, "separate")
    assert "Separated. Number and standing are again what they were." in page.text
    assert page.heading == "1 member may be a volunteer"

    page = await pressed(visitor, page, "two-persons")
    assert "Noted: two persons." in page.text
    assert page.heading == "No other member looks like a volunteer"


@pytest.fixture
async def brought(database_url: str, tmp_path: Path) -> AsyncIterator[tuple[Portal, Path]]:
    """A portal whose plugin brings a roster, and the file that it reads."""
    with shelf_on_path(tmp_path) as shelf:
        modules = [*BUILTIN, shelf.module("our_bar", PLUGIN)]
        host = PluginHost.load(modules, settings=Settings(), entry_points=False)
        async with open_portal(database_url, host) as opened:
            yield opened, shelf.folder / "roster.json"
        host.close()


async def test_what_a_plugin_brings_is_read_when_somebody_asks_and_takes_no_upload(
    brought: tuple[Portal, Path],
) -> None:
    portal, file = brought
    file.write_bytes(msgspec.json.encode(members(20)))
    visitor = await portal.coordinator()
    page = await visitor.open(PATH)
    assert page.heading == "Members of our bar: nothing is applied yet"
    assert all(not form["action"].endswith("/upload") for form in page.forms)
    assert "read by a plugin every 24 hours" in page.text

    page = await pressed(visitor, page, "read")
    assert "The roster is read and compared" in page.text
    await worked(portal)

    assert (await visitor.open(f"{PATH}/work")).heading == "20 changes wait for a decision"
    taken = await visitor.send(await visitor.open("/rosters"), "/rosters", name="our-bar", title="Mine", bar="NM")
    assert "There is a roster our-bar already." in taken.text


async def test_pages_take_few_statements(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await synced(members(40))
    run = await previewed([*members(39), member(2001)])
    paths = {"/rosters": 7, PATH: 7, f"{PATH}/runs/{run.id}": 8, f"{PATH}/members": 14}
    assert {path: (await counted(visitor, path))[0] for path in paths} == paths
