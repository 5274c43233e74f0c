"""The relaxation made closer by cuts, where hours are limited: found among few pairs, and then asked of all.

Only few pairs matter for which cuts are needed: those that earn what they use, at the prices of the relaxation. Over
these alone, and without the rows that cannot bind among them, the relaxation is solved in a second, cut and solved
again. The cuts that it ends with hold for every column and come into the program as a whole; then other pairs matter
as well, and so on until nothing is gained any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.problem import OPTIMAL_GAP
from matching.solving.branching import is_whole
from matching.solving.effort import Effort
from matching.solving.highs import LinearProgram, Relaxation
from matching.solving.packing import Cut, Packing
from matching.solving.pricing import Priced, Pricing
from matching.solving.program import Program
from matching.solving.rounding import Recipe, Sums

NEAR: Final = 1e-3
"""Columns that earn this much less than they use, in parts of the largest score, are among the few."""
TRIED: Final = 1000
"""Rows of the tableau that are looked at in one round."""
MOST: Final = 60
"""Roundings that are kept of one round: those that are broken most for their length."""
ALIKE: Final = 0.7
"""Cosine above which two cuts say the same."""
LONGEST: Final = 50_000
"""Columns of a rounding: a longer one makes all later relaxations slow, and gains next to nothing."""
BROKEN: Final = 1e-4
ROUNDS: Final = 40
PATIENCE: Final = 3
"""Rounds in a row that may bring the relaxation down by less than a tenth of the gap that counts as proved."""


def cut_down(
    program: Program, packing: Packing, pricing: Pricing, priced: Priced, effort: Effort
) -> tuple[Program, Priced]:
    """The program with cuts that hold for every plan, and its relaxation."""
    while priced.complete and priced.relaxation is not None and not effort.over:
        cuts = _Face(program, packing, priced.relaxation, effort).cuts()
        if not cuts:
            break
        program = with_cuts(program, cuts)
        again = pricing.relax(program, effort)
        gained = priced.bound - again.bound
        priced = again if gained > 0 else replace(priced, prices=np.append(priced.prices, np.zeros(len(cuts))))
        if gained <= OPTIMAL_GAP * max(1.0, abs(priced.bound)):
            break
    return program, priced


def with_cuts(program: Program, cuts: list[Cut]) -> Program:
    """The program with these rows at its end."""
    most = np.array([cut.most for cut in cuts])
    personal = np.array([cut.personal for cut in cuts])
    return program.with_rows([(cut.columns, cut.values) for cut in cuts], most, personal=personal)


def _little(bound: float) -> float:
    return 0.1 * OPTIMAL_GAP * max(1.0, abs(bound))


class _Face:
    """The few columns, the rows that can bind among them, and the relaxation over both."""

    def __init__(self, program: Program, packing: Packing, relaxation: Relaxation, effort: Effort) -> None:
        least = -NEAR * float(np.abs(program.score).max(initial=1.0))
        near = program.reduced(relaxation.prices)[relaxation.columns] >= least
        self._columns = np.sort(relaxation.columns[near | (relaxation.values > 0.0)])
        self._whole, self._packing, self._effort = program, packing, effort
        self._program, rows = program.part(self._columns)
        self._sums = Sums.of(program)
        self._few = self._sums.among(rows, self._columns)
        self._rows = rows
        self._linear = LinearProgram(self._program, effort.seed)
        self._linear.add(np.arange(self._program.columns))
        self._cuts: list[Cut] = []

    def cuts(self) -> list[Cut]:
        """The cuts that the relaxation over the few columns ends with."""
        first, before, waited = len(self._program.upper), np.inf, 0
        binding: Bools = np.zeros(0, dtype=np.bool_)
        for _ in range(ROUNDS):
            relaxation = self._linear.solve(self._effort.left)
            if relaxation is None:
                break
            binding = relaxation.prices[first:] > 0.0
            waited = waited + 1 if before - relaxation.objective <= _little(before) else 0
            before = min(before, relaxation.objective)
            if waited >= PATIENCE or is_whole(relaxation.values) or not self._cut(relaxation):
                break
        return [cut for cut, binds in zip(self._cuts, binding.tolist(), strict=False) if binds]

    def _cut(self, relaxation: Relaxation) -> bool:
        """Add the cuts that the relaxation breaks; whether there are any."""
        cuts = [*self._packing.broken(replace(relaxation, columns=self._columns[relaxation.columns]))]
        cuts += self._rounded(relaxation)
        if cuts:
            place = np.full(self._whole.columns, -1)
            place[self._columns] = np.arange(len(self._columns))
            here = [_among(cut, place) for cut in cuts]
            self._cuts += cuts
            self._sums = self._sums.with_cuts(cuts)
            self._few = self._few.with_cuts(here, self._sums.unit[-len(cuts) :])
            self._rows = np.append(self._rows, np.arange(len(self._sums.most) - len(cuts), len(self._sums.most)))
            self._program = with_cuts(self._program, here)
            self._linear.follow(self._program)
        return bool(cuts)

    def _rounded(self, relaxation: Relaxation) -> Iterator[Cut]:
        """Roundings of rows of the tableau, over all columns; found over the few."""
        used, values = relaxation.columns[relaxation.values > 0.0], relaxation.values[relaxation.values > 0.0]
        there = self._few.among(np.arange(len(self._rows)), used)
        turned = np.flatnonzero(values > 1.0 - 1e-9)
        found: list[_Found] = []
        for rows, weights in self._linear.tableau(TRIED):
            recipe = Recipe(rows, weights * self._signs(rows), turned)
            cut = there.rounded(recipe)
            if cut is not None and (broken := float(cut.values @ values[cut.columns]) - cut.most) > BROKEN:
                found.append(_Found(broken / float(np.linalg.norm(cut.values)), recipe, cut))
        for one in _unlike(found, len(used)):
            recipe = Recipe(self._rows[one.recipe.rows], one.recipe.weights, self._columns[used[turned]])
            cut = self._sums.rounded(recipe)
            if cut is not None and len(cut.columns) <= LONGEST:
                yield cut

    def _signs(self, rows: Ints) -> Floats:
        return np.where(np.isposinf(self._program.upper[rows]), -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Found:
    """A cut over the few columns, how far the relaxation lies beyond it, and its recipe."""

    depth: float
    recipe: Recipe
    cut: Cut


def _unlike(found: list[_Found], columns: int) -> list[_Found]:
    """The deepest, without those that nearly say what a deeper one says."""
    kept: list[_Found] = []
    dense = np.zeros(columns)
    for one in sorted(found, key=lambda one: -one.depth):
        dense[one.cut.columns] = one.cut.values / np.linalg.norm(one.cut.values)
        same = (float(dense[two.cut.columns] @ two.cut.values) / np.linalg.norm(two.cut.values) for two in kept)
        if all(cosine <= ALIKE for cosine in same):
            kept.append(one)
        dense[one.cut.columns] = 0.0
        if len(kept) == MOST:
            break
    return kept


def _among(cut: Cut, place: Ints) -> Cut:
    inside = place[cut.columns] >= 0
    return replace(cut, columns=place[cut.columns[inside]], values=cut.values[inside])
