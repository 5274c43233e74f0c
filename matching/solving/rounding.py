"""Cuts by rounding a sum of rows: what is fractional in a row of the simplex tableau holds for no whole choice.

Any sum of rows with weights is a row, too. Written in whole numbers, each coefficient may be rounded down, and what is
lost by that is given back as far as its fraction exceeds the fraction of the limit (Gomory 1960; as mixed-integer
rounding, Nemhauser and Wolsey 1990). The slack of a row in whole numbers is whole itself and is rounded like a column.
A cut is told by its rows, weights and turned columns alone: so it is found among few columns, and holds for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.solving.packing import Cut
from matching.solving.program import Program

UNITS: Final = (1, 2, 3, 4, 5, 6, 10, 12, 20, 60)
"""By which of these a row is multiplied to be one in whole numbers: parts of an hour, of a place."""
FRACTION: Final = 0.02
"""How far the limit of a sum must be from a whole number, lest rounding errors make the cut."""
RANGE: Final = 1e6
"""How many times the least coefficient of a cut the greatest may be."""
_NOTHING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Recipe:
    """Rows with the weight of each. The columns that are ``turned`` count as 1 - x."""

    rows: Ints
    weights: Floats
    turned: Ints


@dataclass(frozen=True, slots=True)
class Sums:
    """The rows of a program, as sums that are at most something, row after row.

    ``unit`` of a row: times which it is in whole numbers, 0 where it is not; ``equal`` where the sum is just that;
    ``firm`` where it may not be overstepped.
    """

    start: Ints
    column: Ints
    value: Floats
    most: Floats
    unit: Ints
    equal: Bools
    firm: Bools
    columns: int

    @classmethod
    def of(cls, program: Program) -> "Sums":
        """All rows of a program; one that says "at least" is turned round."""
        rows, order = len(program.upper), np.argsort(program.row, kind="stable")
        sign = np.where(np.isposinf(program.upper), -1.0, 1.0)
        row = program.row[order]
        column = np.repeat(np.arange(program.columns), np.diff(program.start))[order]
        most = np.where(sign > 0, program.upper, -program.lower)
        value = program.value[order] * sign[row]
        return cls(
            start=np.searchsorted(row, np.arange(rows + 1)),
            column=column,
            value=value,
            most=most,
            unit=_units(row, value, most),
            equal=program.lower == program.upper,
            firm=np.isfinite(most) & ~np.isin(np.arange(rows), program.leeway.row),
            columns=program.columns,
        )

    def with_cuts(self, cuts: Sequence[Cut], unit: Ints | None = None) -> "Sums":
        """These and more rows; ``unit`` is theirs where it is known."""
        more = list(cuts)
        lengths = np.array([len(cut.columns) for cut in more], dtype=np.int64)
        if unit is None:
            values = np.concatenate([cut.values for cut in more])
            unit = _units(np.repeat(np.arange(len(more)), lengths), values, np.array([cut.most for cut in more]))
        return replace(
            self,
            start=np.concatenate((self.start, self.start[-1] + np.cumsum(lengths))),
            column=np.concatenate([self.column, *(cut.columns for cut in more)]),
            value=np.concatenate([self.value, *(cut.values for cut in more)]),
            most=np.append(self.most, [cut.most for cut in more]),
            unit=np.append(self.unit, unit),
            equal=np.append(self.equal, np.zeros(len(more), dtype=np.bool_)),
            firm=np.append(self.firm, [np.isfinite(cut.most) for cut in more]),
        )

    def among(self, rows: Ints, columns: Ints) -> "Sums":
        """Some rows over some columns, both numbered anew."""
        place = np.full(self.columns, -1)
        place[columns] = np.arange(len(columns))
        inside = self._entries(rows)
        of_row = np.repeat(np.arange(len(rows)), self.start[rows + 1] - self.start[rows])
        kept = place[self.column[inside]] >= 0
        return Sums(
            start=np.searchsorted(of_row[kept], np.arange(len(rows) + 1)),
            column=place[self.column[inside][kept]],
            value=self.value[inside][kept],
            most=self.most[rows],
            unit=self.unit[rows],
            equal=self.equal[rows],
            firm=self.firm[rows],
            columns=len(columns),
        )

    def rounded(self, recipe: Recipe) -> Cut | None:
        """The cut of a recipe, or None where it says nothing that could be trusted."""
        rows, unit = recipe.rows, np.maximum(self.unit[recipe.rows], 1)
        if not len(rows) or not self.firm[rows].all():
            return None
        whole = self.unit[rows] > 0
        weights = np.where(whole, _fraction(recipe.weights / unit), recipe.weights)
        inside = self._entries(rows)
        columns, place = _numbered(self.column[inside], self.columns)
        lengths, entries = self.start[rows + 1] - self.start[rows], self.value[inside]

        def combined(weights: Floats) -> Floats:
            weighed = entries * np.repeat(weights, lengths)
            values: Floats = np.bincount(place, weighed, minlength=len(columns)).astype(np.float64)
            return values

        sign = np.ones(self.columns)
        sign[recipe.turned] = -1.0
        sign = sign[columns]
        values = combined(weights * unit)
        most = float(weights * unit @ self.most[rows]) - float(values[sign < 0].sum())
        over = most - np.floor(most)
        if not FRACTION < over < 1.0 - FRACTION:
            return None
        values = _rounded(values * sign, over)
        most = float(np.floor(most)) - float(values[sign < 0].sum())
        slack = np.where(whole, _rounded(weights, over), np.minimum(weights, 0.0) / (1.0 - over)) * unit
        slack[self.equal[rows]] = 0.0
        return _trusted(columns, values * sign - combined(slack), most - float(slack @ self.most[rows]))

    def _entries(self, rows: Ints) -> Ints:
        lengths = self.start[rows + 1] - self.start[rows]
        before = np.cumsum(lengths) - lengths
        entries: Ints = np.repeat(self.start[rows] - before, lengths) + np.arange(lengths.sum())
        return entries


def _numbered(columns: Ints, of: int) -> tuple[Ints, Ints]:
    """The distinct ones of some columns in order, and where each of them stands there (sorting them is slow)."""
    there = np.zeros(of, dtype=np.bool_)
    there[columns] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[columns]


def _units(row: Ints, value: Floats, most: Floats) -> Ints:
    """For each row, times which it is in whole numbers: int[rows], 0 where none of the units does."""
    unit = np.zeros(len(most), dtype=np.int64)
    for one in UNITS:
        broken = np.zeros(len(most), dtype=np.bool_)
        broken[row[~_is_near(value * one)]] = True
        unit[(unit == 0) & ~broken & _is_near(most * one)] = one
    return unit


def _is_near(numbers: Floats) -> Bools:
    near: Bools = np.isfinite(numbers)
    near[near] = np.abs(numbers[near] - np.round(numbers[near])) <= _NOTHING
    return near


def _fraction(numbers: Floats) -> Floats:
    fraction: Floats = numbers - np.floor(numbers + _NOTHING)
    return np.where(fraction < _NOTHING, 0.0, fraction)


def _rounded(numbers: Floats, over: float) -> Floats:
    """Coefficients rounded down, and what their fractions exceed that of the limit in parts of what is left to one."""
    down = np.floor(numbers + _NOTHING)
    rounded: Floats = down + np.maximum(numbers - down - over, 0.0) / (1.0 - over)
    return rounded


def _trusted(columns: Ints, values: Floats, most: float) -> Cut | None:
    """The cut without coefficients that are next to nothing: what those below zero take off is taken off the limit."""
    tiny = np.abs(values) <= np.abs(values).max(initial=0.0) / RANGE
    if tiny.all():
        return None
    return Cut(columns[~tiny], values[~tiny], most - float(np.minimum(values[tiny], 0.0).sum()))
