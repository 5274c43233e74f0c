"""Good prices, a bound and a feasible choice for any size of problem, in a time that grows with its pairs only."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from matching.ascent.choosing import Choosing
from matching.ascent.climbing import Climb
from matching.ascent.market import Market
from matching.ascent.supply import Supply
from matching.pairs import Chosen
from matching.problem import Prices, Problem

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
    market, supply = Market(problem), Supply(problem)
    climbed = Climb(market, supply).climb(
        over=lambda: stop() or monotonic() >= deadline,
        watch=lambda share, bound: report("Finding prices", round(STEPS * share), STEPS, None),
    )
    chosen = Choosing(market, supply, seed).choose(climbed.tariff)
    prices = climbed.tariff.prices(climbed.case)
    usable = any(len(block.teams) for block in market.blocks)
    return Ascended(prices, climbed.bound, chosen, problem.objective(chosen), usable)
