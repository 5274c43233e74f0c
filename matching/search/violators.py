"""Pairs that were left out of a problem and might make its solution better."""

from dataclasses import dataclass, replace

import numpy as np

from core.model.columns import Floats
from matching.problem import AttorneyPairs, Legs, MentorPairs, Problem

Pairs = AttorneyPairs | Legs | MentorPairs


@dataclass(frozen=True, slots=True)
class Violators:
    """Pairs that were left out and might make a solution better, in order of cases.

    ``gain`` float[m]: by how much the best team of each case with a pair that was left out exceeds its price. The
    optimum over all pairs is at most the bound that these prices prove over the kept ones, plus the sum of ``gain``.
    """

    attorneys: AttorneyPairs
    legs: Legs
    mentors: MentorPairs
    gain: Floats

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return sum(len(table.case) for table in (self.attorneys, self.legs, self.mentors))

    @property
    def loss_bound(self) -> float:
        """What pruning cost at most, at these prices."""
        return float(self.gain.sum())

    def joined(self, problem: Problem) -> Problem:
        """The problem with these pairs let in."""
        return replace(
            problem,
            attorneys=AttorneyPairs(*_joined(problem.attorneys, self.attorneys)),
            legs=Legs(*_joined(problem.legs, self.legs)),
            mentors=MentorPairs(*_joined(problem.mentors, self.mentors)),
        )


def _joined(table: Pairs, new: Pairs) -> list[np.ndarray]:
    """The columns of a table with the rows of another one put in behind those of the same case."""
    at = np.searchsorted(table.case, new.case, side="right")
    return [np.insert(getattr(table, name), at, getattr(new, name)) for name in table.__slots__]
