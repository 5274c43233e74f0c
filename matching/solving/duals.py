"""The prices of a program's rows as prices of what the problem speaks of."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from core.model.columns import Floats
from matching.problem import Prices
from matching.solving.program import Program


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
