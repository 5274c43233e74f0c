"""Prices of what persons can carry, and how much of it there is: an amount of each resource for each person.

A tariff is float[3, people + 1]: places, mentoring and hours. The last column is nobody's, who holds the pinned
seats: they are paid for in advance, so nobody has no price and is never full.
"""

from typing import Final

import numpy as np

from core.model.columns import Bools, Floats
from matching.ascent.market import Seats
from matching.ascent.segments import Reals
from matching.problem import Prices, Problem
from matching.solving.carrying import left

Tariff = Floats
PLACES: Final = 0
MENTORING: Final = 1
HOURS: Final = 2
NEVER_FULL: Final = 1e15
SLACK: Final = 1e-9


def free(people: int) -> Tariff:
    """No price for anything."""
    return np.zeros((3, people + 1))


def room(problem: Problem) -> Tariff:
    """What everybody has left after the pins. Hours are without limit where they can stop nothing.

    Whoever has one place takes one case, and what she has no hours for is no pair: hours say nothing more of her.
    """
    places, hours, mentoring = left(problem)
    counted = np.isfinite(hours) & ((places > 1.0) | (hours < problem.people.hours))
    hours = np.where(counted, hours, NEVER_FULL)
    return np.column_stack((np.stack((places, mentoring, hours)), np.full(3, NEVER_FULL)))


def tariff_of(prices: Prices) -> Tariff:
    """Prices as a tariff. Those below zero prove nothing and count as zero."""
    columns = np.stack((prices.places, prices.mentoring, prices.hours))
    return np.column_stack((np.maximum(columns, 0.0), np.zeros(3)))


def prices_of(tariff: Tariff, case: Floats) -> Prices:
    """A tariff as prices, with those of the cases."""
    places, mentoring, hours = tariff[:, :-1].copy()
    return Prices(case=case, places=places, mentoring=mentoring, hours=hours)


def capacity_at(tariff: Tariff, amount: Tariff) -> float:
    """What all that there is costs at a tariff."""
    priced = tariff[:, :-1] > 0
    return float(tariff[:, :-1][priced] @ amount[:, :-1][priced])


def left_over(seats: Seats, score: Reals, tariff: Tariff, *, mentors: bool = False) -> Reals:
    """What each pair scores beyond the price of what it takes of its holder, in the precision of the scores."""
    kind = score.dtype.type
    if mentors:
        return np.asarray(score - tariff[MENTORING].astype(kind)[seats.holder])
    worth = np.asarray(score - tariff[PLACES].astype(kind)[seats.holder])
    if tariff[HOURS].any():
        worth -= seats.hours * tariff[HOURS].astype(kind)[seats.holder]
    return worth


def fits(seats: Seats, left: Tariff, *, mentors: bool = False) -> Bools:
    """Which pairs fit into what their holders have left."""
    if mentors:
        return np.asarray((left[MENTORING] >= 1.0)[seats.holder])
    return np.asarray((left[PLACES] >= 1.0)[seats.holder] & (seats.hours <= left[HOURS][seats.holder] + SLACK))
