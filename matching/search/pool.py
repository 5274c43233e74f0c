"""The people whom the rules allow into one seat of cases that look alike."""

from dataclasses import dataclass, replace

import numpy as np

from core.model.plans.columns import Floats, Ints


@dataclass(frozen=True, slots=True)
class Pool:
    """Whom the rules allow into one seat of some cases: ``people`` int[k], best first.

    ``score`` float[k] is what tells these people apart; a case's own points (``Pools.extra``) come on top.
    """

    cases: Ints
    people: Ints
    score: Floats

    def only(self, chosen: Ints) -> "Pool":
        """The same cases with some of the people, by position."""
        return replace(self, people=self.people[chosen], score=self.score[chosen])

    def with_points(self, points: Floats) -> "Pool":
        """The same people with these points added, best first again."""
        if not len(points) or points.min() == points.max():
            return replace(self, score=self.score + points)
        score = self.score + points
        order = np.argsort(-score, kind="stable")
        return replace(self, people=self.people[order], score=score[order])
