"""From an earlier solution to that of a problem that is nearly the same: what did not change is not moved.

The prices of the earlier solution say where its choice loses now and did not lose before; there, and nowhere else, the
cases around exchange their people.
"""

from typing import Final

import numpy as np

from core.model.plans.columns import Floats
from matching.ascent.bettering import Pace
from matching.ascent.climbing import Climbed
from matching.ascent.losses import Losses
from matching.ascent.market import Market
from matching.ascent.parts import Part
from matching.ascent.supply import Supply
from matching.ascent.tariff import Tariff
from matching.ascent.teams import bound
from matching.last import Last, carried
from matching.pairs import KINDS, Chosen
from matching.problem import Prices, Problem
from matching.solving.effort import Effort
from matching.solving.formulation import formulate
from matching.solving.highs import choose

AROUND: Final = Pace(((60, 1e-2), (300, 2e-4)), longest=5.0)
"""How a choice is bettered around a change: in a fraction of the time of a whole search."""


def at_prices(market: Market, supply: Supply, prices: Prices) -> Climbed:
    """What a climb would have found that ended at these prices."""
    tariff = Tariff.of(market.problem, prices)
    return Climbed(tariff, *bound(market, tariff, supply))


def what_still_holds(last: Last, problem: Problem, effort: Effort) -> Chosen:
    """The best choice among the pairs of an earlier one: whole teams that everybody can carry."""
    part = Part.of(problem, last.rows(problem))
    program = formulate(part.problem)
    chosen = np.empty(0, dtype=np.int64)
    if program.columns:
        every = np.arange(program.columns)
        found = choose(program, every, effort, start=chosen, improved=lambda value, bound: None).chosen
        chosen = chosen if found is None or not program.feasible(found) else program.without_idle(found)
    return part.rows_of(tuple(program.pairs_of(chosen, kind) for kind in range(len(KINDS))))


def lost_before(last: Last, problem: Problem) -> Floats:
    """What the earlier choice lost against its own prices: float[n + m], by person and by case of ``problem``."""
    before, solution = last.problem, last.solution
    supply = Supply(before)
    climbed = at_prices(Market(before), supply, solution.prices)
    losses = Losses.of(before, supply, climbed.tariff, climbed.case, solution.chosen)
    person = carried(losses.person, last.people, problem.people.n)
    return np.concatenate((person, carried(losses.case, last.cases, problem.cases.n)))
