"""Good prices, a bound and a feasible choice for any size of problem, in a time that grows with its pairs only."""

from dataclasses import dataclass
from typing import Final

from core.model.plans.columns import Floats
from matching.ascent.bettering import THOROUGH, Bettering, Pace
from matching.ascent.choosing import Choosing
from matching.ascent.climbing import Climb
from matching.ascent.market import Market
from matching.ascent.polishing import Polish, Polished
from matching.ascent.resuming import AROUND, at_prices, lost_before, what_still_holds
from matching.ascent.supply import Supply
from matching.last import Last
from matching.pairs import Chosen
from matching.problem import Prices, Problem, relative_gap
from matching.solving.effort import Effort

STEPS: Final = 100
"""What a climb is told in hundredths of."""
CLIMBING: Final = 0.6
"""Share of the time within which prices must be found."""


@dataclass(frozen=True, slots=True)
class Ascended:
    """Prices with the bound that they prove on every choice, and a feasible choice: rows of the problem's tables.

    ``usable`` says whether there is any team to choose at all.
    """

    prices: Prices
    bound: float
    chosen: Chosen
    objective: float
    usable: bool


def ascend(problem: Problem, effort: Effort) -> Ascended:
    """Climb to good prices as long as there is time, and choose teams by them.

    At 2,000 cases the bound ends within some hundred-thousandths of the relaxation's, except where hours are limited:
    there are no prices for long cases (``solving.carrying``) here. Prices are by person, none below zero
    (``solving.duals.at_rows`` leads to the rows of a ``Program``); chains, mentors and people held once have no prices
    of their own.
    """
    return Ascent(problem, effort.seed).ascended(effort)


class Ascent:
    """One way up: a market, what there is in it, and the prices found."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem, self._seed = problem, seed
        self._market, self._supply = Market(problem), Supply(problem)

    def ascended(self, effort: Effort) -> Ascended:
        """Prices, bound and the choice that follows them, which is put together even when the time is up."""
        within = effort.within(CLIMBING)
        self._climbed = Climb(self._market, self._supply).climb(
            over=lambda: within.over,
            watch=lambda share, bound: effort.report("Finding prices", round(STEPS * share), STEPS, None),
        )
        choosing = Choosing(self._market, self._supply, self._seed)
        return self._with(choosing.choose(self._climbed.tariff, effort.stop))

    def resumed(self, last: Last, effort: Effort) -> Ascended:
        """The prices of an earlier solution, and what holds of it, bettered around all that is lost only now.

        Where that is no better in the order of tiers, what holds stays.
        """
        self._climbed = at_prices(self._market, self._supply, last.prices(self._problem))
        found = self._with(what_still_holds(last, self._problem, effort))
        after = self.bettered(found, effort, AROUND, lost_before(last, self._problem))
        before, now = (self._problem.served_by_tier(one.chosen) for one in (found, after))
        return after if now >= before else found

    def bettered(
        self, found: Ascended, effort: Effort, pace: Pace = THOROUGH, anyway: Floats | None = None
    ) -> Ascended:
        """The same with a better choice: whatever exchanges gain while there is time.

        ``anyway`` float[n + m] is what need not be looked at: known losses by person and by case.
        """

        def tell(tried: int, of: int, value: float) -> None:
            gap = relative_gap(value, self._climbed.bound)
            effort.report("Exchanging people between teams", tried, of, gap)

        bettering = Bettering(self._market, self._supply, self._climbed, self._seed, pace=pace, anyway=anyway)
        return self._with(bettering.better(found.chosen, effort, tell))

    def polished(self, found: Ascended, effort: Effort) -> Polished:
        """The same with prices made exact, as far as prices of persons can be."""
        return Polish(self._market, self._supply, self._climbed, found.chosen, self._seed).polish(effort)

    def _with(self, chosen: Chosen) -> Ascended:
        climbed = self._climbed
        prices, objective = climbed.tariff.prices(climbed.case), self._problem.objective(chosen)
        usable = any(len(block.teams) for block in self._market.blocks)
        return Ascended(prices, climbed.bound, chosen, objective, usable)
