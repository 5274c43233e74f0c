"""How one person fits one case: whether she needs a mentor, speaks with the client, or by which chain of legs.

Pure counterparts, for one pair or one team, of what the matcher computes for all pairs at once.
"""

from collections.abc import Iterable, Iterator
from itertools import permutations

import msgspec

from core.model.languages import DIRECT_ILR, ENGLISH, language_name
from core.model.plans.snapshot import CaseFacts, VolunteerFacts
from core.model.vocabulary import REPRESENTING, SeatRole, VolunteerRole


class Leg(msgspec.Struct, frozen=True):
    """One interpreter's part of a chain: from the client's side to the representative's side."""

    volunteer: str
    from_language: str
    to_language: str


def is_student_only(volunteer: VolunteerFacts) -> bool:
    """Whether she could fill an attorney seat as a law student only (8 CFR 1292.1(a)(2))."""
    return [role for role in volunteer.roles if role in REPRESENTING] == [VolunteerRole.LAW_STUDENT]


def levels_short(case: CaseFacts, volunteer: VolunteerFacts) -> int | None:
    """How many levels she is below the case in its area, 0 at or above; None where she does not list the area."""
    level = volunteer.practice.get(case.practice_area, 0)
    return max(0, case.skill_level - level) if level else None


def needs_mentor(case: CaseFacts, volunteer: VolunteerFacts) -> bool:
    """Whether she may represent with a mentor only: exactly one level below the case, or a law student.

    Says nothing of whether she may represent at all: that is for the rules.
    """
    return is_student_only(volunteer) or levels_short(case, volunteer) == 1


def could_mentor(case: CaseFacts, volunteer: VolunteerFacts) -> bool:
    """Whether she offers to mentor and lists the case's area at its level or above."""
    return VolunteerRole.MENTOR in volunteer.roles and levels_short(case, volunteer) == 0


def converses(volunteer: VolunteerFacts, language: str) -> bool:
    """Whether she talks with a client in this language without an interpreter (ILR 3 and up)."""
    return volunteer.languages.get(language, 0.0) >= DIRECT_ILR


def speaks_directly(case: CaseFacts, volunteer: VolunteerFacts) -> bool:
    """Whether she speaks one of the client's languages well enough: any one of them suffices."""
    return any(converses(volunteer, language) for language in case.languages)


def needs_nobody_else(case: CaseFacts, volunteer: VolunteerFacts) -> bool:
    """Whether a lead attorney is a whole team: one is enough, who speaks with the client and needs no mentor."""
    return case.attorneys == 1 and speaks_directly(case, volunteer) and not needs_mentor(case, volunteer)


def legs_from(volunteer: VolunteerFacts, language: str) -> Iterator[Leg]:
    """What she can interpret a language into. Pairs are both ways; each leg comes once, in a stable order."""
    targets = {other for pair in volunteer.pairs() for one, other in (pair, pair[::-1]) if one == language != other}
    return (Leg(volunteer.ref, language, target) for target in sorted(targets))


def chain_of(
    case: CaseFacts, attorney: VolunteerFacts, interpreters: Iterable[VolunteerFacts] = ()
) -> tuple[Leg, ...] | None:
    """Find the shortest chain from a language of the client to one that the attorney speaks.

    An empty chain: she speaks with the client herself. One leg: through an interpreter. Two: a relay of two persons.
    None: these people cannot understand one another. Nobody interprets for herself.
    """
    if speaks_directly(case, attorney):
        return ()
    others = [person for person in interpreters if person.ref != attorney.ref]
    return next(_single(case, attorney, others), None) or next(_relay(case, attorney, others), None)


def _single(case: CaseFacts, attorney: VolunteerFacts, people: list[VolunteerFacts]) -> Iterator[tuple[Leg, ...]]:
    for language in case.languages:
        for person in people:
            for leg in legs_from(person, language):
                if converses(attorney, leg.to_language):
                    yield (leg,)


def _relay(case: CaseFacts, attorney: VolunteerFacts, people: list[VolunteerFacts]) -> Iterator[tuple[Leg, ...]]:
    for language in case.languages:
        for first, second in permutations(people, 2):
            for leg in legs_from(first, language):
                for onward in legs_from(second, leg.to_language):
                    if converses(attorney, onward.to_language):
                        yield (leg, onward)


def shared_language(case: CaseFacts, volunteer: VolunteerFacts) -> str:
    """The name of the first of the client's languages but English that she speaks well enough; empty for none."""
    return next((language_name(tag) for tag in case.languages if tag != ENGLISH and converses(volunteer, tag)), "")


def seat_fact(case: CaseFacts, volunteer: VolunteerFacts, role: SeatRole, *, left: int) -> str:
    """The one thing about somebody that matters in a seat; ``left`` is how many places she has beside it."""
    if role is SeatRole.INTERPRETER:
        return f"{left} more place{'s' * (left != 1)} free" if left > 0 else "the last free place"
    level = f"level {volunteer.practice.get(case.practice_area, 0)}"
    if role is SeatRole.MENTOR:
        return level
    spoken = shared_language(case, volunteer) if role is SeatRole.ATTORNEY else ""
    return f"{case.practice_area.word} {level}, speaks {spoken}" if spoken else f"{case.practice_area.word} {level}"
