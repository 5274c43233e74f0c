"""Pairs that were left out of a problem and might make its solution better."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.model.plans.columns import Floats
from matching.problem import AttorneyPairs, CoCounselPairs, Legs, MentorPairs, Pairs, Problem


@dataclass(frozen=True, slots=True)
class Violators:
    """Pairs that were left out and might make a solution better, in order of cases.

    ``gain`` float[m]: by how much the best team of each case with a pair that was left out exceeds its price. The
    optimum over all pairs is at most the bound that these prices prove over the kept ones, plus the sum of ``gain``.
    """

    attorneys: AttorneyPairs
    legs: Legs
    mentors: MentorPairs
    co_counsel: CoCounselPairs
    gain: Floats

    @property
    def tables(self) -> tuple[Pairs, ...]:
        """The tables, in the order of a problem's."""
        return self.attorneys, self.legs, self.mentors, self.co_counsel

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return sum(len(table.case) for table in self.tables)

    @property
    def loss_bound(self) -> float:
        """What pruning cost at most, at these prices."""
        return float(self.gain.sum())

    def joined(self, problem: Problem) -> Problem:
        """The problem with these pairs let in."""
        tables = zip(problem.tables, self.tables, strict=True)
        return problem.with_tables(_joined(table, new) for table, new in tables)


def _joined(table: Pairs, new: Pairs) -> Pairs:
    """A table with the rows of another one put in behind those of the same case."""
    at = np.searchsorted(table.case, new.case, side="right")
    columns: dict[str, Any] = {
        name: np.insert(getattr(table, name), at, getattr(new, name)) for name in table.__slots__
    }
    return replace(table, **columns)
