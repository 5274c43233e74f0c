"""Column generation: the linear relaxation of a whole program through the few columns that matter.

Start from the best columns of each case, solve, price all columns at once, add the most violated of each case,
and repeat until none earns more than it uses: then the relaxation of the whole program is solved, and its prices
prove a bound on every solution (Dantzig and Wolfe; Gilmore and Gomory).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.pairs import KINDS, no_ints
from matching.solving.effort import Effort
from matching.solving.linear import LinearProgram, Mark, Relaxation
from matching.solving.program import Program

FIRST: Final = 12
"""Best columns of each case, person and kind in the first round; later rounds add half as many."""
TOLERANCE: Final = 1e-6
TIGHT: Final = 1e-7
"""Relative distance of relaxation and bound at which no more columns are looked for."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The relaxation, the prices of the best bound and that bound; ``complete`` when no column was left to add."""

    relaxation: Relaxation | None
    prices: Floats
    bound: float
    complete: bool

    def over(self, rows: int) -> "Priced":
        """The same where the program has got more rows at its end, which are free."""
        return replace(self, prices=np.append(self.prices, np.zeros(rows - len(self.prices))))


def best_of_all(program: Program, columns: Ints, worth: Floats, most: int) -> Ints:
    """The up to ``most`` worthiest of some columns for each case and for each person, by kind of seat.

    Choosing for the persons too lets those take part who are nobody's first choice: most of the interpreters.
    """
    kind, of_best = program.kind[columns], worth - _best_of_case(program, columns, worth)
    for_cases = _worthiest(program.case[columns] * len(KINDS) + kind, columns, worth, most)
    return np.union1d(for_cases, _worthiest(program.person[columns] * len(KINDS) + kind, columns, of_best, most))


def _best_of_case(program: Program, columns: Ints, worth: Floats) -> Floats:
    """For each column, the best worth of its kind in its case."""
    group = program.case[columns] * len(KINDS) + program.kind[columns]
    best = np.full(group.max(initial=0) + 1, -np.inf)
    np.maximum.at(best, group, worth)
    of_case: Floats = best[group]
    return of_case


def _worthiest(group: Ints, columns: Ints, worth: Floats, most: int) -> Ints:
    """The up to ``most`` worthiest columns of each group."""
    order = np.lexsort((columns, -worth, group))
    ordered = group[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    return columns[order[rank < most]]


class Pricing:
    """The relaxation of a program, and of the same program within other limits: columns once let in stay in.

    ``known`` are columns to begin with, beside the ``first`` best of each case, person and kind. ``seen`` hears of
    every relaxation on the way.
    """

    def __init__(
        self,
        program: Program,
        known: Ints,
        *,
        seed: int,
        first: int = FIRST,
        seen: Callable[[Relaxation], None] = lambda relaxation: None,
    ) -> None:
        self._linear, self._seen = LinearProgram(program, seed), seen
        self._inside = np.zeros(program.columns, dtype=np.bool_)
        self._next = np.union1d(known, best_of_all(program, np.arange(program.columns), program.score, first))

    def relax(self, program: Program, effort: Effort, *, floor: float = -np.inf) -> Priced:
        """Solve the relaxation, or stop where the effort is over or its bound below ``floor``."""
        self._linear.follow(program)
        free = np.zeros(len(program.upper))
        best = Priced(None, free, program.bound(free), complete=not program.columns)
        while not (best.complete or best.bound < floor or effort.stop()):
            self._let_in(program, effort)
            relaxation = self._solved(effort)
            if relaxation is None:
                break
            reduced = program.reduced(relaxation.prices)
            missing = np.flatnonzero(~self._inside & (reduced > TOLERANCE))
            best = _better(program, best, relaxation, complete=not len(missing))
            self._next = no_ints() if best.complete else best_of_all(program, missing, reduced[missing], FIRST // 2)
        return best

    def solve(self, program: Program, effort: Effort) -> Relaxation | None:
        """The relaxation over the columns that are in alone; None where time is over."""
        self._linear.follow(program)
        return self._solved(effort)

    def tried(self, program: Program, mark: Mark, effort: Effort) -> float:
        """What the relaxation over the columns that are in comes to from a mark, within narrower limits."""
        self.back(mark)
        relaxation = self.solve(program, effort)
        return np.inf if relaxation is None else relaxation.objective

    def mark(self) -> Mark:
        """Where the last relaxation stands, to go ``back`` to."""
        return self._linear.mark()

    def back(self, mark: Mark) -> None:
        """Go on from an earlier relaxation within wider limits: see ``LinearProgram``."""
        self._linear.back(mark)

    def tableau(self, most: int) -> Iterator[tuple[Ints, Floats]]:
        """Rows of the tableau of the last relaxation: see ``LinearProgram``."""
        return self._linear.tableau(most)

    def _solved(self, effort: Effort) -> Relaxation | None:
        relaxation = self._linear.solve(effort.left)
        if relaxation is not None:
            self._seen(relaxation)
        return relaxation

    def _let_in(self, program: Program, effort: Effort) -> None:
        if len(self._next):
            self._linear.add(self._next)
            self._inside[self._next] = True
            effort.report("Pricing pairs", int(self._inside.sum()), program.columns, None)


def _better(program: Program, best: Priced, relaxation: Relaxation, *, complete: bool) -> Priced:
    bound = program.bound(relaxation.prices)
    complete = complete or bound - relaxation.objective <= TIGHT * max(1.0, abs(relaxation.objective))
    prices = relaxation.prices if complete or bound < best.bound else best.prices
    return Priced(relaxation, prices, min(bound, best.bound), complete)
