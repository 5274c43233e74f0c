"""Columns collected case by case in any order, and put out in order of cases."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Rows:
    """Some columns besides that of the case. Whole numbers wait as 32-bit ones, and may stay so: there are many."""

    def __init__(self, cases: int, *kinds: type) -> None:
        self._kinds = kinds
        self._parts: list[list[NDArray[Any] | None]] = [[None] * cases for _ in kinds]
        self._sizes = np.zeros(cases, dtype=np.int64)

    def put(self, case: int, *columns: NDArray[Any]) -> None:
        """The rows of one case."""
        self._sizes[case] = len(columns[0])
        for parts, column in zip(self._parts, columns, strict=True):
            parts[case] = column.astype(np.int32) if column.dtype == np.int64 else column

    def columns(self) -> tuple[NDArray[Any], ...]:
        """The case of every row, and the other columns. Each part is let go of as soon as it is written."""
        case = np.repeat(np.arange(len(self._sizes)), self._sizes)
        return case, *(self._column(at, kind) for at, kind in enumerate(self._kinds))

    def _column(self, at: int, kind: type) -> NDArray[Any]:
        parts, self._parts[at] = [part for part in self._parts[at] if part is not None], []
        column: NDArray[Any] = np.empty(int(self._sizes.sum()), dtype=kind)
        if parts:
            np.concatenate(parts, out=column)
        return column
