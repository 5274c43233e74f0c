"""Two ways in which clinics match today, as well as each can be done, over the candidates of the joint optimum.

*Greedy*: the most urgent case first, with the best whole team that is still free. *Attorneys first*: the most urgent
case first, with the best attorney that is still free; afterwards interpreters and mentors for those pairs, in the same
order. Settled seats are not looked at.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from core.model.columns import Ints
from matching.problem import AttorneyPairs, Chosen, Legs, MentorPairs, Pairs, Problem

Team = tuple[int, list[int], list[int]]
"""Rows of the attorney, the legs and the mentor."""


def greedy(problem: Problem) -> Chosen:
    """Whole teams, the most urgent case first."""
    return Greedy(problem).choose()


def attorneys_first(problem: Problem) -> Chosen:
    """Attorneys as if nobody needed an interpreter or a mentor, then what those pairs need."""
    nobody = np.zeros(len(problem.attorneys.case), dtype=np.bool_)
    blind = replace(problem.attorneys, direct=~nobody, needs_mentor=nobody)
    lawyers, *_ = greedy(replace(problem, attorneys=blind, legs=Legs(), mentors=MentorPairs()))
    teams = greedy(replace(problem, attorneys=some_of(problem.attorneys, lawyers)))
    return (lawyers[teams[0]], *teams[1:])


def some_of(pairs: AttorneyPairs, rows: Ints) -> AttorneyPairs:
    """The table with these rows only."""
    return AttorneyPairs(*(getattr(pairs, name)[rows] for name in AttorneyPairs.__slots__))


class Greedy:
    """Serves cases one by one, each with the team of the greatest net score that is free."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._places, self._mentoring = problem.people.places.copy(), problem.people.mentoring.copy()
        self._hours = problem.people.hours.copy()
        self._rows = [ByCase(table, problem.cases.n) for table in problem.tables]

    def choose(self) -> Chosen:
        """The whole greedy answer."""
        best = np.zeros(self._problem.cases.n)
        np.maximum.at(best, self._problem.attorneys.case, self._problem.attorneys.score)
        chosen: tuple[list[int], list[int], list[int]] = ([], [], [])
        for case in np.lexsort((np.arange(len(best)), -best)).tolist():
            team = self._best_team(case)
            if team is None:
                continue
            self._take(case, team)
            for rows, more in zip(chosen, ([team[0]], *team[1:]), strict=True):
                rows.extend(more)
        return tuple(np.array(sorted(rows), dtype=np.int64) for rows in chosen)

    def _best_team(self, case: int) -> Team | None:
        worth, team = max(((self._worth(one), one) for one in self._teams(case)), default=(0.0, None), key=_first)
        return team if worth > 0 else None

    def _teams(self, case: int) -> Iterator[Team]:
        """The best free team around each free attorney."""
        x, z = self._problem.attorneys, self._problem.mentors
        legs, mentors = self._free_legs(case), self._free_mentors(case)
        rows, needed = self._rows[0].of(case), self._problem.cases.hours[case]
        free = (self._places[x.person[rows]] > 0) & (self._hours[x.person[rows]] >= needed)
        for row in rows[free].tolist():
            person = x.person[row]
            chain = [] if x.direct[row] else self._chain(person, legs)
            taken = {person, *self._problem.legs.person[chain].tolist()} if chain else {person}
            mentor = [one for one in mentors if z.person[one] not in taken][:1] if x.needs_mentor[row] else []
            if chain is not None and len(mentor) == int(x.needs_mentor[row]):
                yield row, chain, mentor

    def _chain(self, attorney: int, legs: list[int]) -> list[int] | None:
        """The best chain of free legs, best first, to a language that she speaks."""
        y, speaks = self._problem.legs, self._problem.people.speaks[attorney]
        first = [leg for leg in legs if not y.relay[leg] and y.person[leg] != attorney]
        best_to = {int(y.target[leg]): leg for leg in reversed(first)}
        chains = [[leg] for hub, leg in best_to.items() if speaks[hub]]
        for onward in legs:
            before = best_to.get(int(y.source[onward])) if y.relay[onward] else None
            if before is None or not speaks[y.target[onward]]:
                continue
            if len({attorney, y.person[before], y.person[onward]}) == 3:
                chains.append([before, onward])
        return max(chains, key=lambda chain: float(y.score[chain].sum()), default=None)

    def _free_legs(self, case: int) -> list[int]:
        y, rows = self._problem.legs, self._rows[1].of(case)
        needed = self._problem.cases.interpreter_hours[case]
        rows = rows[(self._places[y.person[rows]] > 0) & (self._hours[y.person[rows]] >= needed)]
        return self._best_first(rows, y)

    def _free_mentors(self, case: int) -> list[int]:
        z, rows = self._problem.mentors, self._rows[2].of(case)
        return self._best_first(rows[self._mentoring[z.person[rows]] > 0], z)

    def _best_first(self, rows: Ints, table: Pairs) -> list[int]:
        ordered: list[int] = rows[np.lexsort((rows, -table.score[rows]))].tolist()
        return ordered

    def _worth(self, team: Team) -> float:
        x, y, z = self._problem.tables
        return float(x.score[team[0]] + y.score[team[1]].sum() + z.score[team[2]].sum())

    def _take(self, case: int, team: Team) -> None:
        problem, (row, legs, mentors) = self._problem, team
        self._places[problem.attorneys.person[row]] -= 1
        self._hours[problem.attorneys.person[row]] -= problem.cases.hours[case]
        self._places[problem.legs.person[legs]] -= 1
        self._hours[problem.legs.person[legs]] -= problem.cases.interpreter_hours[case]
        self._mentoring[problem.mentors.person[mentors]] -= 1


class ByCase:
    """The rows of a table, case by case."""

    def __init__(self, table: Pairs, cases: int) -> None:
        self._order = np.argsort(table.case, kind="stable")
        self._begin = np.searchsorted(table.case[self._order], np.arange(cases + 1))

    def of(self, case: int) -> Ints:
        """The rows of one case."""
        return self._order[self._begin[case] : self._begin[case + 1]]


def _first(pair: tuple[float, Team | None]) -> float:
    return pair[0]
