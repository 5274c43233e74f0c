"""From a snapshot to a problem: who may fill which seat, with what score, and the worthiest of them kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.model.columns import (
    ROLES,
    Bools,
    CaseView,
    CodeBook,
    Floats,
    Ints,
    VolunteerColumns,
    case_view,
    volunteer_columns,
)
from core.model.languages import DIRECT_ILR
from core.model.snapshot import Snapshot
from core.model.vocabulary import REPRESENTING, SeatRole, VolunteerRole
from core.protocols import Rule, Scorer
from matching.asking import Asked
from matching.interpreting import Directions
from matching.problem import AttorneyPairs, Cases, Legs, MentorPairs, People, Pin, Problem

ATTORNEYS: Final = 128
SPEAKERS: Final = 64
INTERPRETERS: Final = 96
MENTORS: Final = 64
DEAREST_LEG: Final = -1.0
"""What an interpreter leg scores at most, however much the scorers like its holder."""
WAIVED: Final = frozenset({"capacity", "hours", "time"})
"""What is not asked of a settled seat: its place and time are already given to this very case."""

Block = tuple[NDArray[Any], ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """A snapshot with everything that was asked about it, and the problem that came of it."""

    snapshot: Snapshot
    book: CodeBook
    volunteers: VolunteerColumns
    views: tuple[CaseView, ...]
    directions: Directions
    asked: Asked
    problem: Problem
    pruned: str

    @property
    def tags(self) -> list[str]:
        """Language tags by their number in the problem."""
        return list(self.book.languages)


def find_candidates(
    snapshot: Snapshot,
    rules: Sequence[Rule],
    scorers: Sequence[Scorer],
    *,
    report: Callable[[int, int], None] = lambda done, of: None,
    every_pair: bool = False,
) -> Candidates:
    """Ask the rules and scorers about every case and keep the best pairs of each, or all with ``every_pair``.

    ``report`` hears how many cases are done, and of how many.
    """
    book = CodeBook.of(snapshot)
    volunteers = volunteer_columns(snapshot, book)
    views = tuple(case_view(case, book, snapshot.today) for case in snapshot.cases)
    asked = Asked(volunteers, rules, scorers)
    for number in range(len(asked.scorers)):
        for view in views:
            asked.scored(number, view)
    directions = Directions.of(snapshot, book)
    finder = _Finder(snapshot, book, volunteers, asked, directions, every_pair=every_pair)
    for number, view in enumerate(views):
        finder.look(number, view)
        report(number + 1, len(views))
    return Candidates(snapshot, book, volunteers, views, directions, asked, finder.problem(views), finder.pruned())


class _Finder:
    """Collects the pairs of one case after the other."""

    def __init__(
        self,
        snapshot: Snapshot,
        book: CodeBook,
        volunteers: VolunteerColumns,
        asked: Asked,
        directions: Directions,
        *,
        every_pair: bool,
    ) -> None:
        self._snapshot, self._book, self._volunteers, self._every_pair = snapshot, book, volunteers, every_pair
        self._asked, self._directions = asked, directions
        self._speaks = volunteers.speaks >= DIRECT_ILR
        self._student = student_only(volunteers)
        self._waived = frozenset(n for n, rule in enumerate(asked.rules) if rule.blocks in WAIVED)
        self._pins: list[Pin] = []
        self._attorneys: list[Block] = []
        self._legs: list[Block] = []
        self._mentors: list[Block] = []
        self._scores: dict[SeatRole, list[Floats]] = {role: [] for role in SeatRole}
        self._eligible = self._kept = 0

    def look(self, number: int, view: CaseView) -> None:
        """Find the pairs of one case."""
        self._pin(number)
        allowed = self._allowed(SeatRole.ATTORNEY, number, view)
        score = self._score(SeatRole.ATTORNEY, view)
        direct = np.asarray(self._speaks[:, list(view.languages)].any(axis=1))
        chosen = self._best(np.flatnonzero(allowed), score, number, ATTORNEYS)
        speaking = self._best(np.flatnonzero(allowed & direct), score, number, SPEAKERS)
        kept = np.union1d(chosen, speaking)
        self._count(allowed, kept)
        short = np.asarray(self._student | (self._volunteers.level[:, view.practice_area] == view.skill_level - 1))
        self._attorneys.append((np.full(len(kept), number), kept, direct[kept], short[kept]))
        self._scores[SeatRole.ATTORNEY].append(score[kept])
        if not direct[kept].all():
            self._look_for_legs(number, view, self._speaks[kept[~direct[kept]]])
        if short[kept].any():
            self._look_for_mentors(number, view)

    def _look_for_legs(self, number: int, view: CaseView, heard: Bools) -> None:
        """Legs of allowed interpreters; relays only onward from where some attorney would not understand."""
        ways, allowed = self._directions, self._allowed(SeatRole.INTERPRETER, number, view)
        score = np.minimum(self._score(SeatRole.INTERPRETER, view), DEAREST_LEG)
        first = ways.first(view, allowed)
        relay = ways.onward(view, allowed, first)
        by_all, by_some = np.asarray(heard.all(axis=0)), np.asarray(heard.any(axis=0))
        relay = relay[~by_all[ways.source[relay]] & by_some[ways.target[relay]]]
        useful = by_some[ways.target[first]] | np.isin(ways.target[first], ways.source[relay])
        for rows, onward in ((first[useful], False), (relay, True)):
            self._add_legs(number, rows, score, onward=onward)

    def _add_legs(self, number: int, rows: Ints, score: Floats, *, onward: bool) -> None:
        ways, languages = self._directions, self._speaks.shape[1]
        kinds = ways.source[rows] * languages + ways.target[rows]
        for kind in np.unique(kinds):
            of_kind = rows[kinds == kind]
            best = self._best(np.arange(len(of_kind)), score[ways.person[of_kind]], number, INTERPRETERS)
            kept = of_kind[best]
            self._eligible, self._kept = self._eligible + len(of_kind), self._kept + len(kept)
            case, relay = np.full(len(kept), number), np.full(len(kept), int(onward))
            self._legs.append((case, ways.person[kept], ways.source[kept], ways.target[kept], relay))
            self._scores[SeatRole.INTERPRETER].append(score[ways.person[kept]])

    def _look_for_mentors(self, number: int, view: CaseView) -> None:
        allowed = self._allowed(SeatRole.MENTOR, number, view)
        score = self._score(SeatRole.MENTOR, view)
        kept = self._best(np.flatnonzero(allowed), score, number, MENTORS)
        self._count(allowed, kept)
        self._mentors.append((np.full(len(kept), number), kept))
        self._scores[SeatRole.MENTOR].append(score[kept])

    def _pin(self, number: int) -> None:
        for held in self._snapshot.cases[number].pinned:
            if held.volunteer in self._book.volunteers:
                self._pins.append(Pin(number, held.role, self._book.volunteers[held.volunteer]))

    def _allowed(self, role: SeatRole, number: int, view: CaseView) -> Bools:
        settled = [held.volunteer for held in self._snapshot.cases[number].pinned if held.role is role]
        if not settled:
            return self._asked.allowed(role, view)
        holders = [self._book.volunteers[ref] for ref in settled if ref in self._book.volunteers]
        settled_only = np.isin(self._volunteers.index, holders)
        return np.asarray(self._asked.allowed(role, view, without=self._waived) & settled_only)

    def _score(self, role: SeatRole, view: CaseView) -> Floats:
        score = np.zeros(self._volunteers.n)
        for points in self._asked.points(role, view).values():
            score += points
        return score

    def _best(self, rows: Ints, score: Floats, case: int, most: int) -> Ints:
        """The ``most`` best by score; which of equals are kept differs from case to case."""
        if len(rows) <= most or self._every_pair:
            return rows
        turn = (rows - case * 7919) % max(1, len(score))
        return np.sort(rows[np.lexsort((turn, -score[rows]))[:most]])

    def _count(self, allowed: Bools, kept: Ints) -> None:
        self._eligible, self._kept = self._eligible + int(allowed.sum()), self._kept + len(kept)

    def pruned(self) -> str:
        """Say in a sentence what was left out."""
        left_out = self._eligible - self._kept
        if not left_out:
            return ""
        return (
            f"{left_out:,} of {self._eligible:,} eligible pairs were left out: for each case the {ATTORNEYS} best "
            f"attorneys, {SPEAKERS} who speak with the client, {INTERPRETERS} interpreters for each pair of languages "
            f"and {MENTORS} mentors were kept."
        )

    def problem(self, views: Sequence[CaseView]) -> Problem:
        """The problem of all pairs found."""
        v = self._volunteers
        case, person, direct, short = _stacked(self._attorneys, 4)
        leg_case, interpreter, source, target, relay = _stacked(self._legs, 5)
        mentored, mentor = _stacked(self._mentors, 2)
        scores = {role: np.concatenate([np.empty(0), *parts]) for role, parts in self._scores.items()}
        return Problem(
            People(v.free_places, v.free_mentoring, v.free_hours, self._speaks),
            Cases(np.array([view.hours for view in views]), np.array([view.interpreter_hours for view in views])),
            AttorneyPairs(case, person, scores[SeatRole.ATTORNEY], direct.astype(np.bool_), short.astype(np.bool_)),
            Legs(leg_case, interpreter, source, target, relay.astype(np.bool_), scores[SeatRole.INTERPRETER]),
            MentorPairs(mentored, mentor, scores[SeatRole.MENTOR]),
            tuple(self._pins),
        )


def student_only(volunteers: VolunteerColumns) -> Bools:
    """Who could represent as a law student only, and so never without a supervisor: bool[n]."""
    others = [ROLES.index(role) for role in REPRESENTING if role is not VolunteerRole.LAW_STUDENT]
    student: Bools = volunteers.is_a(VolunteerRole.LAW_STUDENT) & ~volunteers.has_role[:, others].any(axis=1)
    return student


def _stacked(blocks: list[Block], width: int) -> list[Ints]:
    none = np.empty(0, dtype=np.int64)
    return [np.concatenate([none, *(np.asarray(block[at]) for block in blocks)]) for at in range(width)]
