"""Rows for floors: of a group of cases so many are served, or the points of the missing ones are taken off."""

import numpy as np

from core.model.plans.columns import Ints
from matching.solving.program import Rows
from matching.solving.seats import Seats


def floor(rows: Rows, seats: Seats) -> Ints:
    """Add a row for each floor that asks for something: sum of x of its cases >= wanted, with leeway down to none.

    Gives each floor its row; -1 where no case of it can be served at all, so that there is nothing to decide.
    """
    floors = seats.problem.floors
    if not floors.n:
        return np.empty(0, dtype=np.int64)
    group, column = np.nonzero(floors.member[:, seats.case[seats.x]] & (floors.wanted > 0)[:, None])
    row_of = rows.at_least(group, seats.x[column], np.ones(len(column)), floors.wanted.astype(np.float64))
    asked = np.flatnonzero(row_of >= 0)
    rows.soften(row_of[asked], floors.wanted[asked].astype(np.float64), floors.points[asked])
    return row_of
