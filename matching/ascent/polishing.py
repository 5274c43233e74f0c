"""From nearly the best prices to the best: the linear program over the pairs that matter, in a box around the prices.

A linear program over few pairs alone gives prices at random where its pairs say nothing, and the pairs that would say
it come in by the thousands. Here nobody's price may move further than the width of the box: whoever wants a place more
may have it at the price plus the width, and whoever has one to spare is paid the price less the width (the boxstep
method; Marsten, Hogan and Blankenship 1975). Then only pairs that fall short by next to nothing can matter. When the
bound of the prices that come out is better, the box moves there; when no box is needed any more, it grows narrower.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.ascent.climbing import Climbed
from matching.ascent.market import Market
from matching.ascent.parts import Part
from matching.ascent.slacks import slacks
from matching.ascent.supply import Supply
from matching.ascent.tariff import Tariff
from matching.ascent.teams import bound
from matching.pairs import KINDS, Chosen
from matching.problem import OPTIMAL_GAP, Prices, Problem, relative_gap
from matching.solving.branching import is_whole
from matching.solving.duals import prices_from
from matching.solving.effort import Effort
from matching.solving.formulation import formulate
from matching.solving.linear import LinearProgram, Relaxation
from matching.solving.program import Program

WIDTH: Final = 4e-4
"""Width of the first box, in parts of the greatest score."""
NARROWER: Final = 0.4
"""What is left of the width when no price has met the box."""
NEAR: Final = 3e-5
"""Pairs that fall short by at most this part of the greatest score take part from the beginning."""
NOTHING: Final = 1e-6
"""Falling short of the best team by this part of the greatest score is next to nothing."""
ROUNDS: Final = 40
"""Most boxes. About ten are needed at 2,000 cases."""


@dataclass(frozen=True, slots=True)
class Polished:
    """The best prices found, those of cases among them, and the bound that they prove.

    ``near`` are the rows of pairs that may matter, ``chosen`` those of a feasible choice; ``relaxed`` says whether the
    linear program over all pairs is solved: then no prices prove a better bound.
    """

    prices: Prices
    bound: float
    near: Chosen
    chosen: Chosen
    relaxed: bool


class Polish:
    """The pairs that matter, the best prices so far, and the box around them."""

    def __init__(self, market: Market, supply: Supply, climbed: Climbed, chosen: Chosen, seed: int) -> None:
        self._market, self._supply, self._seed = market, supply, seed
        self._problem: Problem = market.problem
        self._tariff, self._case, self._bound = climbed.tariff, climbed.case, climbed.bound
        self._chosen, self._objective = chosen, self._problem.objective(chosen)
        self._largest = self._problem.greatest_score
        self._width = WIDTH * self._largest
        self._inside = [short <= NEAR * self._largest for short in slacks(market, self._tariff)]
        for inside, rows in zip(self._inside, chosen, strict=True):
            inside[rows] = True

    def polish(self, effort: Effort) -> Polished:
        """Move the box until its prices are the best, the choice is proved, or the effort is over."""
        relaxed = False
        for _ in range(ROUNDS):
            gap = relative_gap(self._objective, self._bound)
            if gap <= OPTIMAL_GAP or relaxed or effort.over:
                break
            effort.report("Making the prices exact", sum(int(one.sum()) for one in self._inside), self._pairs(), gap)
            relaxed = self._round(effort)
        return Polished(self._tariff.prices(self._case), self._bound, self._rows(), self._chosen, relaxed)

    def _rows(self) -> Chosen:
        return tuple(np.flatnonzero(one) for one in self._inside)

    def _pairs(self) -> int:
        return sum(len(one) for one in self._inside)

    def _round(self, effort: Effort) -> bool:
        """One box; whether the linear program over all pairs is solved by it."""
        part = Part.of(self._problem, self._rows())
        program = formulate(part.problem)
        if not program.columns or (program.rows["hours"] >= 0).any():
            return True
        linear = LinearProgram(program, self._seed)
        linear.add(np.arange(program.columns))
        for family, mine in (("places", self._tariff.places), ("mentoring", self._tariff.mentoring)):
            rows = program.rows[family]
            linear.hold(rows[rows >= 0], mine[:-1][rows >= 0], self._width)
        relaxation = linear.solve(effort.left)
        if relaxation is None:
            return False
        self._offer(part, program, relaxation)
        tariff = self._held(program, relaxation)
        self._move(tariff)
        self._let_in(tariff)
        if not relaxation.padded:
            self._width *= NARROWER
        return not relaxation.padded and relative_gap(relaxation.objective, self._bound) <= OPTIMAL_GAP / 2

    def _offer(self, part: Part, program: Program, relaxation: Relaxation) -> None:
        """Keep what the linear program chooses, where it needs no box and is whole."""
        if relaxation.padded or not is_whole(relaxation.values):
            return
        columns = np.sort(relaxation.columns[relaxation.values > 0.5])
        if program.feasible(columns):
            chosen = part.rows_of(tuple(program.pairs_of(columns, kind) for kind in range(len(KINDS))))
            if (value := self._problem.objective(chosen)) > self._objective:
                self._chosen, self._objective = chosen, value

    def _held(self, program: Program, relaxation: Relaxation) -> Tariff:
        """The prices of the linear program; whoever is no row in it has a price as low as the box allows."""
        tariff = Tariff.of(self._problem, prices_from(program, relaxation.prices))
        for family, mine, before in (
            ("places", tariff.places, self._tariff.places),
            ("mentoring", tariff.mentoring, self._tariff.mentoring),
        ):
            free = np.append(program.rows[family] < 0, False)
            mine[free] = np.maximum(0.0, before[free] - self._width)
        return tariff

    def _move(self, tariff: Tariff) -> None:
        """Move to the better of these prices and those half way to them, if any is better than the best."""
        half = tariff.with_amounts(0.5 * (tariff.amounts + self._tariff.amounts))
        for one in (tariff, half):
            least, worth = bound(self._market, one, self._supply)
            if least < self._bound:
                self._tariff, self._case, self._bound = one, worth, least

    def _let_in(self, tariff: Tariff) -> None:
        """Let the pairs take part that fall short by nothing, at the linear program's prices or at the best."""
        for prices in (tariff,) if tariff is self._tariff else (tariff, self._tariff):
            for inside, short in zip(self._inside, slacks(self._market, prices), strict=True):
                inside |= short <= NOTHING * self._largest
