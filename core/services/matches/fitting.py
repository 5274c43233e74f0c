"""How cases fit one volunteer: the same rules as a claim and a matching run, asked ahead of the claim."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from core.eligibility import Verdict, ask_about, ask_rules
from core.errors import NotAllowed
from core.model.cases.case import Case
from core.model.listings.attributes import Attribute
from core.model.listings.listed import Listing
from core.model.listings.stand_ins import stand_in
from core.model.people import Actor, Volunteer
from core.model.plans.fit import needs_nobody_else
from core.model.plans.snapshot import CaseFacts, VolunteerFacts
from core.model.vocabulary import REPRESENTING, SeatRole, VolunteerRole
from core.services.clinic import Clinic
from core.services.conflicts import kept_off
from core.services.runs.snapshot import case_facts, facts_of_case, facts_of_volunteers
from core.store.database import slow_reads
from core.store.matches import settled
from core.store.volunteers import volunteers


class Fit(msgspec.Struct, frozen=True):
    """One case as it is listed and one volunteer, and what the rules say of her in one role.

    ``case`` stands in for the true one: what the listing hides is as it suits her, and named in ``hidden``.
    """

    case: CaseFacts
    volunteer: VolunteerFacts
    role: SeatRole
    verdict: Verdict
    hidden: frozenset[Attribute] = frozenset()

    @property
    def alone(self) -> bool:
        """Whether she would need nobody else: she represents alone, speaks with the client and needs no mentor."""
        return self.role is SeatRole.ATTORNEY and needs_nobody_else(self.case, self.volunteer)


class Candidate(msgspec.Struct, frozen=True):
    """A volunteer who offers what a seat asks for, what she carries, and what the rules say of her."""

    person: Volunteer
    facts: VolunteerFacts
    verdict: Verdict
    onward_only: bool = False
    """An interpreter who does not know a language of the client: she could only be the second link of a relay."""


async def candidates_for(
    case: Case, role: SeatRole, *, name: str, clinic: Clinic, now: datetime
) -> tuple[Candidate, ...]:
    """Who offers to fill a seat and is called like this: those whom every rule allows first, the least loaded first.

    Interpreters who know a language of the client come before others. An empty name asks for everybody. Reads all
    volunteers, away from the event loop.
    """
    async with slow_reads():
        known = await volunteers.all_volunteers()
        people = [one for one in known if offers(one, role) and name.casefold() in one.name.casefold()]
        them = await facts_of_volunteers(people, settings=clinic.settings, today=clinic.today(now))
    facts = await facts_of_case(case)
    verdicts = await asyncio.to_thread(ask_rules, clinic.host, facts, them, role, today=clinic.today(now))
    onward = [role is SeatRole.INTERPRETER and not _hears_client(one, facts) for one in them]
    found = [Candidate(*one) for one in zip(people, them, verdicts, onward, strict=True)]
    return tuple(sorted(found, key=_likely_first))


def _likely_first(one: Candidate) -> tuple[bool, bool, float, str]:
    return (not one.verdict.allowed, one.onward_only, one.facts.load, one.person.name)


def _hears_client(person: VolunteerFacts, case: CaseFacts) -> bool:
    return any(tag in case.languages for pair in person.pairs() for tag in pair)


def offers(person: Volunteer, role: SeatRole) -> bool:
    """Whether somebody offers what a seat asks for."""
    wanted = {
        SeatRole.ATTORNEY: REPRESENTING,
        SeatRole.CO_COUNSEL: REPRESENTING,
        SeatRole.INTERPRETER: (VolunteerRole.INTERPRETER,),
        SeatRole.MENTOR: (VolunteerRole.MENTOR,),
    }[role]
    return bool(set(wanted) & set(person.roles))


def roles_for(volunteer: VolunteerFacts, case: CaseFacts) -> tuple[SeatRole, ...]:
    """The seats of a case that a volunteer may ask for: to represent; to interpret where she knows the language."""
    seats = [SeatRole.ATTORNEY] if set(REPRESENTING) & set(volunteer.roles) else []
    known = {tag for pair in volunteer.interprets for tag in pair}
    if VolunteerRole.INTERPRETER in volunteer.roles and known & set(case.languages):
        seats.append(SeatRole.INTERPRETER)
    return tuple(seats)


async def known_volunteer(*, clinic: Clinic, by: Actor, now: datetime) -> VolunteerFacts:
    """The facts of the volunteer who asks; NotAllowed when the account is no volunteer's."""
    if by.volunteer is None:
        raise NotAllowed("Your account does not belong to a volunteer. Ask a coordinator to join them.")
    person = await volunteers.find_volunteer(by.volunteer)
    (facts,) = await facts_of_volunteers([person], settings=clinic.settings, today=clinic.today(now))
    return facts


async def fits_of(listing: Listing, *, clinic: Clinic, by: Actor, now: datetime) -> tuple[Fit, ...]:
    """What the rules say of this volunteer and a case as it is listed, for each seat that she may ask for."""
    person = await known_volunteer(clinic=clinic, by=by, now=now)
    facts, today = await facts_of_case(stand_in(listing, person)), clinic.today(now)
    roles = roles_for(person, facts)

    def ask() -> list[Verdict]:
        return [ask_rules(clinic.host, facts, (person,), role, today=today)[0] for role in roles]

    verdicts = await asyncio.to_thread(ask)
    hidden = frozenset(listing.hidden)
    return tuple(Fit(facts, person, role, verdict, hidden) for role, verdict in zip(roles, verdicts, strict=True))


async def fitting(candidates: Sequence[Listing], *, clinic: Clinic, by: Actor, now: datetime) -> tuple[bool, ...]:
    """For each of these cases as they are listed, whether this volunteer may fill a seat of it."""
    person = await known_volunteer(clinic=clinic, by=by, now=now)
    barred = await kept_off.cases_barred_for(by.volunteer) if by.volunteer else set()
    pins = await settled.pins(one.id for one in candidates)
    facts = [
        case_facts(
            stand_in(one, person),
            barred={by.volunteer} if by.volunteer and one.id in barred else set(),
            proposal=None,
            pins=pins.get(one.id, ()),
        )
        for one in candidates
    ]
    asked = {role: [one for one in facts if role in roles_for(person, one)] for role in SeatRole}
    today = clinic.today(now)

    def ask() -> set[str]:
        return {
            one.ref
            for role, theirs in asked.items()
            if theirs
            for one, fits in zip(theirs, ask_about(clinic.host, theirs, person, role, today=today), strict=True)
            if fits
        }

    fit = await asyncio.to_thread(ask)
    return tuple(one.ref in fit for one in facts)
