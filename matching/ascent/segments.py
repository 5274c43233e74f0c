"""Sums and maxima over runs of equal keys in sorted columns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.model.plans.columns import Ints

Reals = NDArray[Any]
"""Numbers of either precision: single where many are compared, double where a bound is proved."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of equal keys, of at least one row each: where each begins, how long it is, and its key."""

    begin: Ints
    size: Ints
    key: Ints

    @classmethod
    def of(cls, keys: Ints) -> "Runs":
        """The runs of a sorted column of keys that are not negative."""
        begin = np.flatnonzero(np.diff(keys, prepend=-1))
        return cls(begin, np.diff(np.append(begin, len(keys))), keys[begin])

    def __len__(self) -> int:
        return len(self.begin)

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """The value of its run, for each row."""
        return np.repeat(values, self.size)

    def most(self, rows: Reals) -> Reals:
        """The greatest of each run."""
        return np.maximum.reduceat(rows, self.begin) if len(self) else rows[:0]

    def total(self, rows: Reals) -> Reals:
        """The sum of each run."""
        return np.add.reduceat(rows, self.begin) if len(self) else rows[:0]

    def first_of_most(self, rows: Reals) -> Ints:
        """The position of the greatest of each run, the first of equals."""
        greatest = np.flatnonzero(rows == self.spread(self.most(rows)))
        return greatest[np.searchsorted(greatest, self.begin)]

    def soft_most(self, rows: Reals, heat: float) -> tuple[Reals, Reals]:
        """The greatest of each run, softened (heat x log of the sum of exp(row / heat)), and each row's share of it."""
        if not len(rows):
            return rows, rows
        most, warmth = self.most(rows), rows.dtype.type(heat)
        share = np.exp((rows - self.spread(most)) / warmth)
        total = self.total(share)
        share /= self.spread(total)
        return most + warmth * np.log(total), share


def joined_ranges(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The members of many ranges one after another: which range each is of, and the member itself."""
    size = last - first
    of = np.repeat(np.arange(len(size)), size)
    return of, np.arange(size.sum()) + np.repeat(first - np.cumsum(size) + size, size)
