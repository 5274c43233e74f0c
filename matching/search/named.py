"""The people whom cases name (barred, known to the client, proposed before), and what that means for their pairs."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.model.plans.columns import Bools, CaseView, Floats, Ints
from matching.search.asking import Asked
from matching.search.pool import Pool


class Named:
    """Answers of the rules and scorers that are about named people only; ``touched`` bool[m]: cases with any."""

    def __init__(self, asked: Asked, views: Sequence[CaseView]) -> None:
        self._asked, self._views = asked, views
        self.touched = np.zeros(len(views), dtype=np.bool_)
        self._barred: dict[int, list[Ints]] = defaultdict(list)
        self._points: dict[int, list[tuple[Ints, Floats]]] = defaultdict(list)

    def judge(self, number: int, among: str) -> None:
        """Ask a rule about all pairs of cases and people whom they name; a failure keeps everybody out of its case."""
        cases, which, people = self._pairs(among)
        views = [self._views[case] for case in cases]
        answer = self._asked.allowed_pairs(number, views, which, people) if cases else None
        parts = [None] * len(cases) if answer is None else _split(answer, which, len(cases))
        for case, mine, part in zip(cases, _split(people, which, len(cases)), parts, strict=True):
            allowed = self._alone(number, case, mine) if part is None else part
            barred = np.arange(self._asked.volunteers.n) if allowed is None else mine[~allowed]
            if len(barred):
                self.touched[case] = True
                self._barred[case].append(barred)

    def give(self, number: int, among: str) -> None:
        """Ask a scorer about all pairs of cases and people whom they name."""
        cases, which, people = self._pairs(among)
        views = [self._views[case] for case in cases]
        points = self._asked.scored_pairs(number, views, which, people) if cases else None
        if points is None:
            return
        parts = (_split(people, which, len(cases)), _split(points, which, len(cases)))
        for case, mine, given in zip(cases, *parts, strict=True):
            self.touched[case] = True
            self._points[case].append((mine, given))

    def _alone(self, number: int, case: int, people: Ints) -> Bools | None:
        return self._asked.allowed_pairs(number, [self._views[case]], np.zeros_like(people), people)

    def applied(self, case: int, pool: Pool) -> Pool:
        """A pool of one case without those whom a rule bars, and with the points of those whom a scorer favours."""
        for barred in self._barred.get(case, ()):
            pool = pool.only(np.flatnonzero(~np.isin(pool.people, barred)))
        for people, points in self._points.get(case, ()):
            given = np.zeros(len(pool.people))
            for person, amount in zip(people.tolist(), points.tolist(), strict=True):
                given[pool.people == person] = amount
            pool = pool.with_points(given)
        return pool

    def _pairs(self, among: str) -> tuple[list[int], Ints, Ints]:
        named = [(case, getattr(view, among)) for case, view in enumerate(self._views) if getattr(view, among)]
        which = np.repeat(np.arange(len(named)), [len(people) for _, people in named])
        people = np.array([person for _, those in named for person in those], dtype=np.int64)
        return [case for case, _ in named], which, people


def _split(column: NDArray[Any], which: Ints, parts: int) -> list[NDArray[Any]]:
    """A column cut where the case changes."""
    return np.split(column, np.cumsum(np.bincount(which, minlength=parts))[:-1]) if parts else []
