"""Cases that the rules leave a team for, while others have its people: which seat is short, and who took it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from core.model.plans.columns import Bools
from core.model.vocabulary import SeatRole
from matching.problem import KINDS, Problem, Solution
from matching.reasons.relaxing import is_possible
from matching.reasons.room import Room
from matching.reasons.seating import Seating

NAMED: Final = 3
"""How many of the cases that have the people are named."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The seats that are short, none where a whole team is free; and the cases that have their people.

    ``cases`` come most urgent first; ``above``: the first of them counts for more than the one that waits.
    """

    roles: tuple[SeatRole, ...]
    cases: tuple[int, ...]
    above: bool


class Contest:
    """Says of one case after the other what it lost to."""

    def __init__(self, seating: Seating, problem: Problem, solution: Solution, room: Room) -> None:
        self._seating, self._room, self._found = seating, room, seating.found
        x = problem.attorneys
        self._served = dict(zip(x.case[solution.attorneys].tolist(), x.score[solution.attorneys].tolist(), strict=True))
        self._best = np.zeros(problem.cases.n)
        np.maximum.at(self._best, x.case, x.score)
        self._takes = {role: problem.cases.taken(role) for role in KINDS}

    def lost(self, case: int) -> Lost | None:
        """What a case lost to; None where the rules leave no team for it."""
        every = self._seating.roles(case)
        allowed = {role: self._seating.allowed(role, case) for role in every}
        if not self._is_possible(case, allowed):
            return None
        free = {role: allowed[role] & self._has_room(role, case) for role in every}
        for roles in _fewest_first(every):
            wanted = {role: allowed[role] if role in roles else free[role] for role in every}
            if (fits := self._seating.fits(case, wanted)).any():
                return self._lost_to(case, roles, [self._busy(case, role, wanted, free, fits) for role in roles])
        raise AssertionError("unreachable: all seats were tried with everybody whom the rules allow")

    def _is_possible(self, case: int, allowed: dict[SeatRole, Bools]) -> bool:
        if self._seating.surely(case, allowed):
            return True
        return bool(self._seating.fits(case, allowed).any()) and is_possible(self._seating, case)

    def _has_room(self, role: SeatRole, case: int) -> Bools:
        hours = float(self._takes[role][case])
        kept = self._seating.holders(role, case)
        return self._room.has(role, hours) if kept is None else self._room.has(role, hours) | kept

    def _busy(
        self, case: int, role: SeatRole, wanted: dict[SeatRole, Bools], free: dict[SeatRole, Bools], fits: Bools
    ) -> list[int]:
        """Who would do for a seat if others had not taken her room."""
        if role is SeatRole.ATTORNEY:
            return [int(one) for one in np.flatnonzero(fits & ~free[role])]
        if role in (SeatRole.MENTOR, SeatRole.CO_COUNSEL):
            return [int(one) for one in np.flatnonzero(wanted[role] & ~free[role])]
        return self._busy_interpreters(case, wanted[role], free[role], fits)

    def _busy_interpreters(self, case: int, allowed: Bools, free: Bools, heard: Bools) -> list[int]:
        """Those whose leg alone would complete a chain; where two are missing, all with a first leg."""
        ways, view = self._seating.legs, self._found.views[case]
        spoken = np.asarray(self._seating.speaks[heard].any(axis=0))
        first = ways.first(view, allowed)
        onward = ways.onward(view, allowed, first)
        fed, feeding = np.zeros_like(spoken), np.zeros_like(spoken)
        fed[ways.target[first[free[ways.person[first]]]]] = True
        feeding[ways.source[onward[free[ways.person[onward]] & spoken[ways.target[onward]]]]] = True
        straight = first[(spoken | feeding)[ways.target[first]]]
        relayed = onward[fed[ways.source[onward]] & spoken[ways.target[onward]]]
        persons = ways.person[np.concatenate((straight, relayed))]
        missing = persons[~free[persons]]
        return [int(one) for one in np.unique(missing if len(missing) else ways.person[first])]

    def _lost_to(self, case: int, roles: tuple[SeatRole, ...], busy: list[list[int]]) -> Lost:
        cases = {
            other
            for role, people in zip(roles, busy, strict=True)
            for person in people
            for other in self._room.cases_of(role, person)
        }
        first = sorted(cases - {case}, key=self._most_urgent)[:NAMED]
        above = [other for other in first if self._served.get(other, np.inf) >= self._best[case]]
        return Lost(roles, tuple(above or first), bool(above))

    def _most_urgent(self, other: int) -> tuple[int, float, int]:
        return self._found.views[other].tier, -self._served.get(other, 0.0), other


def _fewest_first(every: tuple[SeatRole, ...]) -> Iterator[tuple[SeatRole, ...]]:
    """The sets of seats, smallest first."""
    return (roles for size in range(len(every) + 1) for roles in combinations(every, size))
