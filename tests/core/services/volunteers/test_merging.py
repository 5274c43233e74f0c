"""Two records of one volunteer made one by a person: what stays, what goes over, and what is refused."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from core import tables as t
from core.errors import BadInput, Contradicts, NotAllowed, NotFound, TooLate
from core.model.events import chain_breaks
from core.model.people import SYSTEM, BarAdmission, Volunteer
from core.model.plans.teams import Reserve
from core.model.states import OfferState
from core.model.vocabulary import AccountRole, PracticeArea, SeatRole, Standing
from core.model.volunteers.identity import Likeness
from core.model.volunteers.merging import Part
from core.queries.volunteers.duplicates import possible_duplicates
from core.queries.volunteers.people import Search, count_people, find_people
from core.services.accounts import signing_in as sign_ins
from core.services.matches import claiming, pinning
from core.services.rosters.standings import record_standing
from core.services.runs.snapshot import take_snapshot
from core.services.volunteers.merge_previews import preview_merge
from core.services.volunteers.merging import merge_records, tell_apart
from core.settings import Settings
from core.store import accounts, audit
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import settled, teams
from core.store.volunteers import volunteers
from tests import worlds
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)
TX = (BarAdmission("TX", "5", Standing.ACTIVE),)


async def two(**others: object) -> tuple[Volunteer, Volunteer]:
    """Alma as the clinic knows her, and as she came through a bar."""
    kept = await worlds.joined(worlds.attorney("Alma", county="Taos"))
    return kept, await worlds.joined(worlds.attorney("Alma", **({"bars": TX} | others)))


async def merged(kept: Volunteer, other: Volunteer, **given: Any) -> Volunteer:
    await merge_records(kept.id, other.id, by=SYSTEM, now=LATER, **given)
    return await volunteers.find_volunteer(kept.id)


async def test_one_number_is_suggested_first_and_merged_only_by_a_person(database: Database) -> None:
    kept, other = await two(bars=(BarAdmission("NM", "1001", Standing.ACTIVE),))
    (found,) = await possible_duplicates()
    assert (found.likeness, found.pair) == (Likeness.CERTAIN, (kept.id, other.id))
    with pytest.raises(NotAllowed):
        await merge_records(kept.id, other.id, by=worlds.actor_of(kept), now=LATER)
    await merged(kept, other)
    assert await possible_duplicates() == ()


async def test_whom_a_person_tells_apart_is_suggested_again_when_something_changes(database: Database) -> None:
    kept, other = await two(bars=(BarAdmission("NM", "1001", Standing.ACTIVE),))
    await tell_apart(other.id, kept.id, by=SYSTEM, now=NOW)
    assert await possible_duplicates() == ()
    await volunteers.set_number(other.id, jurisdiction="NM", number="01001")
    assert [one.pair for one in await possible_duplicates()] == [(kept.id, other.id)]
    await tell_apart(kept.id, other.id, by=SYSTEM, now=LATER)
    assert await possible_duplicates() == ()


async def test_the_kept_record_has_everything_and_the_old_one_is_nobody(database: Database) -> None:
    kept, other = await two(practice={PracticeArea.FAMILY: 2})
    made = await merged(kept, other)

    assert {bar.jurisdiction for bar in made.bars} == {"NM", "TX"}
    assert made.practice.keys() == {PracticeArea.ASYLUM, PracticeArea.REMOVAL, PracticeArea.FAMILY}
    assert made.capacity == kept.capacity
    with pytest.raises(NotFound):
        await volunteers.find_volunteer(other.id)
    assert [one.id for one in await volunteers.all_volunteers()] == [kept.id]
    snapshot = await take_snapshot(settings=Settings(), today=NOW.date())
    assert [one.ref for one in snapshot.volunteers] == [str(kept.id)]
    assert [one.volunteer.id for one in (await find_people(Search())).rows] == [kept.id]
    assert await count_people(Search()) == 1
    assert (await volunteers.volunteers_by_ref([other.ref]))[other.ref].id == kept.id
    assert await volunteers.volunteers_by_number("TX", ["5"]) == {"5": kept.id}


async def test_seats_offers_proposals_claims_and_pins_go_over(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic(most_open_offers=5)
    kept, other = await two()
    match = await worlds.offered(await worlds.waiting(), worlds.seat(other), by=by, at=clinic)
    proposed, claimed, pinned, no = [await worlds.waiting() for _ in range(4)]
    proposal = await worlds.proposed(proposed, worlds.seat(other))
    actor = worlds.actor_of(other)
    claim = await claiming.claim_case(claimed.id, role=SeatRole.ATTORNEY, clinic=clinic, by=actor, now=NOW)
    given: dict[str, Any] = {"volunteer": other.id, "reason": "knows them", "by": by, "now": NOW}
    await pinning.forbid_pair(pinned.id, **given)
    await cases.bar_pair(no.id, volunteer=other.id, reason="conflict", now=NOW)

    found = await preview_merge(kept.id, other.id, by=by)
    assert {kind: n for kind, n in found.moving.items() if n} == dict.fromkeys(
        ("seat", "proposed", "claim", "forbid", "barred"), 1
    )
    await merged(kept, other)

    assert [seat.volunteer for seat in await teams.seats_of(match)] == [kept.id]
    assert [offer.volunteer for offer in await teams.offers_of_match(match)] == [kept.id]
    assert [seat.volunteer for seat in (await teams.find_proposal(proposal.id)).team.seats] == [str(kept.id)]
    assert (await teams.find_proposal(claim)).claimed_by == kept.id
    assert (await cases.find_case(claimed.id)).held_by == kept.id
    assert await cases.barred_for(pinned.id) == await cases.barred_for(no.id) == {kept.id}
    assert [one.volunteer for one in await settled.settled_for(pinned.id)] == [kept.id]
    assert chain_breaks(await audit.events()) is None
    kinds = {(event.kind, event.subject) for event in await audit.events_of([kept.id, other.id])}
    assert {("records_merged", kept.id), ("record_absorbed", other.id)} <= kinds


async def test_both_on_one_team_is_refused_with_what_to_do(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic()
    kept, other = await two()
    case, another = await worlds.waiting(worlds.case("NM-1", attorneys=2)), await worlds.waiting(worlds.case("NM-2"))
    await worlds.offered(case, worlds.seat(kept), worlds.seat(other, SeatRole.CO_COUNSEL), by=by, at=clinic)
    await pinning.forbid_pair(another.id, volunteer=other.id, reason="town", by=by, now=NOW)
    await worlds.proposed(another, worlds.seat(kept))
    head = await audit.head_sequence()

    with pytest.raises(Contradicts) as refused:
        await merged(kept, other)

    assert "NM-1: both hold a seat of one match" in str(refused.value)
    assert "NM-2: one record is on the proposed team and the other one must not be" in str(refused.value)
    assert await audit.head_sequence() == head
    assert len(await volunteers.all_volunteers()) == 2


async def test_a_suspension_on_either_side_stays_and_puts_open_offers_on_hold(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic()
    kept, other = await two(bars=(BarAdmission("NM", "1001", Standing.SUSPENDED),))
    match = await worlds.offered(await worlds.waiting(), worlds.seat(kept), by=by, at=clinic)
    made = await merged(kept, other, yielding=set(Part))
    assert made.bars == (BarAdmission("NM", "1001", Standing.SUSPENDED),)
    assert [offer.state for offer in await teams.offers_of_match(match)] == [OfferState.FROZEN]
    assert await t.Alert.count().where(t.Alert.kind == "standing") == 1


async def test_a_seat_that_the_other_record_declined_is_put_before_a_coordinator(database: Database) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic()
    kept, other = await two()
    case = await worlds.waiting(worlds.case("NM-7"))
    match = await worlds.offered(case, worlds.seat(kept), by=by, at=clinic)
    await cases.bar_pair(case.id, volunteer=other.id, reason="conflict", now=NOW)
    assert (await preview_merge(kept.id, other.id, by=by)).remarks == ("NM-7",)
    await merged(kept, other)
    (alert,) = await t.Alert.select().where(t.Alert.kind == "merged")
    assert (alert["match"], alert["volunteer"]) == (match, kept.id)


async def signed_in(person: Volunteer) -> str:
    assert person.account
    await accounts.set_password(person.account, password_hash=sign_ins.hash_password("a few words together"))
    return await accounts.open_session(person.account, now=NOW)


async def whose(token: str) -> UUID | None:
    actor = await sign_ins.whoami(token, settings=Settings(), now=NOW)
    return actor.volunteer if actor else None


async def test_of_two_accounts_in_use_a_person_says_which_stays(database: Database) -> None:
    kept, other = await two()
    mine, hers = await signed_in(kept), await signed_in(other)
    with pytest.raises(Contradicts, match="Say which one is kept"):
        await merged(kept, other)
    made = await merged(kept, other, account=other.account)
    assert made.account == other.account
    assert (await whose(hers), await whose(mine)) == (kept.id, None)
    with pytest.raises(NotAllowed):
        await sign_ins.sign_in(kept.email, "a few words together", now=LATER)
    assert await t.Message.count().where(t.Message.account == kept.account, t.Message.kind == "account_closed") == 1


async def test_an_account_that_nobody_uses_gives_way_and_a_coordinators_stays_hers(database: Database) -> None:
    kept, other = await two()
    token = await signed_in(other)
    assert (await merged(kept, other)).account == other.account
    assert await whose(token) == kept.id

    second = await worlds.joined(worlds.attorney("Bea"))
    third = await worlds.joined(worlds.attorney("Bea"))
    assert second.account
    assert third.account
    await accounts.grant_roles(third.account, (AccountRole.COORDINATOR,))
    await merged(second, third, account=second.account)
    await signed_in(third)
    assert await sign_ins.sign_in(third.email, "a few words together", now=LATER)


async def test_what_has_changed_since_the_preview_is_looked_at_again(database: Database) -> None:
    kept, other = await two()
    seen = (await preview_merge(kept.id, other.id, by=SYSTEM)).mark
    await record_standing(other.id, jurisdiction="TX", standing=Standing.SUSPENDED, by=SYSTEM, now=NOW)
    with pytest.raises(TooLate, match="changed since you looked"):
        await merged(kept, other, seen=seen)
    with pytest.raises(BadInput, match="one record already"):
        await merged(kept, kept)
    await merged(kept, other)
    with pytest.raises(TooLate):
        await merged(kept, other)


async def test_a_plan_made_before_the_merge_names_nobody_who_is_gone(database: Database) -> None:
    kept, other = await two()
    case = await worlds.waiting()
    await merged(kept, other)
    await worlds.planned(case, worlds.seat(other))
    assert await teams.open_proposals() == []

    bea = worlds.seat(await worlds.joined(worlds.attorney("Bea")))
    await worlds.planned(case, replace(bea, reserves=(Reserve(str(other.id), 1.0), Reserve(str(kept.id), 0.5))))
    (proposal,) = await teams.open_proposals()
    assert [one.volunteer for one in proposal.team.seats[0].reserves] == [str(kept.id)]
