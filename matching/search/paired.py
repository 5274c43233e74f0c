"""Rules and scorers that are asked pair by pair, about the people of a pool and many of its cases at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, CaseView, Ints
from matching.search.asking import Asked
from matching.search.pool import Pool

AT_ONCE: Final = 2**16
"""How many pairs are asked about in one call: enough to be quick, few enough for the processor's cache."""
Relevant = Callable[[CaseView], Bools]


@dataclass(slots=True)
class Paired:
    """The numbers of such ``rules`` and ``scorers``; ``relevant``, where set, says who is worth asking about."""

    asked: Asked
    views: Sequence[CaseView]
    rules: list[int] = field(default_factory=list)
    scorers: list[int] = field(default_factory=list)
    relevant: Relevant | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.rules or self.scorers)

    def applied(self, pool: Pool) -> Iterator[Pool]:
        """For each case of a pool, a pool of its own, best first."""
        for alike in self._worth_asking(pool):
            step = max(1, AT_ONCE // max(1, len(alike.people)))
            for begin in range(0, len(alike.cases), step):
                yield from self._together(replace(alike, cases=alike.cases[begin : begin + step]))

    def _worth_asking(self, pool: Pool) -> Iterator[Pool]:
        """The pool without those who are of no use to its cases, case by case of the same languages."""
        if self.relevant is None:
            yield pool
            return
        spoken: dict[tuple[int, ...], list[int]] = {}
        for case in pool.cases.tolist():
            spoken.setdefault(self.views[case].languages, []).append(case)
        for cases in spoken.values():
            useful = self.relevant(self.views[cases[0]])[pool.people]
            yield replace(pool.only(np.flatnonzero(useful)), cases=np.array(cases))

    def _together(self, pool: Pool) -> Iterator[Pool]:
        views = [self.views[case] for case in pool.cases.tolist()]
        which, row = np.divmod(np.arange(len(views) * len(pool.people)), max(1, len(pool.people)))
        for number in self.rules:
            allowed = self.asked.allowed_pairs(number, views, which, pool.people[row])
            if allowed is None and len(views) > 1:
                for case in pool.cases:
                    yield from self._together(replace(pool, cases=np.array([case])))
                return
            which, row = (column[:0] if allowed is None else column[allowed] for column in (which, row))
        yield from self._scored(pool, views, which, row)

    def _scored(self, pool: Pool, views: list[CaseView], which: Ints, row: Ints) -> Iterator[Pool]:
        points = np.zeros(len(row))
        for number in self.scorers:
            given = self.asked.scored_pairs(number, views, which, pool.people[row])
            points += 0.0 if given is None else given
        ends = np.cumsum(np.bincount(which, minlength=len(views))).tolist()
        for case, begin, end in zip(pool.cases, [0, *ends[:-1]], ends, strict=True):
            yield replace(pool.only(row[begin:end]), cases=np.array([case])).with_points(points[begin:end])
