"""A merge taken back: everything is where it was, but for what has happened since; and files and rosters meanwhile."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core import tables as t
from core.errors import BadInput, NotAllowed, NotFound, TooLate
from core.model.people import SYSTEM, BarAdmission, Capacity, Volunteer
from core.model.rosters.entries import RosterEntry
from core.model.states import OfferState
from core.model.vocabulary import DeclineReason, SeatRole, Standing
from core.queries.volunteers.duplicates import past_merges, possible_duplicates
from core.services.cases.importing import Outcome, Report
from core.services.matches import claiming, pinning, responding
from core.services.rosters.members import confirm_member, separate_member
from core.services.rosters.standings import record_standing
from core.services.rosters.undoing import undo_run
from core.services.volunteers.importing_volunteers import import_volunteers
from core.services.volunteers.merging import merge_records
from core.services.volunteers.splitting import find_merge_of, split_records
from core.services.volunteers.volunteering import change_volunteer
from core.settings import Settings
from core.spreadsheets import read_volunteers
from core.store import accounts, audit
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import settled, teams
from core.store.volunteers import volunteers
from core.store.volunteers.merges import Merge
from tests import worlds
from tests.core.services.volunteers.test_merging import TX, signed_in, two, whose
from tests.rosters import member, members, synced
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)


async def merged(kept: Volunteer, other: Volunteer) -> Merge:
    return await merge_records(kept.id, other.id, account=kept.account, by=SYSTEM, now=LATER)


async def apart(merge: Merge) -> tuple[str, ...]:
    return await split_records(merge.id, by=SYSTEM, now=LATER)


async def test_a_split_gives_everything_back_and_the_same_merge_can_be_done_again(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic(most_open_offers=5)
    kept, other = await two(capacity=Capacity(cases=4))
    match = await worlds.offered(await worlds.waiting(), worlds.seat(other), by=by, at=clinic)
    claimed, pinned = await worlds.waiting(), await worlds.waiting()
    given: dict[str, Any] = {"role": SeatRole.ATTORNEY, "clinic": clinic, "now": NOW}
    claim = await claiming.claim_case(claimed.id, by=worlds.actor_of(other), **given)
    await pinning.pin_seat(pinned.id, volunteer=other.id, reason="knows them", by=by, **given)
    hers = await signed_in(other)

    for _ in range(2):
        merge = await merged(kept, other)
        assert await apart(merge) == ()
        assert (await volunteers.find_volunteer(kept.id), await volunteers.find_volunteer(other.id)) == (kept, other)
        assert [seat.volunteer for seat in await teams.seats_of(match)] == [other.id]
        assert [offer.volunteer for offer in await teams.offers_of_match(match)] == [other.id]
        assert (await teams.find_proposal(claim)).claimed_by == other.id
        assert (await cases.find_case(claimed.id)).held_by == other.id
        assert [one.volunteer for one in await settled.settled_for(pinned.id)] == [other.id]
    assert await whose(hers) is None, "She signs in again."
    assert other.account is not None
    assert await whose(await accounts.open_session(other.account, now=NOW)) == other.id
    kinds = [event.kind for event in await audit.events_of([other.id])]
    assert kinds.count("record_absorbed") == kinds.count("record_restored") == 2
    assert await possible_duplicates() == (), "Who splits says that they are two."
    assert [(one.last, one.merge.split_at is None) for one in await past_merges(kept.id)] == [(False, False)] * 2


async def test_what_has_happened_since_stays_with_the_kept_record_and_is_told(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic(most_open_offers=5)
    kept, other = await two()
    match = await worlds.offered(await worlds.waiting(worlds.case("NM-1")), worlds.seat(other), by=by, at=clinic)
    merge = await merged(kept, other)
    (offer,) = await teams.offers_of_volunteer(kept.id, OfferState.OPEN)
    await responding.accept_offer(offer.id, by=worlds.actor_of(kept), now=LATER)
    now = await volunteers.find_volunteer(kept.id)
    await change_volunteer(msgspec.structs.replace(now, name="Alma Reyes"), by=by, now=LATER)

    assert await apart(merge) == ("name", "seat NM-1")

    assert (await volunteers.find_volunteer(kept.id)).name == "Alma Reyes"
    assert [seat.volunteer for seat in await teams.seats_of(match)] == [kept.id]
    ((past,)) = await past_merges(kept.id)
    assert (past.merge.stayed, past.ref, past.last) == (("name", "seat NM-1"), other.ref, False)


async def test_who_said_no_since_stays_barred_when_the_other_bar_goes_back(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic()
    kept, other = await two()
    case = await worlds.waiting()
    match = await worlds.offered(case, worlds.seat(kept), by=by, at=clinic)
    await cases.bar_pair(case.id, volunteer=other.id, reason="no_time", now=NOW)
    merge = await merged(kept, other)
    (offer,) = await teams.offers_of_match(match)
    await responding.decline_offer(offer.id, reason=DeclineReason.NO_TIME, by=by, now=LATER)
    await apart(merge)
    assert await cases.barred_for(case.id) == {kept.id, other.id}


async def test_who_is_in_good_standing_only_by_the_other_record_loses_her_open_offers_for_now(
    database: Database,
) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic()
    kept = await worlds.joined(worlds.attorney("Alma", bars=(BarAdmission("NM", "1001", Standing.INACTIVE),)))
    other = await worlds.joined(worlds.attorney("Alma", bars=TX))
    merge = await merged(kept, other)
    match = await worlds.offered(await worlds.waiting(), worlds.seat(kept), by=by, at=clinic)
    await apart(merge)
    assert [offer.state for offer in await teams.offers_of_match(match)] == [OfferState.FROZEN]


async def test_the_last_merge_is_split_first_and_a_person_does_it(database: Database) -> None:
    kept, other = await two()
    third = await worlds.joined(worlds.attorney("Alma"))
    first, second = await merged(kept, other), await merged(kept, third)
    with pytest.raises(NotAllowed):
        await split_records(second.id, by=worlds.actor_of(kept), now=LATER)
    with pytest.raises(TooLate, match="merged into this one later"):
        await apart(first)
    assert (await find_merge_of(other.id)).id == first.id
    with pytest.raises(NotFound, match="not part of another one"):
        await find_merge_of(kept.id)
    await apart(second)
    await apart(first)
    with pytest.raises(TooLate, match="taken back already"):
        await apart(first)
    on = await worlds.joined(worlds.attorney("Alma"))
    inner = await merged(kept, other)
    outer = await merged(on, kept)
    assert await volunteers.kept_of([other.id]) == {other.id: on.id}
    with pytest.raises(TooLate, match="Split that merge first"):
        await apart(inner)
    await apart(outer)
    await apart(inner)
    assert len(await volunteers.all_volunteers()) == 4


async def test_a_pin_that_goes_back_lets_go_of_a_proposal_that_contradicts_it(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic()
    kept, other = await two()
    case = await worlds.waiting()
    given: dict[str, Any] = {"reason": "knows them", "clinic": clinic, "by": by, "now": NOW}
    await pinning.pin_seat(case.id, volunteer=other.id, role=SeatRole.ATTORNEY, **given)
    merge = await merged(kept, other)
    await worlds.proposed(case, worlds.seat(kept))
    await apart(merge)
    assert await teams.open_proposals() == []


async def imported(folder: Path, *rows: str) -> Report:
    path = folder / "volunteers.csv"
    path.write_text("\n".join(("ref,name,roles,county,practice,languages", *rows)) + "\n")
    reading = read_volunteers(path, NOW.date())
    assert reading.ok, reading.problems
    return await import_volunteers(reading.rows, settings=Settings(), by=SYSTEM, now=LATER)


async def test_importing_the_old_reference_updates_the_kept_volunteer_and_says_so(
    database: Database, tmp_path: Path
) -> None:
    kept, other = await two()
    await merged(kept, other)
    (row,) = (await imported(tmp_path, f"{other.ref},Alma,attorney,Luna,asylum:2,es:4")).rows
    assert (row.outcome, f"part of {kept.ref}" in row.note) == (Outcome.CHANGED, True)
    assert (await volunteers.find_volunteer(kept.id)).county == "Luna"
    assert await t.Volunteer.count() == 2

    both = [f"{ref},Alma,attorney,{home},asylum:2,es:4" for ref, home in ((other.ref, "Luna"), (kept.ref, "Taos"))]
    first, again = (await imported(tmp_path, *both)).rows, (await imported(tmp_path, *both)).rows
    assert [one.outcome for one in first] == [Outcome.PASSED_OVER, Outcome.CHANGED]
    assert [one.outcome for one in again] == [Outcome.PASSED_OVER, Outcome.UNCHANGED]
    assert "a row already" in first[0].note


async def test_nobody_new_gets_an_account_that_a_merge_switched_off(database: Database) -> None:
    kept, other = await two()
    await merged(kept, other)
    with pytest.raises(BadInput, match="Use the reference of one of the two"):
        await worlds.joined(worlds.attorney("Alma", email=other.email))


async def test_a_roster_finds_the_kept_volunteer_by_the_number_of_the_old_record(database: Database) -> None:
    kept = await worlds.joined(worlds.attorney("Alma", bars=TX))
    other = await worlds.joined(worlds.attorney("Alma"))
    await synced(members(20))
    merge = await merged(kept, other)
    run = await synced([member(1001, Standing.SUSPENDED), *members(19, 1002)])
    assert {bar.jurisdiction: bar.standing for bar in (await volunteers.find_volunteer(kept.id)).bars} == {
        "TX": Standing.ACTIVE,
        "NM": Standing.SUSPENDED,
    }
    await apart(merge)
    assert (await volunteers.find_volunteer(kept.id)).bars == TX
    assert [bar.standing for bar in (await volunteers.find_volunteer(other.id)).bars] == [Standing.SUSPENDED]

    await merged(kept, other)
    await undo_run(run, by=SYSTEM, clock=lambda: LATER)
    assert {bar.standing for bar in (await volunteers.find_volunteer(kept.id)).bars} == {Standing.ACTIVE}


async def test_who_was_confirmed_with_the_old_record_is_separated_from_the_kept_one(database: Database) -> None:
    kept = await worlds.joined(worlds.attorney("Alma", bars=TX))
    other = await worlds.joined(worlds.attorney("Alma Reyes", bars=()))
    await synced([RosterEntry(number="42", name="Alma Reyes", standing=Standing.ACTIVE), *members(20, 2001)])
    await confirm_member("our-bar", "42", other.ref, by=SYSTEM, now=NOW)
    await merged(kept, other)
    await record_standing(kept.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=SYSTEM, now=LATER)
    assert await separate_member("our-bar", "42", kept.ref, by=SYSTEM, now=LATER) is None
    assert (await volunteers.find_volunteer(kept.id)).bars == TX
