"""Changes to a snapshot that somebody thinks of: what if she left, if we had two more, if this pair were settled."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

import msgspec
from msgspec.structs import replace

from core.errors import BadInput
from core.model.languages import ENGLISH
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.vocabulary import PracticeArea, SeatRole, VolunteerRole

MOST_COPIES: Final = 1000
MOST_HOLDERS: Final = {SeatRole.INTERPRETER: 2}
"""How many may hold a seat of one case; one where nothing is said."""


class AddVolunteers(msgspec.Struct, frozen=True, tag="add"):
    """So many more volunteers like this one. Her ref is taken as it is for one; copies get a number after it."""

    volunteer: VolunteerFacts
    copies: int = 1


class RemoveVolunteer(msgspec.Struct, frozen=True, tag="remove"):
    """A volunteer leaves."""

    volunteer: str


class SetCapacity(msgspec.Struct, frozen=True, tag="capacity"):
    """A volunteer can take so much in all. What is None stays as it is."""

    volunteer: str
    cases: int | None = None
    mentoring: int | None = None
    hours: float | None = None


class AddAbilities(msgspec.Struct, frozen=True, tag="abilities"):
    """A volunteer learns: languages with ILR, pairs that she interprets (both ways), practice areas with a level."""

    volunteer: str
    languages: dict[str, float] = {}
    interprets: tuple[tuple[str, str], ...] = ()
    practice: dict[PracticeArea, int] = {}


class PinPair(msgspec.Struct, frozen=True, tag="pin"):
    """A seat of a case is settled: only this volunteer may fill it."""

    case: str
    volunteer: str
    role: SeatRole = SeatRole.ATTORNEY


class ForbidPair(msgspec.Struct, frozen=True, tag="forbid"):
    """A volunteer may not take any seat of a case."""

    case: str
    volunteer: str


Change = AddVolunteers | RemoveVolunteer | SetCapacity | AddAbilities | PinPair | ForbidPair


def changed(snapshot: Snapshot, changes: Sequence[Change]) -> Snapshot:
    """The snapshot after all changes, one after the other. Raises BadInput, saying what would be right."""
    for change in changes:
        snapshot = _after(snapshot, change)
    for ref in dict.fromkeys(change.volunteer for change in changes if isinstance(change, PinPair)):
        _require_room(snapshot, ref)
    return snapshot


def _after(snapshot: Snapshot, change: Change) -> Snapshot:
    match change:
        case AddVolunteers():
            return replace(snapshot, volunteers=(*snapshot.volunteers, *_newcomers(snapshot, change)))
        case RemoveVolunteer(ref):
            leaver = find_volunteer(snapshot, ref)
            return replace(snapshot, volunteers=tuple(one for one in snapshot.volunteers if one is not leaver))
        case SetCapacity(ref):
            return _with_volunteer(snapshot, _with_capacity(find_volunteer(snapshot, ref), change))
        case AddAbilities(ref):
            return _with_volunteer(snapshot, _more_able(find_volunteer(snapshot, ref), change))
        case PinPair() | ForbidPair():
            return _with_case(snapshot, _paired(snapshot, change))


def _newcomers(snapshot: Snapshot, change: AddVolunteers) -> Iterable[VolunteerFacts]:
    if not 1 <= change.copies <= MOST_COPIES:
        raise BadInput(f"{change.copies} volunteers cannot be added: write a number from 1 to {MOST_COPIES}.")
    known, ref = {one.ref for one in snapshot.volunteers}, change.volunteer.ref
    refs = [ref] if change.copies == 1 else [f"{ref}-{number}" for number in range(1, change.copies + 1)]
    for one in refs:
        if one in known:
            raise BadInput(f"There is a volunteer {one} already: give the new one another ref.")
        yield replace(change.volunteer, ref=one)


def _with_capacity(person: VolunteerFacts, change: SetCapacity) -> VolunteerFacts:
    given = {"cases": change.cases, "mentoring": change.mentoring, "hours": change.hours}
    for name, amount in given.items():
        if amount is not None and not 0 <= amount < float("inf"):
            raise BadInput(f"{person.ref} cannot have {amount:g} {name}: write a number from 0 on.")
    columns = {"cases": "capacity_cases", "mentoring": "capacity_mentor", "hours": "capacity_hours"}
    return replace(person, **{columns[name]: amount for name, amount in given.items() if amount is not None})


def _more_able(person: VolunteerFacts, change: AddAbilities) -> VolunteerFacts:
    """Who is given a pair interprets from now on; the pairs that follow from her languages stay hers."""
    roles, pairs = person.roles, person.interprets
    if change.interprets:
        pairs = tuple(dict.fromkeys((*person.pairs(), *change.interprets)))
        roles = tuple(dict.fromkeys((*roles, VolunteerRole.INTERPRETER)))
    return replace(
        person,
        roles=roles,
        interprets=pairs,
        languages=person.languages | change.languages,
        practice=person.practice | change.practice,
    )


def _paired(snapshot: Snapshot, change: PinPair | ForbidPair) -> CaseFacts:
    """The case with a pair settled or forbidden; a pair cannot be both."""
    case, ref = find_case(snapshot, change.case), find_volunteer(snapshot, change.volunteer).ref
    if isinstance(change, ForbidPair):
        if any(held.volunteer == ref for held in case.pinned):
            raise BadInput(f"{ref} is settled for {case.ref} and cannot be forbidden as well: drop one of the two.")
        return replace(case, barred=tuple(dict.fromkeys((*case.barred, ref))))
    if not case.asks_for(change.role):
        raise BadInput(f"{case.ref} asks for one attorney only: there is no seat of co-counsel to settle.")
    if ref in case.barred:
        raise BadInput(f"{ref} may not take {case.ref}, by a conflict or an earlier no: settle it with somebody else.")
    _require_a_free_seat(case, ref, change.role)
    return replace(case, pinned=tuple(dict.fromkeys((*case.pinned, Held(change.role, ref)))))


def _require_a_free_seat(case: CaseFacts, ref: str, role: SeatRole) -> None:
    if any(held.volunteer == ref and held.role is not role for held in case.pinned):
        raise BadInput(f"{ref} is settled for another seat of {case.ref}: nobody has two. Drop one of the two.")
    holders = [held.volunteer for held in case.pinned if held.role is role and held.volunteer != ref]
    if len(holders) >= MOST_HOLDERS.get(role, 1):
        raise BadInput(f"The {role.word} of {case.ref} is settled already: {' and '.join(holders)}. Drop one of them.")


def _require_room(snapshot: Snapshot, ref: str) -> None:
    """What is settled for somebody must fit into what she can carry in the end."""
    pins = [(case, held.role) for case in snapshot.cases for held in case.pinned if held.volunteer == ref]
    person = next((one for one in snapshot.volunteers if one.ref == ref), None)
    if person is None:
        raise BadInput(f"{ref} leaves and is settled for {pins[0][0].ref} as well: drop one of the two.")
    mentored = sum(role is SeatRole.MENTOR for _, role in pins)
    hours = sum(case.hours_of(role) for case, role in pins)
    needs = {
        "capacity_mentor": (mentored, person.capacity_mentor),
        "capacity_cases": (len(pins) - mentored, person.capacity_cases),
        "capacity_hours": (hours, float("inf") if person.capacity_hours is None else person.capacity_hours),
    }
    for name, (needed, free) in needs.items():
        if needed > free:
            where = ", ".join(case.ref for case, _ in pins)
            raise BadInput(
                f"{ref} is settled for {where} and has {name}={free:g}; that takes {needed:g}. "
                f"Drop one, or give more: set {ref} {name}={needed:g}."
            )


def _with_volunteer(snapshot: Snapshot, person: VolunteerFacts) -> Snapshot:
    return replace(snapshot, volunteers=tuple(person if one.ref == person.ref else one for one in snapshot.volunteers))


def _with_case(snapshot: Snapshot, case: CaseFacts) -> Snapshot:
    return replace(snapshot, cases=tuple(case if one.ref == case.ref else one for one in snapshot.cases))


def find_case(snapshot: Snapshot, ref: str) -> CaseFacts:
    """A case by its ref; BadInput names the nearest ones where there is none."""
    found = next((one for one in snapshot.cases if one.ref == ref), None)
    if found is None:
        raise BadInput(_unknown("case", ref, (one.ref for one in snapshot.cases)))
    return found


def find_volunteer(snapshot: Snapshot, ref: str) -> VolunteerFacts:
    """A volunteer by her ref; BadInput names the nearest ones where there is none."""
    found = next((one for one in snapshot.volunteers if one.ref == ref), None)
    if found is None:
        raise BadInput(_unknown("volunteer", ref, (one.ref for one in snapshot.volunteers)))
    return found


def _unknown(what: str, ref: str, refs: Iterable[str]) -> str:
    near = get_close_matches(ref, list(refs), n=3)
    advice = f"did you mean {' or '.join(near)}?" if near else f"write the ref of a {what} as the file has it."
    return f"There is no {what} {ref}: {advice}"


def told(change: Change) -> str:
    """A change in a sentence."""
    match change:
        case AddVolunteers(person, copies):
            who = f"{person.ref} joins" if copies == 1 else f"{copies} like {person.ref} join"
            return f"{who} ({', '.join(_described(person))})"
        case RemoveVolunteer(ref):
            return f"{ref} leaves"
        case SetCapacity(ref, cases, mentoring, hours):
            amounts = {"places": cases, "cases to mentor": mentoring, "free hours": hours}
            left = ", ".join(f"{amount:g} {name}" for name, amount in amounts.items() if amount is not None)
            return f"{ref} has {left or 'what there is'}"
        case AddAbilities(ref, languages, interprets, practice):
            said = [f"{area} at level {level}" for area, level in practice.items()]
            said += [f"{tag} at ILR {ilr:g}" for tag, ilr in languages.items()]
            said += [f"interpreting {one}>{other}" for one, other in interprets]
            return f"{ref} adds {', '.join(said) or 'nothing'}"
        case PinPair(case, ref, role):
            return f"{ref} is settled as the {role.word} of {case}"
        case ForbidPair(case, ref):
            return f"{ref} may not take {case}"


def _described(person: VolunteerFacts) -> Iterable[str]:
    """What matters about a newcomer, in short."""
    yield from (str(role) for role in person.roles)
    yield from (f"{area} {level}" for area, level in person.practice.items())
    yield from (f"{tag} {ilr:g}" for tag, ilr in person.languages.items() if tag != ENGLISH)
    yield from (f"{one}>{other}" for one, other in person.pairs())
    yield ", ".join(filter(None, (person.county, person.us_state))) or "no county"
    yield f"{person.capacity_cases} place{'s' * (person.capacity_cases != 1)}"
