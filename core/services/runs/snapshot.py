"""The world as a matcher sees it: who waits, who is free, without identities.

References in the snapshot are the case's reference and the volunteer's id.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.languages import modes_of
from core.model.people import Volunteer, good_bars, standing_of
from core.model.plans.settled import Settled
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.plans.teams import Proposal
from core.model.states import CaseState, OfferState
from core.model.vocabulary import SeatRole, VolunteerRole
from core.services.conflicts import kept_off
from core.settings import Settings
from core.store.cases import cases
from core.store.database import slow_reads
from core.store.days import day_of
from core.store.matches import settled, teams
from core.store.volunteers import volunteers

FEW = 50
"""Up to how many volunteers are looked up one by one; above, everybody's seats are read."""


class Usage(msgspec.Struct):
    """What a volunteer already carries: seats, mentoring, hours, open offers."""

    seats: int = 0
    mentoring: int = 0
    hours: float = 0.0
    offers: int = 0

    def take(self, role: SeatRole, *, hours: float, interpreter_hours: float | None) -> None:
        """Count one more seat of a case that takes so many hours of each attorney and interpreter."""
        if role is SeatRole.MENTOR:
            self.mentoring += 1
        else:
            self.seats += 1
            self.hours += interpreter_hours or 0.0 if role is SeatRole.INTERPRETER else hours


def case_facts(case: Case, *, barred: set[UUID], proposal: Proposal | None, pins: Iterable[Settled] = ()) -> CaseFacts:
    """The facts of one case. The seats of an open proposal count as proposed; a claim and a pin settle a seat."""
    held = tuple(Held(seat.role, seat.volunteer) for seat in proposal.team.seats) if proposal else ()
    return CaseFacts(
        ref=case.ref,
        practice_area=case.practice_area,
        skill_level=case.skill_level,
        languages=case.languages,
        forum=case.forum,
        received=day_of(case.waiting_since) if case.waiting_since else case.received,
        relief=case.relief,
        county=case.county,
        us_state=case.us_state,
        remote_ok=case.remote_ok,
        detained=case.detained,
        deadline=case.deadline,
        deadline_kind=case.deadline_kind,
        attorneys=case.attorneys,
        hours=case.hours,
        interpreter_hours=case.interpreter_hours,
        interpreter_gender=case.interpreter_gender,
        interpreter_mode=case.interpreter_mode,
        barred=tuple(sorted(str(one) for one in barred)),
        proposed=held,
        pinned=_settled_seats(held, proposal, pins),
    )


def _settled_seats(held: tuple[Held, ...], proposal: Proposal | None, pins: Iterable[Settled]) -> tuple[Held, ...]:
    claimant = str(proposal.claimed_by) if proposal and proposal.claimed_by else None
    claimed = [one for one in held if one.volunteer == claimant]
    pinned = [Held(one.role, str(one.volunteer)) for one in pins if one.role is not None]
    return tuple(dict.fromkeys((*claimed, *pinned)))


def volunteer_facts(person: Volunteer, usage: Usage, *, settings: Settings, today: date) -> VolunteerFacts:
    """The facts of one volunteer, with what is free of her capacity and of her open offers."""
    capacity = person.capacity
    places = max(0, capacity.cases - usage.seats)
    free_offers = max(0, settings.most_open_offers - usage.offers)
    hours = None
    if capacity.hours_a_month is not None:
        hours = max(0.0, capacity.hours_a_month * settings.planning_months - usage.hours)
    attorney = VolunteerRole.ATTORNEY in person.roles
    return VolunteerFacts(
        ref=str(person.id),
        roles=person.roles,
        practice=person.practice,
        languages={"en": 5.0} | {ability.language: ability.ilr for ability in person.languages},
        interprets=tuple((pair.source, pair.target) for pair in person.interprets),
        modes=modes_of(person.interprets),
        bars=good_bars(person.bars) if attorney else (),
        standing=standing_of(person.bars),
        eoir_registered=person.eoir_registered,
        county=person.county,
        us_state=person.us_state,
        remote=person.remote,
        capacity_cases=min(places, free_offers),
        capacity_mentor=min(max(0, capacity.mentoring - usage.mentoring), free_offers),
        capacity_hours=hours,
        gender=person.gender,
        interests=person.interests,
        leave=tuple((one.starts, one.ends) for one in person.leave if one.ends >= today),
        load=usage.seats / capacity.cases if capacity.cases else 1.0,
    )


async def usage_by_volunteer(only: list[UUID] | None = None) -> dict[UUID, Usage]:
    """What volunteers carry now, these or all."""
    usage: dict[UUID, Usage] = defaultdict(Usage)
    for seat in await teams.held_seats(only):
        one, role = usage[seat["volunteer"]], SeatRole(seat["role"])
        one.take(role, hours=seat["hours"], interpreter_hours=seat["interpreter_hours"])
        one.offers += seat["state"] == OfferState.OPEN or seat["state"] == "offered"
    return usage


async def facts_of_volunteers(
    people: list[Volunteer], *, settings: Settings, today: date
) -> tuple[VolunteerFacts, ...]:
    """The facts of these volunteers."""
    usage = await usage_by_volunteer([person.id for person in people] if len(people) <= FEW else None)
    return tuple(
        volunteer_facts(person, usage.get(person.id, Usage()), settings=settings, today=today) for person in people
    )


async def facts_of_case(case: Case) -> CaseFacts:
    """The facts of one case as they are now, with what is settled about the case of this id."""
    barred = await kept_off.barred_for(case.id)
    proposals = await teams.open_proposals(case=case.id)
    pins = (await settled.pins([case.id])).get(case.id, ())
    return case_facts(case, barred=barred, proposal=proposals[0] if proposals else None, pins=pins)


async def take_snapshot(*, settings: Settings, today: date) -> Snapshot:
    """All waiting cases and all volunteers, in a stable order. The team of an open proposal counts as proposed.

    Reads away from the event loop.
    """
    async with slow_reads():
        return Snapshot(
            today=today, cases=await _all_cases(), volunteers=await _all_volunteers(settings=settings, today=today)
        )


async def _all_cases() -> tuple[CaseFacts, ...]:
    barred, pins = await kept_off.barred_pairs(), await settled.pins()
    proposals = {one.case: one for one in await teams.open_proposals()}
    return tuple(
        case_facts(
            case,
            barred=barred.get(case.id, set()),
            proposal=proposals.get(case.id),
            pins=pins.get(case.id, ()),
        )
        for case in await cases.cases_in(CaseState.WAITLISTED)
    )


async def _all_volunteers(*, settings: Settings, today: date) -> tuple[VolunteerFacts, ...]:
    return await facts_of_volunteers(await volunteers.all_volunteers(), settings=settings, today=today)
