"""``amparo sync`` at the command line, with a roster of a plugin that reads the file of a test."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from click.testing import CliRunner, Result

from core.members import ColumnMapping
from core.model.people import SYSTEM, BarAdmission
from core.model.rosters.entries import RosterEntry
from core.model.states import OfferState
from core.model.vocabulary import Standing
from core.queries.desk import open_alerts
from core.services.clinic import Clinic
from core.services.rosters.uploads import add_roster, keep_upload, settle_mapping
from core.services.work.working import Worker
from core.settings import settings_from
from core.store.matches import teams
from tests import worlds
from tests.plugins_for_tests.shelf import Shelf
from tests.rosters import PLUGIN, member, members
from web.cli import main
from web.cli.opening import clinic_at_work, current_database

ASKED: dict[str, Any] = {"by": SYSTEM, "now": worlds.NOW}
Give = Callable[[Iterable[RosterEntry]], None]
VOLUNTEER = (
    "ref,name,roles,practice_area,level,bar_state,bar_number,standing\nA-1,Alma,attorney,asylum,2,NM,1001,active\n"
)


@pytest.fixture
def migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> None:
    """A migrated database, as the settings say."""
    path = tmp_path / "amparo.db"
    path.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("AMPARO_DATABASE", f"sqlite:///{path}")


@pytest.fixture
def give(shelf: Shelf, migrated: None) -> Give:
    """Let the bar's roster have these entries; a plugin that reads it is installed."""
    shelf.module("our_bar", PLUGIN)
    shelf.distribution("our-bar", points="our-bar = our_bar")

    def given(entries: Iterable[RosterEntry]) -> None:
        (shelf.folder / "roster.json").write_bytes(msgspec.json.encode(list(entries)))

    given(members(40))
    return given


def sync(*options: str) -> Result:
    return CliRunner().invoke(main, ["sync", *options])


def run_of(result: Result) -> str:
    """The name that the first line gives the run."""
    return result.stdout.splitlines()[0].split("run ")[1].split(":")[0]


def test_a_roster_is_listed_previewed_applied_and_taken_back(give: Give) -> None:
    first, tried, applied = sync(), sync("our-bar"), sync("our-bar", "--apply")
    assert "never" in first.stdout
    assert "a plugin that talks" not in first.stdout
    assert "40 new" in tried.stdout
    assert "Nothing was changed. Apply it with `amparo sync our-bar --apply`." in tried.stdout
    assert f"Take it back with `amparo sync --undo {run_of(applied)}`." in applied.stdout
    assert "0 new, 0 changed, 0 back, 0 gone, 0 overdue, 40 same" in sync("our-bar").stdout

    undone = sync("--undo", run_of(applied))

    assert (undone.exit_code, "undone" in undone.stdout.splitlines()[0]) == (0, True)
    assert "40 new" in sync("our-bar").stdout


async def without_number() -> str:
    """An attorney whose number at the bar is not known; her ref."""
    async with current_database(settings_from().database):
        joined = await worlds.joined(worlds.attorney("Berta Ruiz", bars=(BarAdmission("NM"),)))
        return joined.ref


def test_a_member_who_may_be_a_volunteer_is_suggested_confirmed_and_taken_back(give: Give) -> None:
    ref = asyncio.run(without_number())
    give([member(2001, name="Berta Ruiz"), *members(40)])
    sync("our-bar", "--apply")
    listed, named = members_of("our-bar"), f"2001={ref}"
    assert "The names agree." in " ".join(listed.stdout.split())
    assert [one["number"] for one in json.loads(members_of("our-bar", "--json").stdout)] == ["2001"]
    confirmed, empty = members_of("our-bar", "--confirm", named), members_of("our-bar")
    assert confirmed.stdout == f"{ref} is 2001 of our-bar. The standing there is active now.\n"
    assert "No member of this roster looks like a volunteer" in empty.stdout
    assert "is unknown again" in members_of("our-bar", "--separate", named).stdout
    assert members_of("our-bar", "--confirm", "2001").exit_code == 2
    assert members_of("our-bar", "--confirm", named, "--separate", named).exit_code == 2
    assert members_of("another-bar").exit_code == 1
    assert "are two persons. They are not listed again" in members_of("our-bar", "--apart", named).stdout
    assert "No member of this roster looks like a volunteer" in members_of("our-bar").stdout


def members_of(*options: str) -> Result:
    return CliRunner().invoke(main, ["members", *options])


async def offered_to_1001() -> UUID:
    """An open offer to the volunteer who is member 1001; her offer."""
    async with current_database(settings_from().database):
        alma = await worlds.joined(worlds.attorney())
        by, at = await worlds.coordinator(), worlds.clinic()
        match = await worlds.offered(await worlds.waiting(), worlds.seat(alma), by=by, at=at)
        (offer,) = await teams.offers_of_match(match)
        return offer.id


async def offer_and_alerts(offer: UUID) -> tuple[OfferState, list[str]]:
    """What became of the offer, and what a coordinator is told."""
    async with current_database(settings_from().database):
        alerts = await open_alerts()
        return (await teams.find_offer(offer)).state, [alert.text for alert in alerts]


def test_a_suspension_is_told_field_by_field_and_freezes_the_open_offer_when_applied(give: Give) -> None:
    """Scenario 5."""
    offer = asyncio.run(offered_to_1001())
    sync("our-bar", "--apply")
    give([member(1001, Standing.SUSPENDED, status="Suspended"), *members(39, 1002)])

    tried = sync("our-bar").stdout
    before = asyncio.run(offer_and_alerts(offer))
    sync("our-bar", "--apply")

    assert "1 changed" in tried
    assert "standing: active → suspended" in tried
    assert "status: nothing → Suspended" in tried
    assert before == (OfferState.OPEN, [])
    assert asyncio.run(offer_and_alerts(offer)) == (
        OfferState.FROZEN,
        ["The roster says suspended. The offer for the attorney seat is on hold."],
    )


def test_twelve_rows_instead_of_forty_are_held_until_somebody_has_looked(give: Give) -> None:
    """Scenario 6."""
    sync("our-bar", "--apply")
    give(members(12))

    tried, held = sync("our-bar"), sync("our-bar", "--apply")

    assert (tried.exit_code, held.exit_code) == (0, 1)
    assert "held shrunk: 12 members are listed where 40 were" in held.stdout
    assert "the last good roster stays" in held.stdout
    assert "40" in sync().stdout
    accepted = sync("--accept", run_of(held))
    assert (accepted.exit_code, "Applied." in accepted.stdout) == (0, True)


def test_programs_read_the_same_as_json(give: Give) -> None:
    sync("our-bar", "--apply")
    give([member(1001, county="Taos"), *members(39, 1002)])

    run, listed = json.loads(sync("our-bar", "--json").stdout), json.loads(sync("--json").stdout)

    assert run["run"]["state"] == "previewed"
    assert run["changes"] == [
        {
            "number": "1001",
            "name": "Member 1001",
            "kind": "changed",
            "standing": "active",
            "fields": [{"field": "county", "before": "", "after": "Taos"}],
        }
    ]
    assert [(one["name"], one["members"], one["last"]["id"]) for one in listed] == [
        ("our-bar", 40, run["run"]["id"]),
    ]


def test_no_more_changes_are_shown_than_asked_for(give: Give) -> None:
    assert "20 further changes are not shown" in sync("our-bar").stdout
    assert "39 further changes are not shown" in sync("our-bar", "--show", "1").stdout


def test_a_number_with_two_names_is_left_as_it_was_and_told(give: Give) -> None:
    give([*members(40), member(1001, name="Somebody Else")])

    assert "Left as they were, since their rows have different names or standings: 1001." in sync("our-bar").stdout


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("no-bar",), 2, "There are: our-bar."),
        (("--apply",), 2, "--apply goes with a NAME"),
        (("our-bar", "--undo", "abc"), 2, "Give the NAME of a roster"),
        (("--undo", "abc"), 1, "No roster run is called abc"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_can(
    give: Give, options: tuple[str, ...], code: int, said: str
) -> None:
    refused = sync(*options)

    assert (refused.exit_code, said in " ".join(refused.stderr.split())) == (code, True)


def test_a_roster_that_cannot_be_read_changes_nothing_and_says_why(give: Give, shelf: Shelf) -> None:
    sync("our-bar", "--apply")
    (shelf.folder / "roster.json").write_text("[{]")

    failed = sync("our-bar", "--apply")

    assert (failed.exit_code, "our-bar" in failed.stderr) == (1, True)
    assert "failed" in sync().stdout
    give(members(40))
    assert "40 same" in sync("our-bar", "--apply").stdout


def test_without_a_plugin_there_is_no_roster_and_that_is_said(migrated: None) -> None:
    nobody = sync()

    assert (nobody.exit_code, nobody.stdout) == (
        0,
        "No plugin that is on brings a roster. `amparo plugins` lists the plugins.\n",
    )


def test_a_roster_that_is_uploaded_is_read_from_its_last_upload(migrated: None, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Bar No,Name,Status\n1001,Ana Reyes,Active\n1002,Bo Li,Retired\n")

    asyncio.run(with_uploads(lambda at: add_roster("county-bar", title="County Bar", bar="NM", clinic=at, **ASKED)))
    nothing = sync("county-bar")
    asyncio.run(with_uploads(lambda at: keep_file("county-bar", file, at)))
    unmapped = sync("county-bar")
    header = ("Bar No", "Name", "Status")
    asyncio.run(with_uploads(lambda at: settle_mapping("county-bar", ColumnMapping(), header=header, **ASKED)))
    applied, listed = sync("county-bar", "--apply"), sync()

    assert "Nobody has uploaded County Bar yet." in nothing.stderr
    assert "Nobody has said which column of County Bar is which." in unmapped.stderr
    assert "2 rows, 2 members, 0 known before: 2 new" in applied.stdout
    assert "uploaded" in listed.stdout
    assert [one["uploaded"] for one in json.loads(sync("--json").stdout)] == [True]


async def keep_file(name: str, file: Path, at: Clinic) -> None:
    """Upload a file and have it looked through."""

    async def read(size: int) -> bytes:
        return content.read(size)

    with file.open("rb") as content:
        await keep_upload(name, read, file_name=file.name, **ASKED)
    await Worker(at, clock=lambda: worlds.NOW).run_once(worlds.NOW)


async def with_uploads(work: Callable[[Clinic], Awaitable[None]]) -> None:
    async with clinic_at_work(settings_from()) as at:
        await work(at)
