"""What a rule or scorer gets to see: the case fields that it declared, and nothing else of a case."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import AmparoError
from core.model.plans.columns import Bools, CaseView, Ints, VolunteerColumns
from core.model.vocabulary import VolunteerRole


class UndeclaredField(AmparoError):
    """A rule or scorer read a field of the case that it did not declare in ``reads``."""


class BadAnswer(AmparoError):
    """A rule or scorer returned something other than one finite value for each volunteer or pair."""


def _require(name: str, reads: frozenset[str]) -> None:
    if name not in reads:
        raise UndeclaredField(f"It reads case.{name} without declaring it: add {name!r} to reads.")


class Declared:
    """A view of a case that shows the declared fields only."""

    __slots__ = ("_case", "_reads")

    def __init__(self, case: CaseView, reads: Iterable[str]) -> None:
        self._case, self._reads = case, frozenset(reads)

    def __getattr__(self, name: str) -> Any:
        _require(name, self._reads)
        return getattr(self._case, name)


def declared(case: CaseView, reads: Iterable[str]) -> CaseView:
    """A case as a provider may see it, whoever wrote its class."""
    return cast(CaseView, Declared(case, reads))


class CasesOfPairs:
    """The cases of k pairs: each declared field as a column of k values.

    A field that may be missing comes as floats with nan for None; one of several values (``languages``) as a column
    of tuples; all others as the plain numbers, flags or texts that they are.
    """

    __slots__ = ("_cases", "_known", "_reads", "_which")

    def __init__(self, cases: Sequence[CaseView], which: Ints, reads: Iterable[str]) -> None:
        self._cases, self._which, self._reads = cases, which, frozenset(reads)
        self._known: dict[str, NDArray[Any]] = {}

    def __getattr__(self, name: str) -> NDArray[Any]:
        _require(name, self._reads)
        if name not in self._known:
            self._known[name] = _column([getattr(case, name) for case in self._cases])[self._which]
        return self._known[name]


class PeopleOfPairs:
    """The volunteers of k pairs: every column of ``VolunteerColumns``, one row for each pair. ``n`` is k."""

    __slots__ = ("_all", "_known", "_rows", "n")

    def __init__(self, volunteers: VolunteerColumns, rows: Ints) -> None:
        self._all, self._rows, self.n = volunteers, rows, len(rows)
        self._known: dict[str, NDArray[Any]] = {}

    def __getattr__(self, name: str) -> NDArray[Any]:
        if name not in self._known:
            self._known[name] = getattr(self._all, name)[self._rows]
        return self._known[name]

    def is_a(self, role: VolunteerRole) -> Bools:
        """Who offers this role: bool[k]."""
        return self._all.is_a(role)[self._rows]


def _column(values: list[Any]) -> NDArray[Any]:
    if any(isinstance(value, tuple) for value in values):
        column = np.empty(len(values), dtype=object)
        column[:] = values
        return column
    return np.array([np.nan if value is None else value for value in values])
