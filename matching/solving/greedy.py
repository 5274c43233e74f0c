"""A first feasible answer: cases by their best score, each with the best team that is still free.

It is not good, but it is there at once: what a cancelled run falls back on, and where the optimiser starts.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from core.model.plans.columns import Bools, Ints
from matching.pairs import ATTORNEY, CO_COUNSEL, LEG, MENTOR
from matching.problem import Problem
from matching.solving.program import Program

_SLACK = 1e-9


class Greedy:
    """What is left of everybody's capacity while teams are put together from a program's columns."""

    def __init__(self, problem: Problem, program: Program) -> None:
        self._problem, self._program = problem, program
        self._left = program.upper + program.leeway.room(len(program.upper))
        order = np.lexsort((-program.score, program.kind, program.case))
        cases = program.case[order]
        begins = np.flatnonzero(np.concatenate((np.ones(min(1, len(order)), bool), cases[1:] != cases[:-1])))
        self._of = np.split(order, begins[1:])
        self._best = program.score[order[begins]]

    def choose(self) -> Ints:
        """Columns of a feasible choice, in order."""
        chosen: list[int] = []
        for place in np.argsort(-self._best, kind="stable"):
            team = self._team(self._of[place])
            if team:
                self._left -= self._program.load(np.array(team))
            chosen += team
        return np.array(sorted(chosen), dtype=np.int64)

    def _team(self, columns: Ints) -> list[int]:
        """The first attorney, by score, for whom a whole team is free and worth having."""
        free = columns[self._roomy(columns)]
        kinds = self._program.kind[free]
        attorneys, legs, mentors, seconds = (
            free[kinds == kind].tolist() for kind in (ATTORNEY, LEG, MENTOR, CO_COUNSEL)
        )
        for attorney in attorneys:
            for team in self._teams(attorney, legs, mentors, seconds):
                if self._program.score[team].sum() > 0 and self._fits(team):
                    return team
        return []

    def _roomy(self, columns: Ints) -> Bools:
        """Which columns fit into what their persons have left."""
        start, rows, values = self._program.entries(columns)
        tight = self._program.personal[rows] & (values > self._left[rows] + _SLACK)
        before = np.concatenate(([0], np.cumsum(tight)))
        roomy: Bools = before[start[1:]] == before[start[:-1]]
        return roomy

    def _teams(self, attorney: int, legs: list[int], mentors: list[int], seconds: list[int]) -> Iterator[list[int]]:
        """Teams around one attorney: for each mentor and co-counsel that she may need, each chain of legs."""
        pairs, pair = self._problem.attorneys, self._program.pair[attorney]
        supervisors = [[mentor] for mentor in mentors] if pairs.needs_mentor[pair] else [[]]
        beside = [[second] for second in seconds] if self._problem.cases.with_two[pairs.case[pair]] else [[]]
        for mentor, second in product(supervisors, beside):
            for chain in self._chains(attorney, legs):
                yield [attorney, *chain, *mentor, *second]

    def _chains(self, attorney: int, free: list[int]) -> Iterator[list[int]]:
        pairs, pair = self._problem.attorneys, self._program.pair
        if pairs.direct[pair[attorney]]:
            yield []
            return
        speaks, legs = self._problem.people.speaks[pairs.person[pair[attorney]]], self._problem.legs
        first = [leg for leg in free if not legs.relay[pair[leg]]]
        yield from ([leg] for leg in first if speaks[legs.target[pair[leg]]])
        for onward in free:
            if legs.relay[pair[onward]] and speaks[legs.target[pair[onward]]]:
                source = legs.source[pair[onward]]
                yield from ([leg, onward] for leg in first if legs.target[pair[leg]] == source)

    def _fits(self, team: list[int]) -> bool:
        """Whether there is room for a whole team in every row."""
        _, rows, values = self._program.entries(np.array(team))
        used, at = np.unique(rows, return_inverse=True)
        return bool((np.bincount(at, weights=values) <= self._left[used] + _SLACK).all())
