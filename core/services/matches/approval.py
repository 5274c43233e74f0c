"""Approving, rejecting and undoing: how a proposal becomes a match with offers."""

import asyncio
from datetime import date, datetime
from uuid import UUID

from core.eligibility import ask_rules
from core.errors import NotEligible, TooLate
from core.model.cases.case import Case
from core.model.cases.urgency import Tier
from core.model.people import Actor, Volunteer
from core.model.plans.snapshot import VolunteerFacts
from core.model.plans.teams import Match, Offer, Proposal, Seat
from core.model.states import CaseState, MatchState, OfferState, ProposalState, SeatState
from core.model.vocabulary import ATTORNEY_SEATS, SeatRole
from core.services.clinic import Clinic, require_staff
from core.services.matches.ending import end_match, return_case
from core.services.notifying import tell_coordinators, tell_volunteer
from core.services.runs.snapshot import facts_of_case, facts_of_volunteers
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.days import working_days_after
from core.store.keys import new_id
from core.store.matches import teams
from core.store.matches.moves import move_match, move_proposal, move_seat, try_move_offer
from core.store.volunteers import volunteers


async def approve_proposal(proposal: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    """Approve a proposed team: the case becomes matched and an offer goes to each seat. Returns the match.

    The rules are asked again for every seat, since the world may have moved since the run. A claimant has said
    yes already: her seat is accepted at once. Side effects, in one transaction: proposal, case, match, seats,
    offers, messages, audit event.
    """
    require_staff(by)
    async with transaction():
        found = await teams.find_proposal(proposal)
        case = await cases.find_case(found.case)
        people = [UUID(seat.volunteer) for seat in found.team.seats]
        await teams.lock_volunteers(people)
        await _require_still_fit(found, case, clinic=clinic, today=clinic.today(now))
        await move_proposal(proposal, ProposalState.APPROVED, by=by, now=now)
        await _require_same_people(found)
        match = Match(id=new_id(), case=case.id, proposal=proposal, state=MatchState.OFFERED, approved_at=now)
        if not await cases.move_case(case.id, CaseState.MATCHED, now=now, held_by=None):
            raise TooLate(f"Case {case.ref} is not waiting any more. Nothing was changed.")
        seats = teams.new_seats(match.id, found.team.seats)
        await teams.insert_match(match, approved_by=by.account, seats=seats)
        await record("match_approved", subject_kind="match", subject=match.id, by=by, now=now, case=str(case.id))
        for seat in seats:
            await _offer(seat, case, clinic=clinic, claimed=found.claimed_by == seat.volunteer, now=now)
        await settle_if_accepted(match, by=by, now=now)
    return match.id


async def _require_same_people(read: Proposal) -> None:
    """Nobody swaps a seat any more once a proposal is decided; somebody may have done so just before."""
    now = await teams.find_proposal(read.id)
    if [seat.volunteer for seat in now.team.seats] != [seat.volunteer for seat in read.team.seats]:
        raise TooLate("Somebody has changed this team a moment ago. Look at it again before you approve it.")


async def _require_still_fit(proposal: Proposal, case: Case, *, clinic: Clinic, today: date) -> None:
    if not proposal.team.seats or proposal.team.why == INCOMPLETE:
        raise NotEligible("The team is not complete yet: run the matcher, which looks for the missing seats.")
    if sum(seat.role in ATTORNEY_SEATS for seat in proposal.team.seats) < case.attorneys:
        raise NotEligible(f"{case.ref} asks for two attorneys: run the matcher, which looks for the second one.")
    facts = await facts_of_case(case)
    people = await volunteers.volunteers_by_id(UUID(seat.volunteer) for seat in proposal.team.seats)
    for seat in proposal.team.seats:
        person = people[UUID(seat.volunteer)]
        known = await facts_of_volunteers([person], settings=clinic.settings, today=today)
        _require_a_place(person, known[0], seat.role)
        if known[0].ref in facts.barred:
            raise NotEligible(
                f"{person.name} declined this case, has a conflict, or is ruled out for it. "
                "Run the matcher for another team."
            )
        (verdict,) = await asyncio.to_thread(ask_rules, clinic.host, facts, known, seat.role, today=today)
        if not verdict.allowed:
            reasons = tuple(blocked.sentence for blocked in verdict.reasons)
            raise NotEligible(
                f"{person.name} cannot take the {seat.role.word} seat any more: {' '.join(reasons)}", reasons=reasons
            )


def _require_a_place(person: Volunteer, known: VolunteerFacts, role: SeatRole) -> None:
    """Capacity holds whatever plugins are loaded: nobody is given more seats than she offered."""
    if (known.capacity_mentor if role is SeatRole.MENTOR else known.capacity_cases) < 1:
        raise NotEligible(f"{person.name} has no free place any more. Run the matcher again for another team.")


async def _offer(seat: Seat, case: Case, *, clinic: Clinic, claimed: bool, now: datetime) -> None:
    settings, urgent = clinic.settings, case.urgency(clinic.today(now)).tier is Tier.NOW
    offer = Offer(
        id=new_id(),
        seat=seat.id,
        volunteer=seat.volunteer,
        state=OfferState.OPEN,
        sent_at=now,
        expires_at=working_days_after(now, settings.urgent_offer_days if urgent else settings.offer_days),
    )
    await teams.insert_offer(offer)
    await move_seat(seat.id, SeatState.OFFERED, now=now)
    if claimed:
        await try_move_offer(offer.id, OfferState.ACCEPTED, answered_at=now)
        await move_seat(seat.id, SeatState.ACCEPTED, now=now)
        await tell_volunteer(seat.volunteer, "claim_approved", path=f"/matches/{seat.match}", now=now)
    else:
        await tell_volunteer(seat.volunteer, "offer_made", path=f"/offers/{offer.id}", now=now)


async def settle_if_accepted(match: Match, *, by: Actor, now: datetime) -> bool:
    """Move a match on when every seat is accepted, and tell the team and the coordinators."""
    seats = await teams.seats_of(match.id)
    if any(seat.state is not SeatState.ACCEPTED for seat in seats):
        return False
    await move_match(match.id, MatchState.ACCEPTED)
    await record("team_accepted", subject_kind="match", subject=match.id, by=by, now=now)
    for seat in seats:
        await tell_volunteer(seat.volunteer, "team_complete", path=f"/matches/{match.id}", now=now)
    await tell_coordinators("team_accepted", path=f"/matches/{match.id}", now=now)
    return True


async def reject_proposal(proposal: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """Reject a proposed team; the case goes on waiting. A rejected claimant is told and not proposed again."""
    require_staff(by)
    async with transaction():
        found = await teams.find_proposal(proposal)
        await move_proposal(proposal, ProposalState.REJECTED, by=by, now=now, decision=reason)
        await record("proposal_rejected", subject_kind="proposal", subject=proposal, by=by, now=now)
        for seat in found.team.seats:
            await cases.bar_pair(found.case, volunteer=UUID(seat.volunteer), reason="rejected", now=now)
        if found.claimed_by is not None:
            await cases.release_case(found.case, now=now)
            await tell_volunteer(found.claimed_by, "claim_rejected", path="/cases", now=now)


async def undo_approval(match: UUID, *, by: Actor, now: datetime) -> None:
    """Take an approval back. Before any answer the proposal is open again; after one, the team is told why not.

    Either way the case waits again with its waiting time, and everything stays in the history.
    """
    require_staff(by)
    async with transaction():
        found = await teams.find_match(match)
        if found.state not in (MatchState.OFFERED, MatchState.ACCEPTED):
            raise TooLate("An approval can be undone until conflicts are cleared. End the match instead.")
        answered = any(seat.state is SeatState.ACCEPTED for seat in await teams.seats_of(match))
        await end_match(found, reason="approval undone", by=by, now=now)
        await return_case(found, reason="approval undone", by=by, now=now)
        if not answered:
            await move_proposal(found.proposal, ProposalState.OPEN, by=by, now=now)


INCOMPLETE = "The team is not complete yet."
"""What a claim says until the matcher has found the other seats."""
