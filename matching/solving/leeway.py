"""Rows that may be overstepped at a cost: one kind of softness for floors, which may be missed, and for rising load.

A row ``sum <= upper`` with leeway of widths w and costs c stands for ``sum - sum of s <= upper`` with columns
0 <= s <= w that cost c each; a row ``sum >= lower`` is overstepped downwards. As each cost is at least the one before,
these columns are filled in order and are whole where the sum is: nothing needs to be known of them outside of the
optimiser. By weak duality a row of price p adds w max(0, |p| - c) to a bound for every step of its leeway.
"""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Floats, Ints


@dataclass(frozen=True, slots=True)
class Leeway:
    """Steps by which rows may be overstepped: ``row``, how far each goes, and what each unit of it costs.

    The steps of one row stand together, cheapest first.
    """

    row: Ints
    width: Floats
    cost: Floats

    @classmethod
    def of(cls, row: Ints, width: Floats, cost: Floats) -> "Leeway":
        """Steps in any order."""
        order = np.lexsort((cost, row))
        return cls(row[order], width[order], cost[order])

    @property
    def n(self) -> int:
        """How many steps there are."""
        return len(self.row)

    def room(self, rows: int) -> Floats:
        """How far each row may be overstepped in all."""
        room: Floats = np.bincount(self.row, weights=self.width, minlength=rows).astype(np.float64)
        return room

    def taken(self, over: Floats) -> Floats:
        """How much of each step is used when every row is overstepped by so much."""
        after = np.cumsum(self.width)
        first = np.flatnonzero(np.diff(self.row, prepend=-1))
        before = after - self.width
        of_row = before - np.repeat(before[first], np.diff(np.append(first, self.n)))
        taken: Floats = np.clip(over[self.row] - of_row, 0.0, self.width)
        return taken

    def worth(self, prices: Floats) -> float:
        """What overstepping adds at most to what a choice is worth, at these prices of the rows."""
        return float(self.width @ np.maximum(np.abs(prices[self.row]) - self.cost, 0.0))
