"""The prices of a program's rows as prices of what the problem speaks of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from core.model.plans.columns import Floats
from matching.problem import Prices
from matching.solving.effort import Effort
from matching.solving.pricing import Pricing
from matching.solving.program import Program
from matching.solving.tiers import Ordered

LESS: Final = 0.05
"""Part of a case by which floors are lowered to see what a case less gives back."""


def prices_from(program: Program, prices: Floats, tiers: Mapping[int, int] = MappingProxyType({})) -> Prices:
    """What one more of each thing that a row limits would be worth; 0 where no row limits it.

    The price of a row that must be reached is below zero; it is told as what that costs. ``tiers`` leads from tiers
    that are held to their rows.
    """
    padded = np.append(prices, 0.0)
    families = {family: padded[rows] for family, rows in program.rows.items()}
    held = np.array([tiers.get(tier, -1) for tier in range(1, 1 + max(tiers, default=0))], dtype=np.int64)
    reached = {"floors": families["floors"], "tiers": padded[held]}
    return Prices(**families | {name: np.maximum(0.0, -one) for name, one in reached.items()})


def at_rows(program: Program, prices: Prices) -> Floats:
    """Prices of what the problem speaks of at the rows that limit it; 0 for all other rows."""
    rows = np.zeros(len(program.upper))
    for family, limited in program.rows.items():
        price = -prices.floors if family == "floors" else getattr(prices, family)
        rows[limited[limited >= 0]] = price[limited >= 0]
    return rows


def given_back(ordered: Ordered, effort: Effort) -> Floats:
    """What one case less in each floor would give back at most: float[floors].

    Where a floor is just reached, its price lies anywhere between that and what one case more would cost. Lowered by a
    part of a case, all floors at once, it is the former.
    """
    program, relaxation = ordered.proof.program, ordered.proof.priced.relaxation
    family = program.rows["floors"]
    rows = family[family >= 0]
    prices = ordered.proof.priced.prices
    if relaxation is not None and (prices[rows] < 0).any():
        lowered = program.within({row: (program.lower[row] - LESS, np.inf) for row in rows.tolist()})
        pricing = Pricing(lowered, relaxation.columns, seed=effort.seed)
        prices = pricing.relax(lowered, effort.quietly()).prices
    back: Floats = np.maximum(0.0, -np.append(prices, 0.0)[family])
    return back
