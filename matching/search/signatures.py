"""Which cases look alike: those with the same values in the fields that a provider reads."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.model.plans.columns import CaseView, Ints


@dataclass(frozen=True, slots=True)
class Alike:
    """Cases sorted into groups: ``group`` int[m] is each case's, ``first`` int[g] the first case of each group."""

    group: Ints
    first: Ints

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.first)


class Signatures:
    """Groups the cases of one run by what is read of them, each field and combination once."""

    def __init__(self, views: Sequence[CaseView]) -> None:
        self._views = views
        self._fields: dict[str, Ints] = {}
        self._known: dict[tuple[str, ...], Alike] = {}

    def of(self, reads: tuple[str, ...]) -> Alike:
        """The groups of cases that nobody can tell apart who reads these fields only."""
        if reads not in self._known:
            self._known[reads] = self._grouped(reads)
        return self._known[reads]

    def _grouped(self, reads: tuple[str, ...]) -> Alike:
        alike = _alike(np.zeros(len(self._views), dtype=np.int64))
        for name in reads:
            values = self._field(name)
            alike = _alike(alike.group * (values.max(initial=0) + 1) + values)
        return alike

    def _field(self, name: str) -> Ints:
        if name not in self._fields:
            numbers: dict[Hashable, int] = {}
            values = (plain(getattr(view, name)) for view in self._views)
            self._fields[name] = np.array([numbers.setdefault(one, len(numbers)) for one in values], dtype=np.int64)
        return self._fields[name]


def values_of(reads: tuple[str, ...], case: CaseView) -> tuple[Hashable, ...]:
    """What a provider that reads these fields can know of a case, fit to remember its answer by."""
    return tuple(plain(getattr(case, name)) for name in reads)


def plain(value: Any) -> Hashable:
    """A value that equals itself: nan (an unknown place) does not."""
    return None if isinstance(value, float) and value != value else value


def _alike(code: Ints) -> Alike:
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    return Alike(group, first)
