"""What a place will be worth in the weeks to come, by the prices of a year like the recent past.

The past few months are dealt out again as the weeks ahead, beside the cases that wait now, against all places that are
free or become free in those weeks. The prices of that linear program are what one more place would then earn: what a
case must be worth today to be given the place. Dual prices as bids for capacity over time: Talluri and van Ryzin 1998;
in placing refugees: Ahani, Gölz, Procaccia, Teytelboym and Trapp 2024.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.model.plans.columns import Ints
from matching.pairs import no_ints
from matching.problem import Prices, Problem
from matching.simulating.ledger import Ledger
from matching.simulating.market import Market, part_of
from matching.solving.duals import prices_from
from matching.solving.effort import Effort
from matching.solving.formulation import formulate
from matching.solving.pricing import Pricing


def free_of_charge(problem: Problem) -> Prices:
    """Prices at which nothing is kept back."""
    nobody = np.zeros(problem.people.n)
    return Prices(np.zeros(problem.cases.n), nobody, nobody, nobody)


def prices_of(problem: Problem, seed: int, time_limit: float) -> Prices:
    """What one more of each would be worth at most, by the linear relaxation: no whole answer is looked for.

    After ``time_limit`` seconds they are those of the best bound so far.
    """
    program = formulate(problem)
    pricing = Pricing(program, no_ints(), seed=seed)
    return prices_from(program, pricing.relax(program, Effort.of(time_limit)).prices)


def shaded(problem: Problem, prices: Prices, factor: float) -> Problem:
    """The same problem where every pair scores less by a factor of the price of what it takes of its person."""
    places, mentoring, hours = (np.maximum(one, 0.0) for one in (prices.places, prices.mentoring, prices.hours))
    charged = Prices(prices.case, factor * places, factor * mentoring, factor * hours).charged(problem)
    tables = zip(problem.tables, charged, strict=True)
    return problem.with_tables(replace(table, score=table.score - price) for table, price in tables)


@dataclass(frozen=True, slots=True)
class Forecaster:
    """Estimates prices from the arrivals of the last ``span`` weeks; the same seed and week give the same draw."""

    market: Market
    span: int
    ahead: int
    seed: int
    time_limit: float

    def prices(self, week: int, waiting: Ints, ledger: Ledger) -> Prices:
        """What everybody's places are worth in the ``ahead`` weeks to come, which nobody knows the end of."""
        cases = np.concatenate((waiting, self._to_come(week, self.ahead)))
        people = ledger.free_within(week, self.ahead)
        return prices_of(part_of(self.market.problem, cases, people).problem, self.seed, self.time_limit)

    def _to_come(self, week: int, ahead: int) -> Ints:
        """As many cases as the coming weeks will bring by the past ones: each recent case about equally often."""
        recent = self.market.recent(week, self.span)
        if not len(recent):
            return recent
        expected = round(len(recent) * ahead / self.market.seen(week, self.span))
        times, more = divmod(expected, len(recent))
        drawn = np.random.default_rng((self.seed, week)).permutation(recent)[:more]
        return np.sort(np.concatenate((np.tile(recent, times), drawn)))
