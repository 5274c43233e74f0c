"""Candidates as one would write them down first: for each case, each rule and scorer over all volunteers in numpy.

Nothing is remembered from case to case, and nothing is shared with the search of the engine but what the problem means:
which pairs there are, and which of them are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.model.languages import DIRECT_ILR
from core.model.plans.columns import ROLES, Bools, CaseView, Floats, Ints
from core.model.vocabulary import SeatRole, VolunteerRole
from core.protocols import Rule, Scorer
from core.ruling import is_about
from matching.candidates import Coded, Width
from matching.problem import AttorneyPairs, CoCounselPairs, Legs, MentorPairs
from matching.search.interpreting import Directions

KNOWN_IN_FULL = 500
Columns = list[list[np.ndarray]]


@dataclass(frozen=True, slots=True)
class Answers:
    """One case: whom the rules allow into a seat, and with what score, over all volunteers."""

    allowed: dict[SeatRole, Bools]
    score: dict[SeatRole, Floats]


class Dense:
    """Evaluates everything for one case after the other. Settled seats are not looked at."""

    def __init__(self, coded: Coded, rules: Sequence[Rule], scorers: Sequence[Scorer], width: Width | None) -> None:
        self.columns, self.views = coded.volunteers, coded.views
        self.ways = Directions.of(coded.snapshot, coded.book)
        self.rules, self.scorers, self.width = rules, scorers, width
        self.speaks = self.columns.speaks >= DIRECT_ILR
        students = self.columns.has_role[:, ROLES.index(VolunteerRole.LAW_STUDENT)]
        others = (VolunteerRole.ATTORNEY, VolunteerRole.ACCREDITED_FULL, VolunteerRole.ACCREDITED_PARTIAL)
        self.student = students & ~self.columns.has_role[:, [ROLES.index(role) for role in others]].any(axis=1)
        self.tables: tuple[Columns, Columns, Columns, Columns] = ([], [], [], [])

    def found(self) -> tuple[AttorneyPairs, Legs, MentorPairs, CoCounselPairs]:
        """The tables."""
        for number, view in enumerate(self.views):
            self.look(number, view, self.answers(view))
        attorneys, legs, mentors, beside = (
            _columns(table, width) for table, width in zip(self.tables, (5, 6, 3, 3), strict=True)
        )
        return AttorneyPairs(*attorneys), Legs(*legs), MentorPairs(*mentors), CoCounselPairs(*beside)

    def answers(self, view: CaseView) -> Answers:
        """Ask every rule and scorer once about a case."""
        allowed = {role: np.ones(self.columns.n, dtype=np.bool_) for role in SeatRole}
        score = {role: np.zeros(self.columns.n) for role in SeatRole}
        for rule in self.rules:
            answer = rule.allows(view, self.columns)
            for role in (one for one in SeatRole if is_about(rule, one)):
                allowed[role] &= answer
        for scorer in self.scorers:
            points = scorer.points(view, self.columns)
            for role in (one for one in SeatRole if is_about(scorer, one)):
                score[role] += points
        return Answers(allowed, score)

    def direct(self, view: CaseView) -> Bools:
        """Who speaks a language of the client: bool[n]."""
        return np.asarray(self.speaks[:, list(view.languages)].any(axis=1))

    def short(self, view: CaseView) -> Bools:
        """Who would need a mentor as attorney of the case: bool[n]."""
        return np.asarray(self.student | (self.columns.level[:, view.practice_area] == view.skill_level - 1))

    def look(self, number: int, view: CaseView, answers: Answers) -> None:
        """Write the pairs of one case down."""
        people, score = np.flatnonzero(answers.allowed[SeatRole.ATTORNEY]), answers.score[SeatRole.ATTORNEY]
        direct, short = self.direct(view), self.short(view)
        kept = people
        if self.width and len(people) > self.width.attorneys:
            unaided, speakers = people[~short[people]], people[direct[people]]
            parts = ((people, self.width.attorneys), (speakers, self.width.speakers), (unaided, self.width.unaided))
            kept = np.unique(np.concatenate([_best(those, score, most) for those, most in parts]))
        self._put(0, number, kept, score[kept], direct[kept], short[kept])
        others = people[~direct[people]]
        if len(others):
            self._legs(number, view, self.speaks[others], answers)
        if short[kept].any():
            mentors, points = np.flatnonzero(answers.allowed[SeatRole.MENTOR]), answers.score[SeatRole.MENTOR]
            chosen = np.sort(_best(mentors, points, self.width.mentors)) if self.width else mentors
            self._put(2, number, chosen, points[chosen])
        if view.attorneys > 1:
            beside, points = np.flatnonzero(answers.allowed[SeatRole.CO_COUNSEL]), answers.score[SeatRole.CO_COUNSEL]
            chosen = np.sort(_best(beside, points, self.width.attorneys)) if self.width else beside
            self._put(3, number, chosen, points[chosen])

    def _legs(self, number: int, view: CaseView, heard: Bools, answers: Answers) -> None:
        ways, allowed = self.ways, answers.allowed[SeatRole.INTERPRETER]
        score = np.minimum(answers.score[SeatRole.INTERPRETER], -1.0)
        every, some = np.asarray(heard.all(axis=0)), np.asarray(heard.any(axis=0))
        first = ways.first(view, allowed)
        relay = ways.onward(view, allowed, first)
        relay = relay[~every[ways.source[relay]] & some[ways.target[relay]]]
        fed = np.zeros(len(some), dtype=np.bool_)
        fed[ways.source[relay]] = True
        useful = first[(some | fed)[ways.target[first]]]
        if self.width:
            useful, relay = self._short_ways(useful, relay, every)
        many = len(np.unique(ways.person[first])) > KNOWN_IN_FULL
        for rows, onward in ((useful, False), (relay, True)):
            self._kinds(number, rows, score, onward=onward, many=many and not onward)

    def _short_ways(self, first: Ints, relay: Ints, every: Bools) -> tuple[Ints, Ints]:
        straight = first[every[self.ways.target[first]]]
        if len(straight) > KNOWN_IN_FULL:
            return straight, relay[:0]
        ending = relay[every[self.ways.target[relay]]]
        return first, ending if len(ending) else relay

    def _kinds(self, number: int, rows: Ints, score: Floats, *, onward: bool, many: bool) -> None:
        ways, languages = self.ways, self.speaks.shape[1]
        kinds = ways.source[rows] * languages + ways.target[rows]
        for kind in np.unique(kinds):
            mine = rows[kinds == kind]
            if self.width and (many or len(mine) > KNOWN_IN_FULL):
                mine = mine[_best(np.arange(len(mine)), score[ways.person[mine]], self.width.interpreters)]
            person, relay = ways.person[mine], np.full(len(mine), onward)
            self._put(1, number, person, ways.source[mine], ways.target[mine], relay, score[person])

    def _put(self, table: int, number: int, *columns: np.ndarray) -> None:
        self.tables[table].append([np.full(len(columns[0]), number), *columns])


def _best(rows: Ints, score: Floats, most: int) -> Ints:
    if len(rows) <= most:
        return rows
    return rows[np.argpartition(-score[rows], most)[:most]]


def _columns(table: Columns, width: int) -> list[np.ndarray]:
    if not table:
        return [np.empty(0, dtype=np.int64)] * width
    return [np.concatenate(column) for column in zip(*table, strict=True)]
