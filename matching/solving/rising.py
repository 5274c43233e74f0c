"""Rows for places of which each costs more than the one before, so that work is spread where it can be.

A cost that rises evenly is convex in the number of places: the relaxation fills the cheap ones first by itself, and a
person's row is a capacity of those that are free of charge, with leeway of one place at each further price.
"""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.solving.program import Rows


@dataclass(frozen=True, slots=True)
class Rise:
    """How the cost of places rises: by ``step`` float[n] (empty: not at all) above the ``held`` int[n]."""

    step: Floats
    held: Ints


def places_at_rising_cost(rows: Rows, person: Ints, columns: Ints, places: Floats, rise: Rise) -> Ints:
    """Rows for what everybody has left of her places; gives each person her row or -1."""
    if not len(rise.step):
        return rows.capacity(person, columns, np.ones(len(columns)), places)
    costly = rise.step > 0
    free = np.where(costly, np.minimum(places, rise.held == 0), places)
    row_of = rows.capacity(person, columns, np.ones(len(columns)), free)
    further = np.minimum(places, np.bincount(person, minlength=len(places))) - free
    further = np.where(costly & (row_of >= 0), np.maximum(further, 0.0), 0.0).astype(np.int64)
    whose = np.repeat(np.arange(len(places)), further)
    number = np.arange(len(whose)) - np.repeat(np.cumsum(further) - further, further)
    cost = rise.step[whose] * (rise.held[whose] + free[whose] + number)
    rows.soften(row_of[whose], np.ones(len(whose)), cost)
    return row_of
