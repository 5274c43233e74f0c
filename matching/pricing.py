"""Column generation: the linear relaxation of a whole program through the few columns that matter.

Start from the best columns of each case, solve, price all columns at once, add the most violated of each case,
and repeat until none earns more than it uses: then the relaxation of the whole program is solved, and its prices
prove a bound on every solution (Dantzig and Wolfe; Gilmore and Gomory).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.columns import Floats, Ints
from matching.highs import LinearProgram, Relaxation
from matching.program import Program

FIRST: Final = 12
"""Best columns of each case and kind in the first round; later rounds add half as many."""
TOLERANCE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Priced:
    """The relaxation, the prices of the best bound and that bound; ``complete`` when no column was left to add."""

    relaxation: Relaxation | None
    prices: Floats
    bound: float
    complete: bool


def best_per_case(program: Program, columns: Ints, worth: Floats, most: int) -> Ints:
    """The up to ``most`` worthiest of some columns for each case and kind."""
    group = program.case[columns] * 3 + program.kind[columns]
    order = np.lexsort((columns, -worth, group))
    ordered = group[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(order) else np.empty(0, np.bool_)
    begin = np.flatnonzero(first)
    rank = np.arange(len(order)) - np.repeat(begin, np.diff(np.append(begin, len(order))))
    return np.sort(columns[order[rank < most]])


def price(
    program: Program,
    known: Ints,
    *,
    seed: int,
    deadline: float,
    stop: Callable[[], bool],
    report: Callable[[int, int], None],
) -> Priced:
    """Solve the relaxation of the whole program until ``deadline`` (monotonic seconds) or ``stop``.

    ``known`` are columns to begin with; ``report`` hears how many columns are in, of how many.
    """
    linear = LinearProgram(program, seed)
    every = np.arange(program.columns)
    inside = np.zeros(program.columns, dtype=np.bool_)
    new = np.union1d(known, best_per_case(program, every, program.score, FIRST))
    best = Priced(None, np.zeros(len(program.upper)), program.bound(np.zeros(len(program.upper))), False)
    while len(new) and not stop():
        linear.add(new)
        inside[new] = True
        report(int(inside.sum()), program.columns)
        relaxation = linear.solve(deadline - time.monotonic())
        if relaxation is None:
            return best
        reduced = program.reduced(relaxation.prices)
        missing = np.flatnonzero(~inside & (reduced > TOLERANCE))
        new = best_per_case(program, missing, reduced[missing], FIRST // 2)
        best = _better(program, best, relaxation, complete=not len(new))
    return best


def _better(program: Program, best: Priced, relaxation: Relaxation, *, complete: bool) -> Priced:
    bound = program.bound(relaxation.prices)
    prices = relaxation.prices if complete or bound < best.bound else best.prices
    return Priced(relaxation, prices, min(bound, best.bound), complete)
