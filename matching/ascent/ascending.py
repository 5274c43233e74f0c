"""Good prices, a bound and a feasible choice for any size of problem, in a time that grows with its pairs only."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from matching.ascent.bettering import Bettering
from matching.ascent.choosing import Choosing
from matching.ascent.climbing import Climb
from matching.ascent.market import Market
from matching.ascent.supply import Supply
from matching.pairs import Chosen
from matching.problem import Prices, Problem, relative_gap

STEPS = 100
"""What a climb is told in hundredths of."""
Report = Callable[[str, int, int, float | None], None]


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


def ascend(
    problem: Problem,
    *,
    deadline: float,
    seed: int = 0,
    report: Report = lambda stage, done, of, gap: None,
    stop: Callable[[], bool] = lambda: False,
) -> Ascended:
    """Climb to good prices until ``deadline`` (monotonic seconds) or ``stop``, and choose teams by them.

    At 2,000 cases the bound ends within some hundred-thousandths of the relaxation's, except where hours are limited:
    there are no prices for long cases (``solving.carrying``) here. Prices are by person, none below zero; for the rows
    of a ``Program``: ``prices.places[person]`` belongs to the row ``rows["places"][person]`` where that is not -1, and
    ``mentoring``, ``hours`` and ``case`` alike; chains, mentors and people held once have no prices of their own.
    """
    return Ascent(problem, seed, report, stop).ascended(deadline)


class Ascent:
    """One way up: a market, what there is in it, and the best choice so far."""

    def __init__(self, problem: Problem, seed: int, report: Report, stop: Callable[[], bool]) -> None:
        self._problem, self._seed, self._report, self._stop = problem, seed, report, stop
        self._market, self._supply = Market(problem), Supply(problem)

    def ascended(self, deadline: float) -> Ascended:
        """Prices, bound and the choice that follows them."""
        self._climbed = Climb(self._market, self._supply).climb(
            over=lambda: self._stop() or monotonic() >= deadline,
            watch=lambda share, bound: self._report("Finding prices", round(STEPS * share), STEPS, None),
        )
        return self._with(Choosing(self._market, self._supply, self._seed).choose(self._climbed.tariff))

    def bettered(self, found: Ascended, deadline: float) -> Ascended:
        """The same with a better choice: whatever exchanges gain until ``deadline``."""
        bettering = Bettering(self._market, self._supply, self._climbed.tariff, self._climbed.case, self._seed)
        return self._with(bettering.better(found.chosen, deadline, self._stop, self._tell))

    def _tell(self, tried: int, of: int, value: float) -> None:
        self._report("Exchanging people between teams", tried, of, relative_gap(value, self._climbed.bound))

    def _with(self, chosen: Chosen) -> Ascended:
        climbed = self._climbed
        prices, objective = climbed.tariff.prices(climbed.case), self._problem.objective(chosen)
        usable = any(len(block.teams) for block in self._market.blocks)
        return Ascended(prices, climbed.bound, chosen, objective, usable)
