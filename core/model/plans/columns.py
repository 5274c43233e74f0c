"""The snapshot as columns: what a rule or scorer gets to read.

A rule sees ONE case's values (``CaseView``) and whole columns over all volunteers (``VolunteerColumns``), both
coded with the same code book, so that ``volunteers.level[:, case.practice_area] >= case.skill_level`` works.
Unknown places and states never compare equal: a case's unknown is 0, a volunteer's is -1.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.model.places import STATES, county_of
from core.model.plans.foresight import Price
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import (
    GOOD_STANDING,
    Forum,
    Gender,
    InterpretingMode,
    PracticeArea,
    SeatRole,
    Standing,
    VolunteerRole,
)

AREAS: Final = tuple(PracticeArea)
ROLES: Final = tuple(VolunteerRole)
GENDERS: Final = tuple(Gender)
MODES: Final = tuple(InterpretingMode)
HORIZON_DAYS: Final = 366
"""How far ahead free working days are counted; a later deadline leaves time enough."""

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Days = NDArray[np.int16]

FREE: Final = Price()


@dataclass(frozen=True, slots=True)
class CodeBook:
    """Numbers for what is written as text: languages, places and volunteers of one snapshot."""

    languages: dict[str, int]
    places: dict[tuple[str, str], int]
    volunteers: dict[str, int]
    states: dict[str, int] = field(default_factory=lambda: {name: number for number, name in enumerate(STATES, 1)})

    @classmethod
    def of(cls, snapshot: Snapshot) -> "CodeBook":
        """Number everything that occurs in a snapshot, in sorted order."""
        tags = {tag for case in snapshot.cases for tag in case.languages}
        places = {_place(case) for case in snapshot.cases}
        for person in snapshot.volunteers:
            tags.update(person.languages, *person.interprets)
            places.add(_place(person))
        return cls(
            languages={tag: number for number, tag in enumerate(sorted(tags))},
            places={place: number for number, place in enumerate(sorted(p for p in places if p[1]), 1)},
            volunteers={person.ref: number for number, person in enumerate(snapshot.volunteers)},
        )


@dataclass(frozen=True, slots=True)
class VolunteerColumns:
    """Everything rules and scorers may know of the volunteers; n is their number.

    ``has_role`` bool[n, roles]; ``level`` int[n, practice areas] (0: not listed); ``good_standing``,
    ``standing_unknown`` bool[n]; ``bars`` bool[n, states + 1] (index 0: no state); ``eoir_registered`` bool[n];
    ``speaks`` float[n, languages] (ILR); ``interprets`` bool[n, languages] (in some pair with it); ``modes`` bool[n,
    modes of interpreting]; ``remote`` bool[n]; ``county``, ``state`` int[n]; ``latitude``, ``longitude`` float[n] in
    degrees (nan: unknown); ``gender`` int[n]; ``free_places``, ``free_mentoring`` int[n]; ``free_hours`` float[n]
    (inf: no limit); ``free_days`` int[n, horizon + 1], working days not on leave within the next d days; ``interests``
    bool[n, practice areas]; ``load`` float[n], 0 to 1; ``index`` int[n], each volunteer's own number; ``place_price``,
    ``hour_price``, ``mentor_price`` float[n]: points asked for her while scarce people are kept for later, else 0.
    """

    n: int
    index: Ints
    has_role: Bools
    level: Ints
    good_standing: Bools
    standing_unknown: Bools
    bars: Bools
    eoir_registered: Bools
    speaks: Floats
    interprets: Bools
    modes: Bools
    remote: Bools
    county: Ints
    state: Ints
    latitude: Floats
    longitude: Floats
    gender: Ints
    free_places: Ints
    free_mentoring: Ints
    free_hours: Floats
    free_days: Days
    interests: Bools
    load: Floats
    place_price: Floats
    hour_price: Floats
    mentor_price: Floats

    def is_a(self, role: VolunteerRole) -> Bools:
        """Who offers this role: bool[n]."""
        column: Bools = self.has_role[:, ROLES.index(role)]
        return column


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case's values as a rule or scorer reads them, coded by the snapshot's code book.

    ``deadline_in`` is in days, capped at the horizon; None where there is no deadline or it has passed.
    ``working_days`` are the Mondays to Fridays within those days. ``barred`` and ``prior`` hold volunteer numbers,
    ``proposed_attorney``, ``proposed_co_counsel``, ``proposed_interpreters`` and ``proposed_mentor`` those of a
    proposal already out. ``attorneys`` is 2 where the case asks for co-counsel.
    """

    practice_area: int
    skill_level: int
    relief: str
    languages: tuple[int, ...]
    forum: Forum
    detained: bool
    county: int
    state: int
    latitude: float
    longitude: float
    remote_ok: bool
    tier: int
    waiting_days: int
    deadline_in: int | None
    working_days: int
    attorneys: int
    hours: float
    interpreter_hours: float
    interpreter_gender: int | None
    interpreter_mode: int | None
    barred: tuple[int, ...]
    prior: tuple[int, ...]
    proposed_attorney: tuple[int, ...]
    proposed_co_counsel: tuple[int, ...]
    proposed_interpreters: tuple[int, ...]
    proposed_mentor: tuple[int, ...]


def _place(facts: CaseFacts | VolunteerFacts) -> tuple[str, str]:
    county = county_of(facts.us_state, facts.county)
    return facts.us_state.upper(), (county.name if county else facts.county).strip().casefold()


def _centre(facts: CaseFacts | VolunteerFacts) -> tuple[float, float]:
    county = county_of(facts.us_state, facts.county)
    return (county.latitude, county.longitude) if county else (np.nan, np.nan)


@lru_cache(maxsize=4)
def _working_days(today: date) -> Bools:
    return np.array([(today + timedelta(days=ahead)).weekday() < 5 for ahead in range(1, HORIZON_DAYS + 1)])


def _free_days(today: date, people: tuple[VolunteerFacts, ...], working: Bools) -> Days:
    """Laid out day by day, since a rule asks about one day and everybody."""
    days = np.repeat(working[None, :], len(people), axis=0)
    for row, person in enumerate(people):
        for starts, ends in person.leave:
            first, last = max((starts - today).days, 1), (ends - today).days
            days[row, first - 1 : max(last, 0)] = False
    counted = np.zeros((HORIZON_DAYS + 1, len(people)), dtype=np.int16)
    np.cumsum(days.T, axis=0, out=counted[1:])
    return counted.T


def _flags(people: tuple[VolunteerFacts, ...], width: int, marks: list[list[int]]) -> Bools:
    table = np.zeros((len(people), width), dtype=np.bool_)
    rows = np.repeat(np.arange(len(marks)), [len(columns) for columns in marks])
    table[rows, list(chain.from_iterable(marks))] = True
    return table


def volunteer_columns(snapshot: Snapshot, book: CodeBook) -> VolunteerColumns:
    """Lay the snapshot's volunteers out as columns. They are read-only: no rule can change what the next one sees."""
    people = snapshot.volunteers
    level = np.zeros((len(people), len(AREAS)), dtype=np.int64)
    speaks = np.zeros((len(people), max(1, len(book.languages))))
    for row, person in enumerate(people):
        for area, mastered in person.practice.items():
            level[row, AREAS.index(area)] = mastered
        for tag, ilr in person.languages.items():
            speaks[row, book.languages[tag]] = ilr
    centres = np.array([_centre(person) for person in people], dtype=np.float64).reshape(-1, 2)
    known = [[book.languages[tag] for pair in person.pairs() for tag in pair] for person in people]
    columns = VolunteerColumns(
        n=len(people),
        index=np.array([book.volunteers[person.ref] for person in people], dtype=np.int64),
        has_role=_flags(people, len(ROLES), [[ROLES.index(role) for role in p.roles] for p in people]),
        level=level,
        good_standing=np.array([person.standing in GOOD_STANDING for person in people], dtype=np.bool_),
        standing_unknown=np.array([person.standing is Standing.UNKNOWN for person in people], dtype=np.bool_),
        bars=_flags(people, len(STATES) + 1, [[book.states[b] for b in p.bars if b in book.states] for p in people]),
        eoir_registered=np.array([person.eoir_registered for person in people], dtype=np.bool_),
        speaks=speaks,
        interprets=_flags(people, max(1, len(book.languages)), known),
        modes=_flags(people, len(MODES), [[MODES.index(mode) for mode in person.modes] for person in people]),
        remote=np.array([person.remote for person in people], dtype=np.bool_),
        county=np.array([book.places.get(_place(person), -1) for person in people], dtype=np.int64),
        state=np.array([book.states.get(person.us_state.upper(), -1) for person in people], dtype=np.int64),
        latitude=centres[:, 0],
        longitude=centres[:, 1],
        gender=np.array([GENDERS.index(person.gender) for person in people], dtype=np.int64),
        free_places=np.array([person.capacity_cases for person in people], dtype=np.int64),
        free_mentoring=np.array([person.capacity_mentor for person in people], dtype=np.int64),
        free_hours=np.array(
            [np.inf if p.capacity_hours is None else p.capacity_hours for p in people], dtype=np.float64
        ),
        free_days=_free_days(snapshot.today, people, _working_days(snapshot.today)),
        interests=_flags(people, len(AREAS), [[AREAS.index(area) for area in p.interests] for p in people]),
        load=np.array([person.load for person in people], dtype=np.float64),
        place_price=np.array([(person.price or FREE).place for person in people], dtype=np.float64),
        hour_price=np.array([(person.price or FREE).hour for person in people], dtype=np.float64),
        mentor_price=np.array([(person.price or FREE).mentoring for person in people], dtype=np.float64),
    )
    kept: dict[str, Any] = {
        column.name: read_only(getattr(columns, column.name)) for column in fields(columns) if column.name != "n"
    }
    return replace(columns, **kept)


def read_only(values: NDArray[Any]) -> NDArray[Any]:
    """A view of an array that nobody can write to: whoever holds one that owns its data can make it writable again."""
    owner: Any = values
    while isinstance(owner, np.ndarray):
        owner.flags.writeable = False
        owner = owner.base
    return values.view()


def case_view(case: CaseFacts, book: CodeBook, today: date) -> CaseView:
    """Code one case for rules and scorers. Volunteers that are not in the snapshot are left out."""
    latitude, longitude = _centre(case)
    ahead = None if case.deadline is None or case.deadline < today else (case.deadline - today).days
    deadline_in = None if ahead is None else min(ahead, HORIZON_DAYS)
    held = {role: tuple(_numbers([h.volunteer for h in case.proposed if h.role is role], book)) for role in SeatRole}
    return CaseView(
        practice_area=AREAS.index(case.practice_area),
        skill_level=case.skill_level,
        relief=case.relief,
        languages=tuple(book.languages[tag] for tag in case.languages),
        forum=case.forum,
        detained=case.detained,
        county=book.places.get(_place(case), 0),
        state=book.states.get(case.us_state.upper(), 0),
        latitude=latitude,
        longitude=longitude,
        remote_ok=case.remote_ok,
        tier=int(case.urgency(today).tier),
        waiting_days=max(0, (today - case.received).days),
        deadline_in=deadline_in,
        working_days=int(_working_days(today)[: deadline_in or 0].sum()),
        attorneys=case.attorneys,
        hours=case.hours,
        interpreter_hours=case.interpreter_hours or 0.0,
        interpreter_mode=None if case.interpreter_mode is None else MODES.index(case.interpreter_mode),
        interpreter_gender=None if case.interpreter_gender is None else GENDERS.index(case.interpreter_gender),
        barred=_numbers(case.barred, book),
        prior=_numbers(case.prior, book),
        proposed_attorney=held[SeatRole.ATTORNEY],
        proposed_co_counsel=held[SeatRole.CO_COUNSEL],
        proposed_interpreters=held[SeatRole.INTERPRETER],
        proposed_mentor=held[SeatRole.MENTOR],
    )


def _numbers(refs: Any, book: CodeBook) -> tuple[int, ...]:
    return tuple(sorted(book.volunteers[ref] for ref in refs if ref in book.volunteers))
