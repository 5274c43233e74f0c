"""Prices of what is scarce: places, mentoring and hours of persons, and what a case of a floor's group is worth more.

The last person is nobody, who holds the pinned seats: they are paid for in advance, so nobody never has a price.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats
from matching.ascent.market import Seats
from matching.ascent.segments import Reals
from matching.problem import Prices, Problem

SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Tariff:
    """An amount for everything that is priced, in one column: ``amounts`` float[3 x (people + 1) + floors]."""

    amounts: Floats
    people: int

    @classmethod
    def free(cls, problem: Problem) -> "Tariff":
        """No price for anything."""
        return cls(np.zeros(3 * (problem.people.n + 1) + problem.floors.n), problem.people.n)

    @classmethod
    def of(cls, problem: Problem, prices: Prices) -> "Tariff":
        """Prices as a tariff. Those below zero prove nothing and count as zero."""
        tariff = cls.free(problem)
        for mine, given in (
            (tariff.places, prices.places),
            (tariff.mentoring, prices.mentoring),
            (tariff.hours, prices.hours),
        ):
            mine[:-1] = np.maximum(given, 0.0)
        if len(prices.floors):
            tariff.floors[:] = np.clip(prices.floors, 0.0, problem.floors.points)
        return tariff

    @property
    def places(self) -> Floats:
        """By person, for attorney and interpreter seats: float[people + 1]."""
        return self.amounts[: self.people + 1]

    @property
    def mentoring(self) -> Floats:
        """By person, for mentor seats: float[people + 1]."""
        return self.amounts[self.people + 1 : 2 * (self.people + 1)]

    @property
    def hours(self) -> Floats:
        """By person, for an hour: float[people + 1]."""
        return self.amounts[2 * (self.people + 1) : 3 * (self.people + 1)]

    @property
    def floors(self) -> Floats:
        """By floor: float[g]."""
        return self.amounts[3 * (self.people + 1) :]

    def with_amounts(self, amounts: Floats) -> "Tariff":
        """Other amounts for the same."""
        return Tariff(amounts, self.people)

    def raised(self, problem: Problem) -> Floats:
        """How much more each case is worth for the floors that want it: float[m]."""
        return self.floors @ problem.floors.member if problem.floors.n else np.zeros(problem.cases.n)

    def prices(self, case: Floats) -> Prices:
        """The same as prices, with those of the cases."""
        places, mentoring, hours = (one[:-1].copy() for one in (self.places, self.mentoring, self.hours))
        return Prices(case=case, places=places, mentoring=mentoring, hours=hours, floors=self.floors.copy())


def left_over(seats: Seats, score: Reals, tariff: Tariff, *, mentors: bool = False) -> Reals:
    """What each pair scores beyond the price of what it takes of its holder, in the precision of the scores."""
    kind = score.dtype.type
    price = tariff.mentoring if mentors else tariff.places
    worth: Reals = score - price.astype(kind)[seats.holder]
    if not mentors and tariff.hours.any():
        worth -= seats.hours * tariff.hours.astype(kind)[seats.holder]
    return worth


def fits(seats: Seats, left: Tariff, *, mentors: bool = False) -> Bools:
    """Which pairs fit into what their holders have left."""
    if mentors:
        return np.asarray((left.mentoring >= 1.0)[seats.holder])
    return np.asarray((left.places >= 1.0)[seats.holder] & (seats.hours <= left.hours[seats.holder] + SLACK))
