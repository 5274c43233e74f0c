"""What there is of everything that is priced, and what it brings at a tariff.

Places may come at a rising cost (``sharing.Load``): then a person offers as many as cost less than her price. A floor
asks for cases as a buyer, who pays for each up to its points.
"""

from typing import Final

import numpy as np

from core.model.plans.columns import Floats
from matching.ascent.tariff import Tariff
from matching.problem import Problem
from matching.solving.carrying import left, settled

NEVER_FULL: Final = 1e15
_HARDLY: Final = 0.05
"""What somebody offers who has places, all of them at a cost, while she has no price."""


class Supply:
    """What everybody has left after the pins, and at what cost; and what floors ask for."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._left = Tariff.free(problem)
        places, hours, mentoring = left(problem)
        counted = np.isfinite(hours) & ((places > 1.0) | (hours < problem.people.hours))
        for mine, given in (
            (self._left.places, places),
            (self._left.mentoring, mentoring),
            (self._left.hours, np.where(counted, hours, NEVER_FULL)),
        ):
            mine[:] = np.append(given, NEVER_FULL)
        self._left.floors[:] = problem.floors.wanted
        self.held = settled(problem)
        self._steps = [_step(problem, one) for one in (problem.load.places, problem.load.mentoring)]

    def left(self) -> Tariff:
        """What there is, as a tariff of amounts that may be used up. Hours have no limit where they stop nothing.

        Whoever has one place takes one case, and what she has no hours for is no pair: hours say nothing more of her.
        """
        return self._left.with_amounts(self._left.amounts.copy())

    def ceiling(self) -> Floats:
        """The most that anything can cost."""
        most = self._left.with_amounts(np.full(len(self._left.amounts), np.inf))
        most.floors[:] = self._problem.floors.points
        return most.amounts

    def brings(self, tariff: Tariff) -> float:
        """What all that is offered earns at a tariff beyond its cost, less what floors pay for what they want."""
        earned = 0.0
        for number, (price, there) in enumerate(self._seats(tariff)):
            offered, step, held = self._offered(number, price, there), self._steps[number], self.held[number]
            earned += float(price @ offered - step @ (offered * held + offered * (offered - 1.0) / 2.0))
        priced = tariff.hours[:-1] > 0
        hourly = tariff.hours[:-1][priced] @ self._left.hours[:-1][priced]
        return float(earned + hourly - tariff.floors @ self._left.floors)

    def offered(self, tariff: Tariff) -> Floats:
        """How much there is at a tariff, where the cost of places rises evenly instead of step by step."""
        amounts = self.left()
        for number, (price, there) in enumerate(self._seats(tariff)):
            step, held = self._steps[number], self.held[number]
            rising = step > 0
            some = price[rising] / step[rising] + 0.5 - held[rising]
            least = np.where(held[rising] == 0, 1.0, _HARDLY)
            mine = (amounts.places, amounts.mentoring)[number]
            mine[:-1][rising] = np.minimum(np.maximum(some, least), there[rising])
        return amounts.amounts

    def whole(self, tariff: Tariff) -> Tariff:
        """How many whole places everybody offers at a tariff, and what there is of everything else."""
        amounts = self.left()
        for number, (price, there) in enumerate(self._seats(tariff)):
            (amounts.places, amounts.mentoring)[number][:-1] = self._offered(number, price, there)
        return amounts

    def next_cost(self, left: Tariff) -> Tariff:
        """What the next place of everybody costs when so much is left."""
        cost = Tariff.free(self._problem)
        for number, (mine, now) in enumerate(((cost.places, left.places), (cost.mentoring, left.mentoring))):
            there = (self._left.places, self._left.mentoring)[number]
            mine[:-1] = self._steps[number] * (self.held[number] + (there - now)[:-1])
        return cost

    def one_of_rising(self, left: Tariff) -> Floats:
        """What is left, but at most one of places that cost more one after another."""
        most = left.with_amounts(left.amounts.copy())
        for mine, step in zip((most.places, most.mentoring), self._steps, strict=True):
            mine[:-1] = np.where(step > 0, np.minimum(mine[:-1], 1.0), mine[:-1])
        return most.amounts

    def _seats(self, tariff: Tariff) -> tuple[tuple[Floats, Floats], ...]:
        return (
            (tariff.places[:-1], self._left.places[:-1]),
            (tariff.mentoring[:-1], self._left.mentoring[:-1]),
        )

    def _offered(self, number: int, price: Floats, there: Floats) -> Floats:
        step = self._steps[number]
        worth_it = np.floor(price / np.where(step > 0, step, 1.0)) + 1.0 - self.held[number]
        return np.where(step > 0, np.clip(worth_it, 0.0, there), there)


def _step(problem: Problem, step: Floats) -> Floats:
    return step if len(step) else np.zeros(problem.people.n)
