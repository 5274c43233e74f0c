"""The candidate graph as a document: enough to solve the same problem with a solver of one's own.

``docs/problem-format.md`` says what each field means and writes the constraints down in its terms.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec
import numpy as np

from core.model.plans.columns import Ints
from core.model.vocabulary import SeatRole
from matching.candidates import Candidates

FORMAT: Final = "amparo-problem/1"


class PersonCan(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a volunteer can carry. ``hours`` None: no limit. ``speaks``: languages from ILR 3.

    Each place costs ``place_step`` more than the one before, each mentor seat ``mentoring_step``.
    """

    ref: str
    places: int
    mentoring: int
    hours: float | None
    speaks: tuple[str, ...]
    place_step: float = 0.0
    mentoring_step: float = 0.0


class CaseTakes(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a case takes: how many attorneys, hours of each, and of each interpreter (0: they count by cases).

    ``tier`` 1 comes before 2, and both before what points say of the others.
    """

    ref: str
    languages: tuple[str, ...]
    hours: float
    interpreter_hours: float
    attorneys: int
    tier: int = 0


class Pair(msgspec.Struct, frozen=True, omit_defaults=True, rename={"from_language": "from", "to_language": "to"}):
    """One eligible pair. ``mode``: direct or interpreted for (lead) attorneys, first or relay for interpreters.

    Mentors and co-counsel have one mode each, called like the role.
    """

    case: str
    volunteer: str
    role: SeatRole
    mode: str
    score: float
    needs_mentor: bool = False
    from_language: str = ""
    to_language: str = ""


class Pinned(msgspec.Struct, frozen=True):
    """A seat that is settled: only this volunteer may fill it, and her place and hours are kept for it."""

    case: str
    volunteer: str
    role: SeatRole


class FloorAsked(msgspec.Struct, frozen=True):
    """Of these cases so many are wanted; each that is missing costs its points."""

    cases: tuple[str, ...]
    wanted: int
    points: float


class ProblemDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole graph. ``pruned`` says in a sentence which eligible pairs are missing; empty: none."""

    format: str
    today: date
    cases: tuple[CaseTakes, ...]
    volunteers: tuple[PersonCan, ...]
    pairs: tuple[Pair, ...]
    pinned: tuple[Pinned, ...]
    pruned: str
    floors: tuple[FloorAsked, ...] = ()


def problem_document(candidates: Candidates) -> ProblemDocument:
    """Write a problem down with the refs of its cases and volunteers instead of numbers."""
    snapshot, problem = candidates.snapshot, candidates.problem
    names = _Names(candidates)
    return ProblemDocument(
        format=FORMAT,
        today=snapshot.today,
        cases=tuple(
            CaseTakes(case.ref, case.languages, case.hours, case.interpreter_hours or 0.0, case.attorneys, tier)
            for case, tier in zip(snapshot.cases, problem.cases.tiers().tolist(), strict=True)
        ),
        volunteers=tuple(names.person(number) for number in range(problem.people.n)),
        pairs=(*names.attorneys(), *names.co_counsel(), *names.legs(), *names.mentors()),
        pinned=tuple(Pinned(names.cases[pin.case], names.people[pin.person], pin.role) for pin in problem.pins),
        pruned=candidates.pruned,
        floors=tuple(names.floors()),
    )


class _Names:
    """The tables of a problem, row by row, with names for numbers."""

    def __init__(self, candidates: Candidates) -> None:
        self.problem, self.tags = candidates.problem, candidates.tags
        self.cases = [case.ref for case in candidates.snapshot.cases]
        self.people = [person.ref for person in candidates.snapshot.volunteers]

    def person(self, number: int) -> PersonCan:
        people, load = self.problem.people, self.problem.load
        hours = float(people.hours[number])
        return PersonCan(
            ref=self.people[number],
            places=int(people.places[number]),
            mentoring=int(people.mentoring[number]),
            hours=hours if np.isfinite(hours) else None,
            speaks=tuple(self.tags[at] for at in np.flatnonzero(people.speaks[number])),
            place_step=float(load.places[number]) if len(load.places) else 0.0,
            mentoring_step=float(load.mentoring[number]) if len(load.mentoring) else 0.0,
        )

    def floors(self) -> Iterator[FloorAsked]:
        floors = self.problem.floors
        for member, wanted, points in zip(floors.member, floors.wanted, floors.points, strict=True):
            cases = tuple(self.cases[at] for at in np.flatnonzero(member))
            yield FloorAsked(cases, int(wanted), float(points))

    def attorneys(self) -> Iterator[Pair]:
        table = self.problem.attorneys
        for (case, person), row in self._rows(table.case, table.person):
            mode = "direct" if table.direct[row] else "interpreted"
            score, short = float(table.score[row]), bool(table.needs_mentor[row])
            yield Pair(case, person, SeatRole.ATTORNEY, mode, score, needs_mentor=short)

    def legs(self) -> Iterator[Pair]:
        table = self.problem.legs
        for (case, person), row in self._rows(table.case, table.person):
            mode, score = "relay" if table.relay[row] else "first", float(table.score[row])
            source, target = self.tags[table.source[row]], self.tags[table.target[row]]
            yield Pair(case, person, SeatRole.INTERPRETER, mode, score, from_language=source, to_language=target)

    def mentors(self) -> Iterator[Pair]:
        table = self.problem.mentors
        for (case, person), row in self._rows(table.case, table.person):
            yield Pair(case, person, SeatRole.MENTOR, "mentor", float(table.score[row]))

    def co_counsel(self) -> Iterator[Pair]:
        table = self.problem.co_counsel
        for (case, person), row in self._rows(table.case, table.person):
            yield Pair(case, person, SeatRole.CO_COUNSEL, str(SeatRole.CO_COUNSEL), float(table.score[row]))

    def _rows(self, case: Ints, person: Ints) -> Iterator[tuple[tuple[str, str], int]]:
        return (((self.cases[c], self.people[p]), row) for row, (c, p) in enumerate(zip(case, person, strict=True)))
