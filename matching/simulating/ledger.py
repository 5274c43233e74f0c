"""Who is free in which week: every seat keeps its person's place and hours for some weeks, and then gives them back."""

import numpy as np

from core.model.plans.columns import Floats
from core.model.vocabulary import SeatRole
from matching.problem import KINDS, Chosen, People
from matching.simulating.market import Market


class Ledger:
    """What everybody has given, by the week in which it is theirs again: places, mentoring and hours."""

    def __init__(self, market: Market) -> None:
        self._market, self._people = market, market.problem.people
        self._back: Floats = np.zeros((market.weeks + market.busy, 3, self._people.n))
        if market.underway is not None:
            self._back[: market.busy, :2] = market.underway

    def free(self, week: int) -> People:
        """What everybody can take on in a week."""
        return self.free_within(week, 0)

    def free_within(self, week: int, ahead: int) -> People:
        """What everybody can take on in a week and the ``ahead`` ones after it, as seats end."""
        return self._less(self._back[week + ahead + 1 :].sum(axis=0))

    def take(self, week: int, chosen: Chosen) -> None:
        """Give the seats of a week to their holders."""
        problem, (places, mentoring, hours) = self._market.problem, self._back[week + self._market.busy]
        for role, table, rows in zip(KINDS, problem.tables, chosen, strict=True):
            np.add.at(mentoring if role is SeatRole.MENTOR else places, table.person[rows], 1)
            np.add.at(hours, table.person[rows], problem.cases.taken(role)[table.case[rows]])

    def _less(self, taken: Floats) -> People:
        given, (places, mentoring, hours) = self._people, taken
        return People(
            given.places - places.astype(np.int64),
            given.mentoring - mentoring.astype(np.int64),
            np.maximum(given.hours - hours, 0.0),
            given.speaks,
        )
