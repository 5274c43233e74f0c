"""Ways in which a weekly run chooses: each sees who waits and who is free, and some look at the weeks to come."""

from dataclasses import dataclass
from typing import Protocol

from core.model.plans.columns import Ints
from matching.problem import KINDS, Chosen, Prices
from matching.simulating.forecasting import Forecaster, free_of_charge, shaded
from matching.simulating.ledger import Ledger
from matching.simulating.market import Market, Part, part_of
from matching.solver import solve
from matching.solving.formulation import formulate
from matching.solving.greedy import Greedy as FirstComeBest


class Policy(Protocol):
    """Chooses the teams of one week after the other, from the first to the last; made anew for every replay."""

    def choose(self, week: int, waiting: Ints, ledger: Ledger) -> Chosen:
        """The rows of the whole problem that this week gives out; they fit into what the ledger has left."""
        ...


@dataclass(frozen=True, slots=True)
class Greedily:
    """The most urgent case first, with the best whole team that is still free."""

    market: Market

    def choose(self, week: int, waiting: Ints, ledger: Ledger) -> Chosen:
        """One case after the other."""
        part = part_of(self.market.problem, waiting, ledger.free(week))
        program = formulate(part.problem)
        columns = FirstComeBest(part.problem, program).choose()
        return part.chosen(program.pairs_of(columns, kind) for kind in range(len(KINDS)))


@dataclass(frozen=True, slots=True)
class Weekly:
    """The joint optimum of each week, as if there were no other: what the matcher does by itself."""

    market: Market
    seed: int
    time_limit: float

    def choose(self, week: int, waiting: Ints, ledger: Ledger) -> Chosen:
        """All of the week's cases at once."""
        return solved(part_of(self.market.problem, waiting, ledger.free(week)), None, self.seed, self.time_limit)


class Priced:
    """The joint optimum of each week among teams that are worth more than their people will be in the weeks to come.

    The prices, times ``factor``, are estimated anew every ``every`` weeks for the ``ahead`` weeks to come, from the
    last ``span`` weeks. Asking for much less than the whole price keeps nothing for anybody where the last place goes
    to cases that are all worth about the same: each of them is then worth more than the share asked for.
    """

    def __init__(
        self,
        market: Market,
        seed: int,
        time_limit: float,
        *,
        factor: float = 0.99,
        every: int = 4,
        span: int = 26,
        ahead: int = 13,
    ) -> None:
        self._market, self._seed, self._time_limit = market, seed, time_limit
        self._factor, self._every = factor, every
        self._forecaster = Forecaster(market, span, ahead, seed, time_limit)
        self._prices: Prices = free_of_charge(market.problem)

    def choose(self, week: int, waiting: Ints, ledger: Ledger) -> Chosen:
        """All of the week's cases at once, less what their people are kept for."""
        if week % self._every == 0:
            self._prices = self._forecaster.prices(week, waiting, ledger)
        part = part_of(self._market.problem, waiting, ledger.free(week))
        return solved(part, (self._prices, self._factor), self._seed, self._time_limit)


def solved(part: Part, keep: tuple[Prices, float] | None, seed: int, time_limit: float) -> Chosen:
    """The best teams of a part, in rows of the whole; what is kept for later are prices and the factor of them."""
    problem = shaded(part.problem, *keep) if keep else part.problem
    found = solve(problem, seed=seed, time_limit=time_limit)
    return part.chosen(found.chosen)
