"""Which cases might exchange people: those that nearly tie for the same ones, from one that loses outwards."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.model.plans.columns import Bools, Ints
from matching.ascent.segments import joined_ranges
from matching.ascent.slacks import Slacks
from matching.pairs import Chosen
from matching.problem import Problem

LEAST: Final = 1e-3
"""Points that are next to nothing."""
MOST: Final = 4_000_000
"""Most pairs that are remembered as nearly tied."""


@dataclass(frozen=True, slots=True)
class Members:
    """Members by owner: those of ``owner`` are ``member[begin[owner]:begin[owner + 1]]``."""

    begin: Ints
    member: NDArray[Any]

    @classmethod
    def sorted(cls, owner: Ints, owners: int) -> "Members":
        """The rows of every owner, in a column of owners."""
        return cls.of(owner, np.arange(len(owner), dtype=np.int32), owners)

    @classmethod
    def of(cls, owner: NDArray[Any], member: NDArray[Any], owners: int) -> "Members":
        """Members with their owners, in any order."""
        if (owner[1:] >= owner[:-1]).all():
            return cls(np.searchsorted(owner, np.arange(owners + 1)), member)
        order = np.argsort(owner, kind="stable")
        return cls(np.searchsorted(owner[order], np.arange(owners + 1)), member[order])

    def size_of(self, owners: Ints) -> Ints:
        """How many members some owners have."""
        return self.begin[owners + 1] - self.begin[owners]

    def of_each(self, owners: Ints) -> Ints:
        """All members of some owners, one after another."""
        _, at = joined_ranges(self.begin[owners], self.begin[owners + 1])
        return self.member[at]


class Nearby:
    """The pairs that fall short by at most ``tight`` points, both ways; by less where those are too many."""

    def __init__(self, problem: Problem, slacks: Slacks, tight: float) -> None:
        while tight > LEAST and sum(int(np.count_nonzero(short <= tight)) for short in slacks) > MOST:
            tight /= 2.0
        rows = [np.flatnonzero(short <= tight) for short in slacks]
        pairs = list(zip(problem.tables, rows, strict=True))
        case = np.concatenate([table.case[mine].astype(np.int32) for table, mine in pairs])
        person = np.concatenate([table.person[mine].astype(np.int32) for table, mine in pairs])
        self._problem = problem
        self._people_of = Members.of(case, person, problem.cases.n)
        self._cases_of = Members.of(person, case, problem.people.n)

    def around(
        self, chosen: Chosen, people: Ints, cases: Ints, *, idle: Bools, most: int, random: np.random.Generator
    ) -> Bools:
        """Up to ``most`` cases around some people and cases: bool[m]. ``idle`` bool[people]: who has room.

        From people to the cases that they have and those that would do with them; from a case to the people whom it
        has, and those it would do with who are idle.
        """
        problem = self._problem
        has, serves = self._held(chosen)
        inside, seen = np.zeros(problem.cases.n, dtype=np.bool_), np.zeros(problem.people.n, dtype=np.bool_)
        inside[cases] = True
        reached = np.union1d(people, self._people_of.of_each(cases))
        while len(reached) and (room := most - int(inside.sum())) > 0:
            seen[reached] = True
            own, others = serves.of_each(reached), self._cases_of.of_each(reached)
            new = _first_of(random, [own, others[has.size_of(others) == 0], others], inside, max(1, room // 2))
            inside[new] = True
            would = self._people_of.of_each(new)
            reached = np.union1d(has.of_each(new), would[idle[would]])
            reached = reached[~seen[reached]]
        return inside

    def _held(self, chosen: Chosen) -> tuple[Members, Members]:
        """Whom each case has, and which cases each person has."""
        tables, problem = self._problem.tables, self._problem
        case = np.concatenate([table.case[rows] for table, rows in zip(tables, chosen, strict=True)])
        person = np.concatenate([table.person[rows] for table, rows in zip(tables, chosen, strict=True)])
        return Members.of(case, person, problem.cases.n), Members.of(person, case, problem.people.n)


def _first_of(random: np.random.Generator, groups: list[Ints], inside: Bools, most: int) -> Ints:
    """Up to ``most`` cases that are not inside: those of the first group before the next ones, at random within one."""
    picked = np.empty(0, dtype=np.int64)
    for group in groups:
        new = np.setdiff1d(group[~inside[group]], picked)
        picked = np.concatenate((picked, random.permutation(new)[: most - len(picked)]))
    return picked
