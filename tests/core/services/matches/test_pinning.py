"""Pins and forbids: what they do to proposals, claims, approvals and runs; what they cannot do; and their undo."""

from uuid import UUID

import pytest

from core.errors import Contradicts, NotAllowed, NotEligible, TooLate
from core.model.cases.case import Case
from core.model.people import Actor, Capacity, Volunteer
from core.model.plans.snapshot import Held
from core.model.states import CaseState, ProposalState
from core.model.vocabulary import DeclineReason, SeatRole, Standing
from core.services.clinic import Clinic
from core.services.matches import approval, claiming, engagement, pinning, responding
from core.services.matches.fitting import fits_of, fitting
from core.services.rosters import standings
from core.services.runs import proposing
from core.services.runs.snapshot import facts_of_case, take_snapshot
from core.services.work.working import Worker
from core.store import audit
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import runs, settled, teams
from tests import worlds
from tests.worlds import NOW, actor_of, listing

pytestmark = pytest.mark.usefixtures("matched_here")

ATTORNEY, INTERPRETER = SeatRole.ATTORNEY, SeatRole.INTERPRETER


async def pin(
    case: Case, who: Volunteer, *, by: Actor, role: SeatRole = ATTORNEY, clinic: Clinic | None = None
) -> UUID:
    """Pin a volunteer to a seat."""
    at = clinic or worlds.clinic()
    return await pinning.pin_seat(
        case.id, volunteer=who.id, role=role, reason="Knows the family.", clinic=at, by=by, now=NOW
    )


async def forbid(case: Case, who: Volunteer, *, by: Actor) -> UUID:
    """Rule a volunteer out for a case."""
    return await pinning.forbid_pair(case.id, volunteer=who.id, reason="Same town.", by=by, now=NOW)


async def ran(clinic: Clinic) -> UUID:
    """A run of the real matcher."""
    run = await proposing.request_run(matcher="joint", clinic=clinic, by=await worlds.coordinator(), now=NOW)
    await proposing.perform_run(run, clinic=clinic, clock=lambda: NOW)
    assert (await runs.find_run(run))["error"] == ""
    return run


async def proposed_attorney(case: Case) -> str | None:
    """Who is proposed to represent."""
    for one in await teams.open_proposals(case=case.id):
        return next(seat.volunteer for seat in one.team.seats if seat.role is ATTORNEY)
    return None


async def test_a_pinned_volunteer_is_proposed_over_a_better_one_and_the_undo_gives_the_seat_back(
    database: Database,
) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    near = await worlds.joined(worlds.attorney("Alma"))
    far = await worlds.joined(worlds.attorney("Berta", county="San Juan"))
    case = await worlds.waiting()
    await ran(clinic)
    assert await proposed_attorney(case) == str(near.id)

    made = await pin(case, far, by=by)
    assert await teams.open_proposals(case=case.id) == [], "a team that contradicts the pin is not left open"
    assert (await facts_of_case(case)).pinned == (Held(ATTORNEY, str(far.id)),)
    await ran(clinic)
    assert await proposed_attorney(case) == str(far.id)

    assert await pinning.lift_settled(made, by=by, now=NOW) == case.id
    assert (await facts_of_case(case)).pinned == ()
    assert await proposed_attorney(case) == str(far.id), "the undo leaves the board alone until the next run"


async def test_a_forbidden_pair_is_not_proposed_and_the_undo_allows_it_again(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma, case = await worlds.joined(worlds.attorney()), await worlds.waiting()
    await ran(clinic)
    assert await proposed_attorney(case) == str(alma.id)

    made = await forbid(case, alma, by=by)
    assert await teams.open_proposals(case=case.id) == []
    run = await ran(clinic)
    assert await teams.open_proposals(case=case.id) == []
    (left,) = (await runs.find_run(run))["unmatched"]
    assert left["reason"] == "conflict"

    await pinning.lift_settled(made, by=by, now=NOW)
    await ran(clinic)
    assert await proposed_attorney(case) == str(alma.id)


async def test_a_pin_keeps_a_proposal_that_agrees_with_it(database: Database) -> None:
    by, alma = await worlds.coordinator(), await worlds.joined(worlds.attorney())
    case = await worlds.waiting()
    proposal = await worlds.proposed(case, worlds.seat(alma))
    await pin(case, alma, by=by)
    assert [one.id for one in await teams.open_proposals(case=case.id)] == [proposal.id]


async def test_both_are_for_coordinators_only_and_in_the_history_with_their_undo(database: Database) -> None:
    by, alma = await worlds.coordinator(), await worlds.joined(worlds.attorney())
    case, other = await worlds.waiting(), await worlds.waiting()
    for verb in (pin, forbid):
        with pytest.raises(NotAllowed):
            await verb(case, alma, by=actor_of(alma))
    made = [await pin(case, alma, by=by), await forbid(other, alma, by=by)]
    for one in made:
        with pytest.raises(NotAllowed):
            await pinning.lift_settled(one, by=actor_of(alma), now=NOW)
        await pinning.lift_settled(one, by=by, now=NOW)
        with pytest.raises(TooLate, match="undone already"):
            await pinning.lift_settled(one, by=by, now=NOW)
    told = [
        event for event in await audit.events_of([case.id, other.id]) if "pin" in event.kind or "forbid" in event.kind
    ]
    assert [event.kind for event in told] == ["seat_pinned", "pair_forbidden", "pin_lifted", "forbid_lifted"]
    assert all(event.detail["volunteer"] == str(alma.id) and event.actor == by.account for event in told)
    assert all("town" not in str(event.detail) for event in told), "the words stay out of the chain"


async def test_a_pin_never_overrules_standing_a_conflict_or_a_rule(database: Database) -> None:
    by, case = await worlds.coordinator(), await worlds.waiting()
    suspended, declined = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    await standings.record_standing(suspended.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=by, now=NOW)
    await cases.bar_pair(case.id, volunteer=declined.id, reason="conflict", now=NOW)
    interpreter = await worlds.joined(worlds.interpreter())
    for who, said in ((suspended, "standing"), (declined, "conflict"), (interpreter, "right to|represent")):
        with pytest.raises(NotEligible, match=f"cannot be pinned to the attorney seat.*({said})"):
            await pin(case, who, by=by)
    assert await settled.settled_for(case.id) == []


async def test_a_full_volunteer_is_refused_and_what_she_is_promised_elsewhere_counts(database: Database) -> None:
    by, alma = await worlds.coordinator(), await worlds.joined(worlds.attorney(capacity=Capacity(cases=2)))
    first, second, third = [await worlds.waiting() for _ in range(3)]
    await pin(first, alma, by=by)
    await claiming.claim_case(second.id, role=ATTORNEY, clinic=worlds.clinic(), by=actor_of(alma), now=NOW)
    with pytest.raises(NotEligible, match="has no free place"):
        await pin(third, alma, by=by)


async def test_hours_that_a_pin_promises_are_not_promised_twice(database: Database) -> None:
    by = await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney(capacity=Capacity(cases=5, hours_a_month=10.0)))
    most = 10.0 * worlds.clinic().settings.planning_months
    first, second = [await worlds.waiting(worlds.case(hours=most * 0.6)) for _ in range(2)]
    await pin(first, alma, by=by)
    with pytest.raises(NotEligible, match="free hours"):
        await pin(second, alma, by=by)


async def test_one_seat_has_one_pin_and_one_pair_is_not_settled_twice(database: Database) -> None:
    by, case = await worlds.coordinator(), await worlds.waiting()
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    await pin(case, alma, by=by)
    with pytest.raises(Contradicts, match="pinned to somebody already"):
        await pin(case, berta, by=by)
    with pytest.raises(Contradicts, match="Alma is pinned to or ruled out"):
        await forbid(case, alma, by=by)
    await forbid(case, berta, by=by)
    with pytest.raises(Contradicts, match="Berta is pinned to or ruled out"):
        await pin(case, berta, by=by)
    with pytest.raises(Contradicts):
        await forbid(case, berta, by=by)


async def test_a_case_that_does_not_wait_takes_no_pin_and_a_team_member_is_not_forbidden(database: Database) -> None:
    clinic, by, case = worlds.clinic(), await worlds.coordinator(), await worlds.waiting()
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    match = await worlds.offered(case, worlds.seat(alma), by=by, at=clinic)
    with pytest.raises(TooLate, match="does not wait any more"):
        await pin(case, berta, by=by)
    with pytest.raises(Contradicts, match="Alma is on the team"):
        await forbid(case, alma, by=by)
    await forbid(case, berta, by=by)
    await engagement.end_engagement(match, reason="transfer", by=by, now=NOW)
    await forbid(case, alma, by=by)


async def test_a_volunteer_cannot_claim_what_is_kept_for_another_or_forbidden_to_her(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    kept, barred, free = [await worlds.waiting() for _ in range(3)]
    await pin(kept, alma, by=by)
    await forbid(barred, berta, by=by)
    for case, code in ((kept, "pinned"), (barred, "conflict")):
        (fit,) = await fits_of(await listing(case), clinic=clinic, by=actor_of(berta), now=NOW)
        assert [why.code for why in fit.verdict.reasons] == [code]
        with pytest.raises(NotEligible):
            await claiming.claim_case(case.id, role=ATTORNEY, clinic=clinic, by=actor_of(berta), now=NOW)
        assert (await cases.find_case(case.id)).held_by is None
    listed = [await listing(one) for one in (kept, barred, free)]
    assert await fitting(listed, clinic=clinic, by=actor_of(berta), now=NOW) == (False, False, True)
    assert await fitting(listed[:1], clinic=clinic, by=actor_of(alma), now=NOW) == (True,)
    await claiming.claim_case(kept.id, role=ATTORNEY, clinic=clinic, by=actor_of(alma), now=NOW)


async def test_a_claim_outranks_a_later_pin_and_forbid(database: Database) -> None:
    clinic, by, case = worlds.clinic(), await worlds.coordinator(), await worlds.waiting()
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    await claiming.claim_case(case.id, role=ATTORNEY, clinic=clinic, by=actor_of(alma), now=NOW)
    with pytest.raises(Contradicts, match="is claimed"):
        await pin(case, berta, by=by)
    with pytest.raises(Contradicts, match=r"claims .*: the seat is kept"):
        await pin(case, alma, by=by)
    with pytest.raises(Contradicts, match="Reject the claim"):
        await forbid(case, alma, by=by)


async def test_the_team_of_a_claim_is_sought_anew_around_a_forbid_and_a_pin(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney())
    three = [await worlds.joined(worlds.interpreter(name)) for name in ("Isidro", "Juana", "Karla")]
    case = await worlds.waiting(worlds.case(languages=("mam",)))
    claim = await claiming.claim_case(case.id, role=ATTORNEY, clinic=clinic, by=actor_of(alma), now=NOW)
    worker = Worker(clinic, clock=lambda: NOW)

    async def interpreter() -> str:
        await worker.run_once(NOW)
        lead, *others = (await teams.find_proposal(claim)).team.seats
        assert lead.volunteer == str(alma.id)
        return others[0].volunteer

    proposed = await interpreter()
    first = next(one for one in three if str(one.id) == proposed)
    await forbid(case, first, by=by)
    with pytest.raises(NotEligible, match="not complete"):
        await approval.approve_proposal(claim, clinic=clinic, by=by, now=NOW)
    second = await interpreter()
    assert second != str(first.id)
    third = next(one for one in three if str(one.id) not in (str(first.id), second))
    await pin(case, third, role=INTERPRETER, by=by)
    assert await interpreter() == str(third.id)


async def test_a_no_ends_the_pin_and_the_case_is_open_to_others_again(database: Database) -> None:
    clinic, by, case = worlds.clinic(), await worlds.coordinator(), await worlds.waiting()
    alma = await worlds.joined(worlds.attorney())
    await pin(case, alma, by=by)
    match = await worlds.offered(case, worlds.seat(alma), by=by, at=clinic)
    (offer,) = await teams.offers_of_match(match)
    await responding.decline_offer(offer.id, reason=DeclineReason.NO_TIME, by=actor_of(alma), now=NOW)
    facts = await facts_of_case(await cases.find_case(case.id))
    assert (facts.pinned, facts.barred) == ((), (str(alma.id),))


async def test_a_pin_outlives_an_approval_that_is_undone(database: Database) -> None:
    clinic, by, case = worlds.clinic(), await worlds.coordinator(), await worlds.waiting()
    alma = await worlds.joined(worlds.attorney())
    await pin(case, alma, by=by)
    match = await worlds.offered(case, worlds.seat(alma), by=by, at=clinic)
    await approval.undo_approval(match, by=by, now=NOW)
    (snapshot,) = (await take_snapshot(settings=clinic.settings, today=NOW.date())).cases
    assert snapshot.pinned == (Held(ATTORNEY, str(alma.id)),)


async def test_what_was_settled_while_the_matcher_was_thinking_is_kept(database: Database) -> None:
    by = await worlds.coordinator()
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    pinned, forbidden = await worlds.waiting(), await worlds.waiting()
    await pin(pinned, alma, by=by)
    await forbid(forbidden, berta, by=by)
    for case in (pinned, forbidden):
        await worlds.planned(case, worlds.seat(berta))
        assert await teams.open_proposals(case=case.id) == []


async def test_an_approval_asks_again_what_is_settled(database: Database) -> None:
    """A proposal that came between two transactions is refused when it is approved."""
    clinic, by, case = worlds.clinic(), await worlds.coordinator(), await worlds.waiting()
    alma, berta = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta")]
    late = await worlds.proposed(case, worlds.seat(berta))
    await pin(case, alma, by=by)
    reopened = await worlds.proposed(case, worlds.seat(alma))
    await teams.update_team(reopened.id, late.team)
    with pytest.raises(NotEligible, match="kept for somebody else"):
        await approval.approve_proposal(reopened.id, clinic=clinic, by=by, now=NOW)
    assert (await cases.find_case(case.id)).state is CaseState.WAITLISTED
    assert (await teams.find_proposal(late.id)).state is ProposalState.SUPERSEDED
