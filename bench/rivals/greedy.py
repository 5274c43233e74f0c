"""Two ways in which clinics match today, as well as each can be done, over the candidates of the joint optimum.

*Greedy*: the most urgent case first, with the best whole team that is still free. *Attorneys first*: the most urgent
case first, with the best attorney that is still free; afterwards interpreters and mentors for those pairs, in the same
order. Settled seats are not looked at.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench.settled import asks_two
from core.model.plans.columns import Bools, Ints
from core.model.vocabulary import SeatRole
from matching.problem import KINDS, AttorneyPairs, Chosen, Legs, MentorPairs, Pairs, Problem

Team = dict[SeatRole, list[int]]
"""The rows of a team by seat, in the order of ``KINDS``."""


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
        self._takes = {role: problem.cases.taken(role) for role in KINDS}
        self._two = asks_two(problem)
        self._rows = [ByCase(table, problem.cases.n) for table in problem.tables]

    def choose(self) -> Chosen:
        """The whole greedy answer."""
        best = np.zeros(self._problem.cases.n)
        np.maximum.at(best, self._problem.attorneys.case, self._problem.attorneys.score)
        chosen: Team = {role: [] for role in KINDS}
        for case in np.lexsort((np.arange(len(best)), -best)).tolist():
            team = self._best_team(case)
            if team is None:
                continue
            self._take(case, team)
            for role, rows in team.items():
                chosen[role].extend(rows)
        return tuple(np.array(sorted(rows), dtype=np.int64) for rows in chosen.values())

    def _best_team(self, case: int) -> Team | None:
        worth, team = max(((self._worth(one), one) for one in self._teams(case)), default=(0.0, None), key=_first)
        return team if worth > 0 else None

    def _teams(self, case: int) -> Iterator[Team]:
        """The best free team around each free attorney."""
        x, chains = self._problem.attorneys, Chains(self._problem, self._free(SeatRole.INTERPRETER, case))
        free = {role: self._free(role, case) for role in (SeatRole.MENTOR, SeatRole.CO_COUNSEL)}
        for row in sorted(self._free(SeatRole.ATTORNEY, case)):
            chain = [] if x.direct[row] else chains.to(int(x.person[row]))
            if chain is None:
                continue
            team: Team = {role: [] for role in KINDS} | {SeatRole.ATTORNEY: [row], SeatRole.INTERPRETER: chain}
            wanted = {SeatRole.MENTOR: bool(x.needs_mentor[row]), SeatRole.CO_COUNSEL: bool(self._two[case])}
            if all(self._joined(role, free[role], team) for role, one in wanted.items() if one):
                yield team

    def _joined(self, role: SeatRole, free: list[int], team: Team) -> bool:
        """Put the best who is free and not in the team yet into one more seat; whether there is somebody."""
        taken = {self._table(one).person[row] for one, rows in team.items() for row in rows}
        others = (row for row in free if self._table(role).person[row] not in taken)
        team[role] = [row for row in (next(others, None),) if row is not None]
        return bool(team[role])

    def _free(self, role: SeatRole, case: int) -> list[int]:
        """The pairs of a case for a seat whose people are free, best first."""
        table, rows = self._table(role), self._rows[KINDS.index(role)].of(case)
        people, needed = table.person[rows], self._takes[role][case]
        left = self._mentoring if role is SeatRole.MENTOR else self._places
        rows = rows[(left[people] > 0) & (self._hours[people] >= needed)]
        ordered: list[int] = rows[np.lexsort((rows, -table.score[rows]))].tolist()
        return ordered

    def _table(self, role: SeatRole) -> Pairs:
        return self._problem.tables[KINDS.index(role)]

    def _worth(self, team: Team) -> float:
        tables = zip(KINDS, self._problem.tables, strict=True)
        return float(sum(table.score[team[role]].sum() for role, table in tables))

    def _take(self, case: int, team: Team) -> None:
        for role, table in zip(KINDS, self._problem.tables, strict=True):
            people = table.person[team[role]]
            if role is SeatRole.MENTOR:
                self._mentoring[people] -= 1
                continue
            self._places[people] -= 1
            self._hours[people] -= self._takes[role][case]


class Chains:
    """The best chains of a case's free legs, best first; attorneys who speak the same languages have the same."""

    def __init__(self, problem: Problem, legs: list[int]) -> None:
        self._problem, self._legs = problem, legs
        self._people = set(problem.legs.person[legs].tolist())
        self._known: dict[tuple[bytes, int | None], list[int] | None] = {}

    def to(self, attorney: int) -> list[int] | None:
        """The best one to a language that she speaks, and that she is not part of herself; None where there is none."""
        speaks = self._problem.people.speaks[attorney]
        key = speaks.tobytes(), attorney if attorney in self._people else None
        if key not in self._known:
            self._known[key] = self._best(attorney, speaks)
        return self._known[key]

    def _best(self, attorney: int, speaks: Bools) -> list[int] | None:
        y = self._problem.legs
        legs = [leg for leg in self._legs if y.person[leg] != attorney]
        best_to = {int(y.target[leg]): leg for leg in reversed(legs) if not y.relay[leg]}
        chains = [[leg] for hub, leg in best_to.items() if speaks[hub]]
        for onward in (leg for leg in legs if y.relay[leg] and speaks[y.target[leg]]):
            before = best_to.get(int(y.source[onward]))
            if before is not None and y.person[before] != y.person[onward]:
                chains.append([before, onward])
        return max(chains, key=lambda chain: float(y.score[chain].sum()), default=None)


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
