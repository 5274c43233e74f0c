"""A case that asks for two attorneys: its team has a lead and co-counsel, or it is no team."""

from pathlib import Path
from typing import Any

import pytest

from core.errors import Contradicts, NotEligible
from core.model.cases.case import Case
from core.model.people import SYSTEM, Capacity
from core.model.states import CaseState, MatchState
from core.model.vocabulary import DeclineReason, SeatRole
from core.services.cases import intake
from core.services.cases.importing import import_cases
from core.services.matches import approval, claiming, engagement, pinning, responding
from core.services.runs import proposing
from core.services.runs.snapshot import take_snapshot, usage_by_volunteer
from core.settings import Settings
from core.spreadsheets import read_cases
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import teams
from tests import worlds
from tests.worlds import NOW

CLINIC = worlds.clinic()
LEAD, SECOND = SeatRole.ATTORNEY, SeatRole.CO_COUNSEL


async def hard_case(**changes: Any) -> Case:
    """A waiting case that asks for two attorneys."""
    return await worlds.waiting(worlds.case(attorneys=2, hours=30.0, **changes))


async def test_the_match_is_engaged_when_both_attorneys_have_accepted(database: Database) -> None:
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    case, by = await hard_case(), await worlds.coordinator()
    seats = worlds.seat(berta, SECOND), worlds.seat(alma)
    match = await worlds.offered(case, *seats, by=by, at=CLINIC)
    assert [seat.role for seat in await teams.seats_of(match)] == [LEAD, SECOND]

    offers = {one.volunteer: one.id for one in await teams.offers_of_match(match)}
    await responding.accept_offer(offers[alma.id], by=worlds.actor_of(alma), now=NOW)
    assert (await teams.find_match(match)).state is MatchState.OFFERED
    await responding.accept_offer(offers[berta.id], by=worlds.actor_of(berta), now=NOW)
    assert (await teams.find_match(match)).state is MatchState.ACCEPTED
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    assert (await cases.find_case(case.id)).state is CaseState.ENGAGED


async def test_each_attorney_gives_a_place_and_the_hours_of_the_case(database: Database) -> None:
    people = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    seats = (worlds.seat(one, role) for one, role in zip(people, (LEAD, SECOND), strict=True))
    await worlds.offered(await hard_case(), *seats, by=await worlds.coordinator(), at=CLINIC)
    usage = await usage_by_volunteer()
    assert [(usage[one.id].seats, usage[one.id].hours) for one in people] == [(1, 30.0)] * 2


async def test_when_co_counsel_says_no_the_case_waits_again_and_she_is_not_asked_again(database: Database) -> None:
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    case, by = await hard_case(), await worlds.coordinator()
    match = await worlds.offered(case, worlds.seat(alma), worlds.seat(berta, SECOND), by=by, at=CLINIC)
    hers = next(one.id for one in await teams.offers_of_match(match) if one.volunteer == berta.id)
    await responding.decline_offer(hers, reason=DeclineReason.NO_TIME, by=worlds.actor_of(berta), now=NOW)

    found = await cases.find_case(case.id)
    assert (found.state, found.attorneys) == (CaseState.WAITLISTED, 2)
    assert await cases.barred_for(case.id) == {berta.id}


async def test_a_team_of_one_attorney_is_not_approved_where_the_case_asks_for_two(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney())
    proposal = await worlds.proposed(await hard_case(), worlds.seat(alma))
    with pytest.raises(NotEligible, match="asks for two attorneys"):
        await approval.approve_proposal(proposal.id, clinic=CLINIC, by=await worlds.coordinator(), now=NOW)


async def test_the_rules_are_asked_about_co_counsel_again_before_approval(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney("Alma"))
    berta = await worlds.joined(worlds.attorney("Berta", eoir_registered=False))
    proposal = await worlds.proposed(await hard_case(), worlds.seat(alma), worlds.seat(berta, SECOND))
    with pytest.raises(NotEligible, match="Berta cannot take the co-counsel seat any more"):
        await approval.approve_proposal(proposal.id, clinic=CLINIC, by=await worlds.coordinator(), now=NOW)


async def test_who_claims_such_a_case_leads_it_and_cannot_have_it_alone(database: Database) -> None:
    alma, case, by = await worlds.joined(worlds.attorney()), await hard_case(), await worlds.coordinator()
    claim = await claiming.claim_case(case.id, role=LEAD, clinic=CLINIC, by=worlds.actor_of(alma), now=NOW)
    with pytest.raises(NotEligible, match="not complete yet"):
        await approval.approve_proposal(claim, clinic=CLINIC, by=by, now=NOW)


async def test_nobody_can_ask_for_the_second_seat_herself(database: Database) -> None:
    alma, case = await worlds.joined(worlds.attorney()), await hard_case()
    with pytest.raises(NotEligible, match="not one that you can ask for"):
        await claiming.claim_case(case.id, role=SECOND, clinic=CLINIC, by=worlds.actor_of(alma), now=NOW)


async def test_co_counsel_is_pinned_only_where_there_is_such_a_seat(database: Database) -> None:
    alma, by = await worlds.joined(worlds.attorney()), await worlds.coordinator()
    one, two = await worlds.waiting(), await hard_case()
    pinned: dict[str, Any] = {
        "volunteer": alma.id,
        "role": SECOND,
        "reason": "Learns.",
        "clinic": CLINIC,
        "by": by,
        "now": NOW,
    }
    with pytest.raises(Contradicts, match="asks for one attorney"):
        await pinning.pin_seat(one.id, **pinned)
    await pinning.pin_seat(two.id, **pinned)
    snapshot = await take_snapshot(settings=Settings(), today=NOW.date())
    facts = next(case for case in snapshot.cases if case.ref == two.ref)
    assert [(held.role, held.volunteer) for held in facts.pinned] == [(SECOND, str(alma.id))]


async def test_a_pin_elsewhere_counts_with_its_hours(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney(capacity=Capacity(cases=2, hours_a_month=20.0)))
    first, second, by = await hard_case(), await hard_case(), await worlds.coordinator()
    pinned: dict[str, Any] = {"volunteer": alma.id, "role": SECOND, "reason": "Learns.", "by": by, "now": NOW}
    clinic = worlds.clinic(planning_months=2)
    await pinning.pin_seat(first.id, clinic=clinic, **pinned)
    with pytest.raises(NotEligible, match="30 free hours"):
        await pinning.pin_seat(second.id, clinic=clinic, **pinned)


async def test_a_file_says_how_many_attorneys_and_one_that_does_not_changes_nothing(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "cases.csv"

    async def taken(text: str) -> int:
        path.write_text(text)
        await import_cases(read_cases(path, NOW.date()).rows, by=SYSTEM, now=NOW)
        return (await cases.find_case_by_ref("A-1")).attorneys

    assert await taken("ref,area,language\nA-1,asylum,es\n") == 1
    assert await taken("ref,area,language,lawyers\nA-1,asylum,es,2\n") == 2
    assert await taken("ref,area,language\nA-1,asylum,es\n") == 2


async def test_corrected_to_one_attorney_a_case_needs_no_second_one(database: Database) -> None:
    alma, case, by = await worlds.joined(worlds.attorney()), await hard_case(), await worlds.coordinator()
    await intake.correct_case(worlds.case(case.ref, id=case.id, attorneys=1), by=by, now=NOW)
    proposal = await worlds.proposed(case, worlds.seat(alma))
    await approval.approve_proposal(proposal.id, clinic=CLINIC, by=by, now=NOW)
    assert (await cases.find_case(case.id)).state is CaseState.MATCHED


async def test_the_matcher_finds_the_second_attorney_of_a_claimed_case(database: Database) -> None:
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    case, by = await hard_case(), await worlds.coordinator()
    claim = await claiming.claim_case(case.id, role=LEAD, clinic=CLINIC, by=worlds.actor_of(alma), now=NOW)
    await proposing.complete_team(case.id, clinic=CLINIC, now=NOW)

    found = (await teams.find_proposal(claim)).team
    assert [(seat.role, seat.volunteer) for seat in found.seats] == [(LEAD, str(alma.id)), (SECOND, str(berta.id))]
    match = await approval.approve_proposal(claim, clinic=CLINIC, by=by, now=NOW)
    states = {seat.role: str(seat.state) for seat in await teams.seats_of(match)}
    assert states == {LEAD: "accepted", SECOND: "offered"}


async def test_where_no_second_attorney_is_found_the_claim_says_why(database: Database) -> None:
    alma, case = await worlds.joined(worlds.attorney()), await hard_case()
    claim = await claiming.claim_case(case.id, role=LEAD, clinic=CLINIC, by=worlds.actor_of(alma), now=NOW)
    await proposing.complete_team(case.id, clinic=CLINIC, now=NOW)
    assert any("no second attorney" in reason for reason in (await teams.find_proposal(claim)).team.reasons)
