"""Two ways that clinics match today, as well as each can be done, over the same candidates as the joint optimum.

*Greedy*: the most urgent case first, with the best whole team that is still free. *Attorneys first*: the best
assignment of attorneys, blind to interpreters; then the best use of interpreters (and mentors) for those teams.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from core.model.columns import Ints
from matching.problem import AttorneyPairs, Legs, MentorPairs, Problem
from matching.solver import solve


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen rows of a problem's three tables."""

    attorneys: Ints
    legs: Ints
    mentors: Ints


class Greedy:
    """Serves cases one by one, each with the team of the greatest net score that is free."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._places, self._mentoring = problem.people.places.copy(), problem.people.mentoring.copy()
        self._hours = problem.people.hours.copy()
        self._rows = [_by_case(table.case) for table in problem.tables]

    def choose(self) -> Choice:
        """The whole greedy answer."""
        best: dict[int, float] = {}
        for case, score in zip(self._problem.attorneys.case.tolist(), self._problem.attorneys.score, strict=True):
            best[case] = max(best.get(case, 0.0), float(score))
        chosen: tuple[list[int], list[int], list[int]] = ([], [], [])
        for case in sorted(best, key=lambda one: (-best[one], one)):
            for place, rows in enumerate(self._serve(case)):
                chosen[place].extend(rows)
        return Choice(*(np.array(sorted(rows), dtype=np.int64) for rows in chosen))

    def _serve(self, case: int) -> tuple[list[int], list[int], list[int]]:
        found = max(self._teams(case), key=lambda team: team[0], default=None)
        if found is None or found[0] <= 0:
            return [], [], []
        _, row, legs, mentors = found
        self._take(case, row, legs, mentors)
        return [row], legs, mentors

    def _teams(self, case: int) -> list[tuple[float, int, list[int], list[int]]]:
        """The best free team around each free attorney."""
        x, teams = self._problem.attorneys, []
        legs, mentors = self._free_legs(case), self._free_mentors(case)
        for row in self._rows[0][case]:
            person = x.person[row]
            if self._places[person] < 1 or self._hours[person] < self._problem.cases.hours[case]:
                continue
            chain = [] if x.direct[row] else self._chain(person, legs)
            mentor = [one for one in mentors if self._problem.mentors.person[one] != person][:1]
            if chain is None or (x.needs_mentor[row] and not mentor):
                continue
            mentor = mentor if x.needs_mentor[row] else []
            teams.append((self._worth(row, chain, mentor), row, chain, mentor))
        return teams

    def _chain(self, attorney: int, legs: list[int]) -> list[int] | None:
        y, speaks = self._problem.legs, self._problem.people.speaks[attorney]
        chains = []
        first = [leg for leg in legs if not y.relay[leg] and y.person[leg] != attorney]
        best_to = {int(y.target[leg]): leg for leg in reversed(first)}
        chains += [[leg] for hub, leg in best_to.items() if speaks[hub]]
        for onward in legs:
            before = best_to.get(int(y.source[onward]))
            if before is None or not y.relay[onward] or not speaks[y.target[onward]]:
                continue
            if len({attorney, y.person[before], y.person[onward]}) == 3:
                chains.append([before, onward])
        return max(chains, key=lambda chain: float(y.score[chain].sum()), default=None)

    def _free_legs(self, case: int) -> list[int]:
        y, needed = self._problem.legs, self._problem.cases.interpreter_hours[case]
        rows = [
            row
            for row in self._rows[1][case]
            if self._places[y.person[row]] > 0 and self._hours[y.person[row]] >= needed
        ]
        return sorted(rows, key=lambda row: (-y.score[row], row))

    def _free_mentors(self, case: int) -> list[int]:
        z = self._problem.mentors
        rows = [row for row in self._rows[2][case] if self._mentoring[z.person[row]] > 0]
        return sorted(rows, key=lambda row: (-z.score[row], row))

    def _worth(self, row: int, legs: list[int], mentors: list[int]) -> float:
        x, y, z = self._problem.tables
        return float(x.score[row] + y.score[legs].sum() + z.score[mentors].sum())

    def _take(self, case: int, row: int, legs: list[int], mentors: list[int]) -> None:
        problem = self._problem
        attorney = problem.attorneys.person[row]
        self._places[attorney] -= 1
        self._hours[attorney] -= problem.cases.hours[case]
        for leg in legs:
            self._places[problem.legs.person[leg]] -= 1
            self._hours[problem.legs.person[leg]] -= problem.cases.interpreter_hours[case]
        for mentor in mentors:
            self._mentoring[problem.mentors.person[mentor]] -= 1


def attorneys_first(problem: Problem, *, seed: int, time_limit: float) -> Choice:
    """The best attorneys as if nobody needed an interpreter, then the best chains and mentors for those pairs."""
    blind = replace(problem, attorneys=_needing_nobody(problem.attorneys), legs=Legs(), mentors=MentorPairs())
    lawyers = solve(blind, seed=seed, time_limit=time_limit).attorneys
    kept = AttorneyPairs(*(getattr(problem.attorneys, name)[lawyers] for name in AttorneyPairs.__slots__))
    teams = solve(replace(problem, attorneys=kept), seed=seed, time_limit=time_limit)
    return Choice(lawyers[teams.attorneys], teams.legs, teams.mentors)


def _needing_nobody(pairs: AttorneyPairs) -> AttorneyPairs:
    everybody = np.ones(len(pairs.case), dtype=np.bool_)
    return replace(pairs, direct=everybody, needs_mentor=~everybody)


def _by_case(cases: Ints) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = defaultdict(list)
    for row, case in enumerate(cases.tolist()):
        rows[case].append(row)
    return rows
