"""One person of a proposed team replaced by another: whether the rest of the team does for her, and what it is then."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from core.model.plans.fit import Leg, chain_of, converses, needs_mentor, speaks_directly
from core.model.plans.snapshot import CaseFacts, VolunteerFacts
from core.model.plans.teams import Reserve, SeatPlan, TeamPlan
from core.model.vocabulary import ATTORNEY_SEATS, SeatRole

RESERVES = 2
ON_TEAM, NO_CHAIN, NO_MENTOR = "on_team", "chain", "needs_mentor"
"""Why the rest of a team does not do for somebody: codes."""
BY_HAND = "A coordinator chose one of these people."


class Around(msgspec.Struct, frozen=True):
    """A team around a newcomer: its seats without scores of hers, or the code of what is against her.

    ``let_go`` are the people whom the team does not need with her: interpreters, a mentor.
    """

    seats: tuple[SeatPlan, ...] = ()
    let_go: tuple[str, ...] = ()
    against: str = ""


def around(
    case: CaseFacts,
    seats: Sequence[SeatPlan],
    leaver: str,
    newcomer: VolunteerFacts,
    members: Mapping[str, VolunteerFacts],
) -> Around:
    """The team where a newcomer takes the seat of ``leaver``; ``members`` are the facts of those who stay, by ref."""
    if any(seat.volunteer == newcomer.ref for seat in seats):
        return Around(against=ON_TEAM)
    swapped = [replace(seat, volunteer=newcomer.ref) if seat.volunteer == leaver else seat for seat in seats]
    people = {**members, newcomer.ref: newcomer}
    lead = next((people[seat.volunteer] for seat in swapped if seat.role is SeatRole.ATTORNEY), None)
    legs = _chain(case, swapped, lead, people) if lead else None
    if lead is None or legs is None or not _is_needed(newcomer, swapped, legs):
        return Around(against=NO_CHAIN)
    has_mentor = any(seat.role is SeatRole.MENTOR for seat in swapped)
    if needs_mentor(case, lead) and not has_mentor:
        return Around(against=NO_MENTOR)
    kept = tuple(_kept(swapped, legs, mentored=needs_mentor(case, lead)))
    stay = {seat.volunteer for seat in kept}
    return Around(kept, tuple(seat.volunteer for seat in swapped if seat.volunteer not in stay))


def _chain(
    case: CaseFacts, seats: Sequence[SeatPlan], lead: VolunteerFacts, people: Mapping[str, VolunteerFacts]
) -> tuple[Leg, ...] | None:
    """The chain of languages; the one that is planned wherever it still holds."""
    links = [seat for seat in seats if seat.role is SeatRole.INTERPRETER]
    planned = tuple(Leg(seat.volunteer, seat.from_language, seat.to_language) for seat in links)
    holds = planned and not speaks_directly(case, lead) and converses(lead, planned[-1].to_language)
    if holds and all(_interprets(people[leg.volunteer], leg) for leg in planned):
        return planned
    return chain_of(case, lead, [people[seat.volunteer] for seat in links])


def _interprets(person: VolunteerFacts, leg: Leg) -> bool:
    return any({leg.from_language, leg.to_language} == set(pair) for pair in person.pairs())


def _is_needed(newcomer: VolunteerFacts, seats: Sequence[SeatPlan], legs: Sequence[Leg]) -> bool:
    interprets = any(seat.volunteer == newcomer.ref and seat.role is SeatRole.INTERPRETER for seat in seats)
    return not interprets or newcomer.ref in {leg.volunteer for leg in legs}


def _kept(seats: Sequence[SeatPlan], legs: Sequence[Leg], *, mentored: bool) -> list[SeatPlan]:
    links = {seat.volunteer: seat for seat in seats if seat.role is SeatRole.INTERPRETER}
    chain = [
        replace(links[leg.volunteer], from_language=leg.from_language, to_language=leg.to_language) for leg in legs
    ]
    attorneys = [seat for seat in seats if seat.role in ATTORNEY_SEATS]
    return [*attorneys, *chain, *(seat for seat in seats if seat.role is SeatRole.MENTOR and mentored)]


def swapped_team(
    team: TeamPlan, found: Around, leaver: Reserve, newcomer: str, scores: Mapping[str, float], fact: str
) -> TeamPlan:
    """The team with the newcomer's own scores and fact; ``leaver`` is her seat's first reserve from now on."""
    seats = tuple(
        _seat_of(seat, leaver, scores, fact) if seat.volunteer == newcomer else _without(seat, newcomer)
        for seat in found.seats
    )
    told = tuple(one for one in team.reasons if one != BY_HAND)
    total = sum(seat.score for seat in seats)
    return replace(team, seats=seats, score=total, why=BY_HAND, reasons=(*told, BY_HAND))


def _seat_of(seat: SeatPlan, leaver: Reserve, scores: Mapping[str, float], fact: str) -> SeatPlan:
    others = [one for one in seat.reserves if one.volunteer not in (seat.volunteer, leaver.volunteer)]
    return replace(
        seat,
        score=sum(scores.values()),
        scores=dict(scores),
        fact=fact,
        reserves=(leaver, *others)[:RESERVES],
        runner_up=None,
    )


def _without(seat: SeatPlan, person: str) -> SeatPlan:
    """A seat whose reserves are not on the team themselves."""
    runner_up = seat.runner_up if seat.runner_up and seat.runner_up.volunteer != person else None
    return replace(seat, reserves=tuple(one for one in seat.reserves if one.volunteer != person), runner_up=runner_up)
