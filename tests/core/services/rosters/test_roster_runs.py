"""Runs over rosters: previewed, held, applied and taken back, and what follows for volunteers."""

from datetime import timedelta
from random import Random
from uuid import UUID

import msgspec
import pytest

from core import tables as t
from core.errors import BadInput, Contradicts, TooLate
from core.model.events import chain_breaks
from core.model.people import SYSTEM, BarAdmission, Capacity
from core.model.rosters.changes import ChangeKind
from core.model.states import OfferState, RosterRunState
from core.model.vocabulary import Standing
from core.queries.rosters.lists import first_changes, roster_standings
from core.services.matches import engagement
from core.services.rosters.applying import apply_run
from core.services.rosters.previews import preview_roster
from core.services.rosters.standings import close_alert, record_standing
from core.services.rosters.undoing import undo_run
from core.store import audit
from core.store.database import Database
from core.store.matches import teams
from core.store.volunteers import volunteers
from tests import worlds
from tests.rosters import OurBar, kept, listed, member, members, previewed, synced
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)


async def _standing(volunteer: UUID) -> Standing:
    (bar,) = (await volunteers.find_volunteer(volunteer)).bars
    return bar.standing


async def _alerts(kind: str) -> list[str]:
    rows = await t.Alert.select(t.Alert.text).where(t.Alert.kind == kind).order_by(t.Alert.id)
    return [row["text"] for row in rows]


async def test_a_preview_tells_what_would_change_and_changes_nothing(database: Database) -> None:
    await synced(members(20))
    before = await kept()

    run = await previewed([member(1001, Standing.SUSPENDED, county="Taos"), *members(19, 1002), member(2000)])

    assert (run.state, run.tally.changed, run.tally.new, run.tally.gone) == (RosterRunState.PREVIEWED, 1, 1, 0)
    changes = await first_changes(run, 10)
    assert [(one.number, one.kind) for one in changes] == [("1001", ChangeKind.CHANGED), ("2000", ChangeKind.NEW)]
    assert [one.field for one in changes[0].fields()] == ["standing", "county"]
    assert await kept() == before
    (shown,) = await roster_standings()
    assert (shown.members, shown.last) == (20, run)


async def test_a_suspended_attorney_has_her_open_offers_frozen_and_alerts_on_her_engaged_cases(
    database: Database,
) -> None:
    """Scenario 5: nothing is removed silently."""
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney(capacity=Capacity(cases=3)))
    engaged = await worlds.offered(await worlds.waiting(), worlds.seat(alma), by=by, at=clinic)
    await worlds.accept_all(engaged)
    await engagement.clear_conflicts(engaged, by=by, now=NOW)
    await engagement.engage_match(engaged, by=by, now=NOW)
    offered = await worlds.offered(await worlds.waiting(), worlds.seat(alma), by=by, at=clinic)
    await synced(members(20))

    run = await synced([member(1001, Standing.SUSPENDED), *members(19, 1002)], now=LATER)

    assert await _standing(alma.id) is Standing.SUSPENDED
    assert [offer.state for offer in await teams.offers_of_match(offered)] == [OfferState.FROZEN]
    assert len(await _alerts("standing")) == 2
    undone = await undo_run(run, by=SYSTEM, clock=lambda: LATER)
    assert (undone.state, await _standing(alma.id)) == (RosterRunState.UNDONE, Standing.ACTIVE)
    assert [offer.state for offer in await teams.offers_of_match(offered)] == [OfferState.FROZEN]
    assert chain_breaks(await audit.events()) is None


async def test_a_roster_that_is_held_night_after_night_is_told_of_once_until_somebody_has_looked(
    database: Database,
) -> None:
    carmen = await worlds.coordinator()
    await synced(members(400))
    for night in range(1, 4):
        await previewed(members(12), now=NOW + timedelta(days=night))
    assert len(await _alerts("roster_held")) == 1
    told = t.Message.select(t.Message.kind).where(t.Message.account == carmen.account)
    assert [row["kind"] for row in await told] == ["roster_held"]

    (alert,) = await t.Alert.select(t.Alert.id).where(t.Alert.kind == "roster_held")
    await close_alert(alert["id"], by=carmen, now=LATER)
    await previewed(members(12), now=NOW + timedelta(days=4))
    assert [row["kind"] for row in await told] == ["roster_held", "roster_held"]


async def test_twelve_rows_instead_of_four_hundred_are_held_and_the_last_good_roster_stays(database: Database) -> None:
    """Scenario 6."""
    carmen = await worlds.coordinator()
    await synced(members(400))
    before = await kept()

    run = await previewed(members(12), now=LATER)

    assert (run.state, [guard.code for guard in run.guards]) == (RosterRunState.HELD, ["shrunk"])
    with pytest.raises(Contradicts, match="held for a person"):
        await apply_run(run, by=SYSTEM, clock=lambda: LATER)
    assert await kept() == before
    assert len(await _alerts("roster_held")) == 1
    told = await t.Message.select(t.Message.kind).where(t.Message.account == carmen.account)
    assert [row["kind"] for row in told] == ["roster_held"]

    accepted = await apply_run(run, accept=True, by=carmen, clock=lambda: LATER)

    assert (accepted.state, accepted.decided_by) == (RosterRunState.APPLIED, "Carmen")
    assert await listed() == [str(number) for number in range(1001, 1013)]
    assert len(await kept()) == 400


async def test_who_is_gone_keeps_entry_and_standing_and_a_coordinator_is_asked(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney())
    await synced(members(20))

    await synced(members(19, 1002), now=LATER)

    assert "1001" not in await listed()
    assert next(number for number, *_ in await kept()) == "1001"
    assert await _standing(alma.id) is Standing.ACTIVE
    assert await _alerts("roster_gone") == [
        "Members of our bar does not list 1001 any more. Nothing was changed: ask the volunteer, or the bar."
    ]
    back = await previewed(members(20), now=LATER)
    assert (back.tally.back, back.tally.changes) == (1, 1)


async def test_a_member_who_is_no_volunteer_is_kept_as_an_entry_and_becomes_none(database: Database) -> None:
    await synced(members(3))

    assert await volunteers.all_volunteers() == []


async def test_another_bars_admission_with_the_same_number_is_another_person(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney(bars=(BarAdmission("NY", "1001", Standing.ACTIVE),)))

    await synced([member(1001, Standing.SUSPENDED)])

    assert await _standing(alma.id) is Standing.ACTIVE


async def test_a_volunteer_who_joins_after_her_entry_was_read_gets_its_standing_with_the_next_run(
    database: Database,
) -> None:
    await synced([member(1001, Standing.SUSPENDED), *members(5, 1002)])
    alma = await worlds.joined(worlds.attorney())

    run = await synced([member(1001, Standing.SUSPENDED), *members(5, 1002)], now=LATER)

    assert (run.tally.overdue, run.tally.changes, await _standing(alma.id)) == (1, 1, Standing.SUSPENDED)
    again = await synced([member(1001, Standing.SUSPENDED), *members(5, 1002)], now=LATER)
    assert again.tally.changes == 0


async def test_applying_twice_is_applying_once(database: Database) -> None:
    run = await synced(members(30))
    before, events = await kept(), await audit.head_sequence()

    assert await apply_run(run, by=SYSTEM, clock=lambda: LATER) == run
    assert (await kept(), await audit.head_sequence()) == (before, events)


async def test_undoing_restores_every_entry_run_by_run_and_the_newest_first(database: Database) -> None:
    first = await synced(members(20))
    after_first = await kept()
    changed = [member(1001, county="Taos"), *members(17, 1002), *members(2, 3001)]
    second = await synced(changed, now=LATER)
    with pytest.raises(TooLate, match=f"--undo {second.short}"):
        await undo_run(first, by=SYSTEM, clock=lambda: LATER)

    await undo_run(second, by=SYSTEM, clock=lambda: LATER)
    assert await kept() == after_first
    assert (await undo_run(second, by=SYSTEM, clock=lambda: LATER)).state is RosterRunState.UNDONE
    await undo_run(first, by=SYSTEM, clock=lambda: LATER)

    assert await kept() == []
    assert (await synced(changed, now=LATER)).tally.new == 20


async def test_rosters_of_any_kind_one_after_another_are_applied_and_can_be_taken_back_one_by_one(
    database: Database,
) -> None:
    random, runs = Random(3), []
    for _ in range(12):
        said = {str(n): member(n, county=random.choice("ABC")) for n in random.sample(range(1, 40), 25)}
        before = await kept()
        run = await apply_run(await previewed(said.values()), accept=True, by=SYSTEM, clock=lambda: NOW)
        runs.append((run, before))
        assert {number: entry for number, entry, _, gone in await kept() if gone is None} == {
            number: msgspec.json.encode(entry).decode() for number, entry in said.items()
        }

    for run, before in reversed(runs):
        await undo_run(run, by=SYSTEM, clock=lambda: NOW)
        assert await kept() == before


async def test_a_standing_that_a_person_changed_since_is_not_undone(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney())
    run = await synced([member(1001, Standing.SUSPENDED)])
    await record_standing(alma.id, jurisdiction="NM", standing=Standing.INACTIVE, by=SYSTEM, now=NOW)

    await undo_run(run, by=SYSTEM, clock=lambda: LATER)

    assert await _standing(alma.id) is Standing.INACTIVE


async def test_an_older_file_is_held_by_its_date_or_by_what_it_says(database: Database) -> None:
    roster = OurBar()
    roster.as_of = LATER
    await synced(members(40), roster=roster)
    renewed = [member(number, county="Taos") for number in range(1001, 1041)]
    await synced(renewed, roster=roster)

    by_content = await previewed(members(40), roster=roster)
    roster.as_of = NOW
    by_date = await previewed(renewed, roster=roster)

    assert [[guard.code for guard in run.guards] for run in (by_content, by_date)] == [["older"], ["older"]]


async def test_a_source_that_fails_half_way_fails_its_run_and_changes_nothing(database: Database) -> None:
    await synced(members(20))
    before = await kept()

    async def broken(since: object) -> object:
        yield members(700, 5001)
        raise BadInput("Row 701 ends in the middle.")

    with pytest.raises(BadInput):
        await preview_roster(OurBar(), broken, by=SYSTEM, clock=lambda: LATER)  # type: ignore[arg-type]  # -- a source

    (shown,) = await roster_standings()
    assert shown.last is not None
    assert (shown.last.state, shown.last.error) == (RosterRunState.FAILED, "Row 701 ends in the middle.")
    assert (await kept(), await first_changes(shown.last, 10)) == (before, ())
    assert (await synced(members(21), now=LATER)).state is RosterRunState.APPLIED


async def test_a_roster_asks_for_what_changed_since_the_last_run_that_was_applied(database: Database) -> None:
    await synced(members(3))
    await previewed(members(4), now=LATER)

    assert (await previewed(members(4), now=LATER + timedelta(days=1))).since == NOW


async def test_a_newer_preview_takes_the_place_of_the_one_before(database: Database) -> None:
    old = await previewed(members(3))
    await previewed(members(4))

    with pytest.raises(TooLate, match="superseded"):
        await apply_run(old, by=SYSTEM, clock=lambda: NOW)
    assert await kept() == []


async def test_a_name_that_changes_its_bar_is_refused(database: Database) -> None:
    await synced(members(3))

    with pytest.raises(BadInput, match="another name"):
        await previewed(members(3), roster=type("Elsewhere", (OurBar,), {"bar": "NY"})())
