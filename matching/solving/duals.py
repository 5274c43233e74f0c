"""The prices of a program's rows as prices of what the problem speaks of."""

import numpy as np

from core.model.columns import Floats
from matching.problem import Prices
from matching.solving.program import Program


def prices_from(program: Program, prices: Floats) -> Prices:
    """What one more of each thing that a row limits would be worth; 0 where no row limits it.

    The price of a row that must be reached is below zero; that of a floor is told as what it costs.
    """
    padded = np.append(prices, 0.0)
    families = {family: padded[rows] for family, rows in program.rows.items()}
    return Prices(**families | {"floors": np.maximum(0.0, -families["floors"])})
