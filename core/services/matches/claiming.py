"""A volunteer's own claim: the same rules as the matcher, then one conditional update decides who is first."""

import asyncio
from datetime import datetime
from uuid import UUID

from core.eligibility import ask_rules
from core.errors import NotAllowed, NotEligible, TooLate
from core.model.cases.case import Case
from core.model.listings.stand_ins import stand_in
from core.model.people import Actor, Volunteer
from core.model.plans.fit import needs_nobody_else
from core.model.plans.settled import Settling
from core.model.plans.snapshot import CaseFacts, VolunteerFacts
from core.model.plans.teams import Proposal, SeatPlan, TeamPlan
from core.model.states import CaseState, ProposalState
from core.model.vocabulary import SeatRole
from core.queries.cases.listings import open_case
from core.services.clinic import Clinic
from core.services.conflicts import kept_off
from core.services.matches.approval import INCOMPLETE
from core.services.matches.fitting import roles_for
from core.services.notifying import tell_coordinators
from core.services.runs.snapshot import facts_of_case, facts_of_volunteers
from core.store import jobs
from core.store.audit import record
from core.store.cases import cases
from core.store.cases.listings import settle_list
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import settled, teams
from core.store.matches.moves import move_proposal, supersede
from core.store.volunteers import volunteers

UNSEEN = "Something that the listing hides stands against it:"
TAKEN = "Somebody else was a moment faster: this case is taken. Similar cases are waiting below."


async def claim_case(case: UUID, *, role: SeatRole, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    """Claim a waiting case for a seat; returns the proposal that waits for a coordinator's approval.

    The rules are asked about the case as it is listed: an answer about what is hidden would tell it. What they say of
    the true case goes with the claim to the coordinator. Raises NotEligible with the rules' sentences, NotFound where
    the case is not listed, TooLate when somebody else was first. Side effects, in one transaction: the hold on the
    case, the proposal, a job that looks for the other seats, messages, audit event.
    """
    if by.volunteer is None:
        raise NotAllowed("Only a volunteer can claim a case.")
    volunteer = await volunteers.find_volunteer(by.volunteer)
    waiting = await _waiting(case)
    if case in await kept_off.cases_kept_from(volunteer.id):
        raise NotEligible(kept_off.STOPPED, reasons=(kept_off.STOPPED,))
    await settle_list()
    listing = (await open_case(case, today=clinic.today(now))).listing
    (person,) = await facts_of_volunteers([volunteer], settings=clinic.settings, today=clinic.today(now))
    facts = await facts_of_case(stand_in(listing, person))
    try:
        known = await require_fit(facts, volunteer, role, clinic=clinic, now=now)
    except NotEligible:
        await _waiting(case)  # another claim may have settled the seat since: then that is the answer
        raise
    if role not in roles_for(known, facts):
        reason = "This seat is not one that you can ask for: you represent, or you interpret a language of the client."
        raise NotEligible(reason, reasons=(reason,))
    team = await _claimed_team(waiting, known, role, clinic=clinic, now=now)
    async with transaction():
        await _require_few_claims(volunteer.id, most=clinic.settings.most_open_offers)
        if not await cases.hold_case(case, volunteer=volunteer.id, now=now):
            raise TooLate(TAKEN)
        await _require_nothing_settled(case, volunteer.id, role)
        proposal = await _propose(waiting, volunteer, team, by=by, now=now)
    return proposal


async def _waiting(case: UUID) -> Case:
    found = await cases.find_case(case)
    if found.state is not CaseState.WAITLISTED or found.held_by is not None:
        raise TooLate(TAKEN)
    return found


async def _require_few_claims(volunteer: UUID, *, most: int) -> None:
    """Nobody holds cases that others could take: only so many claims of one volunteer wait at a time."""
    await teams.lock_volunteers([volunteer])
    if await teams.open_claims(volunteer) >= most:
        reason = f"{most} of your claims wait for a coordinator already. Take one back, or wait for the answer."
        raise NotEligible(reason, reasons=(reason,))


async def _require_nothing_settled(case: UUID, volunteer: UUID, role: SeatRole) -> None:
    """Look again once the case is held: a coordinator may have pinned the seat, or ruled her out, just before."""
    live = await settled.settled_for(case)
    holders = {one.volunteer for one in live if one.role is role}
    ruled_out = any(one.kind is Settling.FORBID and one.volunteer == volunteer for one in live)
    if ruled_out or (holders and volunteer not in holders):
        raise TooLate("This seat is kept for somebody else by now. Similar cases are waiting below.")


async def require_fit(
    facts: CaseFacts, volunteer: Volunteer, role: SeatRole, *, clinic: Clinic, now: datetime
) -> VolunteerFacts:
    """Ask every rule about one volunteer and one case; raise NotEligible with their sentences."""
    today = clinic.today(now)
    (known,) = await facts_of_volunteers([volunteer], settings=clinic.settings, today=today)
    (verdict,) = await asyncio.to_thread(ask_rules, clinic.host, facts, (known,), role, today=today)
    if not verdict.allowed:
        reasons = tuple(blocked.sentence for blocked in verdict.reasons)
        raise NotEligible("You cannot take this case: " + " ".join(reasons), reasons=reasons)
    return known


async def _claimed_team(
    case: Case, known: VolunteerFacts, role: SeatRole, *, clinic: Clinic, now: datetime
) -> TeamPlan:
    facts = await facts_of_case(case)
    (verdict,) = await asyncio.to_thread(ask_rules, clinic.host, facts, (known,), role, today=clinic.today(now))
    unseen = tuple(f"{UNSEEN} {blocked.sentence}" for blocked in verdict.reasons)
    alone = role is SeatRole.ATTORNEY and needs_nobody_else(facts, known)
    seat = SeatPlan(role=role, volunteer=known.ref, score=0.0, fact="claimed this case")
    why = "The volunteer who claims it needs nobody else." if alone else INCOMPLETE
    return TeamPlan(case=facts.ref, seats=(seat,), score=0.0, why=why, reasons=("Claimed by the volunteer", *unseen))


async def _propose(case: Case, volunteer: Volunteer, team: TeamPlan, *, by: Actor, now: datetime) -> UUID:
    for other in await teams.open_proposals(case=case.id):
        await supersede(other.id, by=by, now=now)
    proposal = Proposal(
        id=new_id(),
        case=case.id,
        state=ProposalState.OPEN,
        team=team,
        created_at=now,
        claimed_by=volunteer.id,
    )
    await teams.insert_proposals([proposal])
    if team.why == INCOMPLETE:
        await jobs.add_job("complete_team", due_at=now, unique_key=f"complete:{proposal.id}", case=str(case.id))
    await record("case_claimed", subject_kind="case", subject=case.id, by=by, now=now, proposal=str(proposal.id))
    await tell_coordinators("claim_made", path="/claims", now=now)
    return proposal.id


async def withdraw_claim(proposal: UUID, *, by: Actor, now: datetime) -> None:
    """Take a claim back before it is approved; the case is listed again."""
    async with transaction():
        found = await teams.find_proposal(proposal)
        if found.claimed_by is None or (found.claimed_by != by.volunteer and not by.is_staff()):
            raise NotAllowed("Only the volunteer who claimed this case can take the claim back.")
        await move_proposal(proposal, ProposalState.WITHDRAWN, by=by, now=now, decision="claim withdrawn")
        await cases.release_case(found.case, now=now)
        await record("claim_withdrawn", subject_kind="case", subject=found.case, by=by, now=now)
