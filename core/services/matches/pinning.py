"""Pins and forbids: a coordinator settles a seat, or keeps a volunteer off a case; every run keeps to it.

A pin outranks scores and nothing else: the rules are asked before it is made, and again before a team is approved.
"""

import asyncio
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.eligibility import Blocked, ask_rules
from core.errors import Contradicts, NotEligible, TooLate
from core.model.cases.case import Case
from core.model.people import Actor, Volunteer
from core.model.plans.settled import Settled, Settling, contradicts
from core.model.plans.teams import Proposal
from core.model.states import HOLDING, OPEN_CASE, CaseState
from core.model.vocabulary import MOST_ATTORNEYS, SeatRole
from core.services.clinic import Clinic, require_staff
from core.services.matches.approval import INCOMPLETE
from core.services.matches.promises import Promises, with_promises
from core.services.runs.snapshot import facts_of_case
from core.store import jobs
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import settled, teams
from core.store.matches.moves import supersede
from core.store.volunteers import volunteers

RELAY: Final = 2
"""How many interpreters a team may have."""
FULL: Final = Blocked(
    "capacity", "capacity", "This volunteer has no free place: pinned seats and claims elsewhere count."
)


async def pin_seat(
    case: UUID, *, volunteer: UUID, role: SeatRole, reason: str, clinic: Clinic, by: Actor, now: datetime
) -> UUID:
    """Keep a seat of a waiting case for one volunteer; returns the pin. Nobody is asked or told before approval.

    Raises NotEligible with the rules' sentences where a rule is against it or she is full, counting the seats that
    she is pinned to or claims elsewhere; Contradicts where the seat or the pair is settled otherwise; TooLate when
    the case does not wait. Side effects, in one transaction: the pin; an open proposal that gives the seat to
    somebody else is superseded, the team of a claim is sought anew; audit event.
    """
    require_staff(by)
    async with transaction():
        await settled.lock_case(case)
        await teams.lock_volunteers([volunteer])
        found, person = await cases.find_case(case), await volunteers.find_volunteer(volunteer)
        if found.state is not CaseState.WAITLISTED:
            raise TooLate("A seat can be pinned while a case waits for a team. This case does not wait any more.")
        proposals = await teams.open_proposals(case=case)
        await _require_a_free_seat(found, person, role, proposals)
        await _require_fit(found, person, role, clinic=clinic, now=now)
        pin = Settled(new_id(), case, volunteer, Settling.PIN, reason, now, role, by.account)
        await settled.insert_settled(pin)
        await record(
            "seat_pinned",
            subject_kind="case",
            subject=case,
            by=by,
            now=now,
            volunteer=str(volunteer),
            role=str(role),
        )
        await make_way(found, proposals, cause=pin.id, by=by, now=now)
    return pin.id


async def _require_a_free_seat(case: Case, person: Volunteer, role: SeatRole, proposals: list[Proposal]) -> None:
    live = await settled.settled_for(case.id)
    pinned = [one for one in live if one.role is role]
    if any(one.volunteer == person.id for one in live):
        raise Contradicts(f"{person.name} is pinned to or ruled out for {case.ref} already. Undo that first.")
    if role is SeatRole.CO_COUNSEL and case.attorneys < MOST_ATTORNEYS:
        raise Contradicts(f"{case.ref} asks for one attorney: there is no seat of co-counsel to pin anybody to.")
    if role is SeatRole.INTERPRETER and len(pinned) >= RELAY:
        raise Contradicts(f"Both interpreters of {case.ref} are pinned already. Undo one of the pins first.")
    if pinned and role is not SeatRole.INTERPRETER:
        raise Contradicts(f"The {role.word} seat of {case.ref} is pinned to somebody already. Undo that pin first.")
    for claim in (one for one in proposals if one.claimed_by is not None):
        seats = [seat.role for seat in claim.team.seats if seat.volunteer == str(claim.claimed_by)]
        if claim.claimed_by == person.id:
            raise Contradicts(f"{person.name} claims {case.ref}: the seat is kept until you decide.")
        if role in seats and role is not SeatRole.INTERPRETER:
            raise Contradicts(f"The {role.word} seat of {case.ref} is claimed. Decide on the claim first.")


async def _require_fit(case: Case, person: Volunteer, role: SeatRole, *, clinic: Clinic, now: datetime) -> None:
    reasons = tuple(one.sentence for one in await _against(case, person, role, clinic=clinic, now=now))
    if reasons:
        said = f"{person.name} cannot be pinned to the {role.word} seat of {case.ref}: {' '.join(reasons)}"
        raise NotEligible(said, reasons=reasons)


async def _against(
    case: Case, person: Volunteer, role: SeatRole, *, clinic: Clinic, now: datetime
) -> tuple[Blocked, ...]:
    """What speaks against a pin: the rules, and a lack of places once all that she is promised is counted."""
    facts, today = await facts_of_case(case), clinic.today(now)
    promises = await Promises.of_one(person.id)
    (known,) = await with_promises([person], promises, but=case.id, settings=clinic.settings, today=today)
    (verdict,) = await asyncio.to_thread(ask_rules, clinic.host, facts, (known,), role, today=today)
    places = known.capacity_mentor if role is SeatRole.MENTOR else known.capacity_cases
    return verdict.reasons if places > 0 else (FULL, *(one for one in verdict.reasons if one.code != FULL.code))


async def broken_pins(case: Case, *, clinic: Clinic, now: datetime) -> dict[UUID, tuple[Blocked, ...]]:
    """The pins of a waiting case that could not be made today any more, with what speaks against each."""
    broken = {}
    for pin in await settled.settled_for(case.id) if case.state is CaseState.WAITLISTED else ():
        if pin.role is not None:
            person = await volunteers.find_volunteer(pin.volunteer)
            broken[pin.id] = await _against(case, person, pin.role, clinic=clinic, now=now)
    return {key: reasons for key, reasons in broken.items() if reasons}


async def forbid_pair(case: UUID, *, volunteer: UUID, reason: str, by: Actor, now: datetime) -> UUID:
    """Rule a volunteer out for an open case; returns the forbid. She is not told.

    No run proposes her, no claim of hers is taken and no team with her is approved until it is lifted. Raises
    Contradicts where she is pinned, claims the case or is on its team. Side effects, in one transaction: the forbid;
    an open proposal with her is superseded, the team of a claim is sought anew; audit event.
    """
    require_staff(by)
    async with transaction():
        await settled.lock_case(case)
        await teams.lock_volunteers([volunteer])
        found, person = await cases.find_case(case), await volunteers.find_volunteer(volunteer)
        if found.state not in OPEN_CASE:
            raise TooLate(f"{found.ref} has ended: nobody is proposed for it any more.")
        proposals = await teams.open_proposals(case=case)
        await _require_off_the_case(found, person, proposals)
        forbid = Settled(new_id(), case, volunteer, Settling.FORBID, reason, now, made_by=by.account)
        await settled.insert_settled(forbid)
        await record("pair_forbidden", subject_kind="case", subject=case, by=by, now=now, volunteer=str(volunteer))
        await make_way(found, proposals, cause=forbid.id, by=by, now=now)
    return forbid.id


async def _require_off_the_case(case: Case, person: Volunteer, proposals: list[Proposal]) -> None:
    if any(one.volunteer == person.id for one in await settled.settled_for(case.id)):
        raise Contradicts(f"{person.name} is pinned to or ruled out for {case.ref} already. Undo that first.")
    if any(one.claimed_by == person.id for one in proposals):
        raise Contradicts(f"{person.name} claims {case.ref}. Reject the claim instead: that rules out a new proposal.")
    match = await teams.live_match_of(case.id)
    seats = await teams.seats_of(match.id) if match else []
    if any(seat.volunteer == person.id and seat.state in HOLDING for seat in seats):
        raise Contradicts(f"{person.name} is on the team of {case.ref}. End the match, or note a conflict, instead.")


async def make_way(case: Case, proposals: list[Proposal], *, cause: UUID, by: Actor, now: datetime) -> None:
    """Let go of proposals that contradict what is settled now. A claim stays; the rest of its team is sought anew."""
    facts = await facts_of_case(case)
    for one in proposals:
        if not contradicts(one.team, barred=facts.barred, pinned=facts.pinned):
            continue
        if one.claimed_by is None:
            await supersede(one.id, by=by, now=now)
            continue
        own = tuple(seat for seat in one.team.seats if seat.volunteer == str(one.claimed_by))
        await teams.update_team(one.id, msgspec.structs.replace(one.team, seats=own, why=INCOMPLETE))
        await jobs.add_job("complete_team", due_at=now, unique_key=f"complete:{cause}", case=str(case.id))


async def lift_settled(key: UUID, *, by: Actor, now: datetime) -> UUID:
    """Undo a pin or a forbid; returns the case. The next run is free to decide otherwise."""
    require_staff(by)
    async with transaction():
        found = await settled.find_settled(key)
        await settled.lift(key, by=by.account, now=now)
        kind = "pin_lifted" if found.kind is Settling.PIN else "forbid_lifted"
        await record(kind, subject_kind="case", subject=found.case, by=by, now=now, volunteer=str(found.volunteer))
    return found.case
