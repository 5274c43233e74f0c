"""A binary program by columns, and the drawer in which its rows are collected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.pairs import KINDS, SEATS_OF_TEAM, no_floats, no_ints
from matching.solving.leeway import Leeway

Limits = Mapping[int, tuple[float, float]]
"""Least and most of some rows."""


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise score x within lower <= A x <= upper, x binary; A by columns (start, row, value).

    Rows with ``leeway`` may be overstepped; what that costs is taken off.

    ``kind`` and ``pair`` lead from a column back to its row in the problem's tables, ``case`` and ``person`` to those.
    ``rows`` leads from each case or person to its row (-1: nothing limits it), by family of rows; ``personal`` are
    the rows of what persons can carry.
    """

    score: Floats
    start: Ints
    row: Ints
    value: Floats
    lower: Floats
    upper: Floats
    kind: Ints
    pair: Ints
    case: Ints
    person: Ints
    rows: dict[str, Ints]
    personal: Bools
    leeway: Leeway

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.score)

    def entries(self, columns: Ints) -> tuple[Ints, Ints, Floats]:
        """The coefficients of some columns: their starts, rows and values."""
        lengths = self.start[columns + 1] - self.start[columns]
        start = np.concatenate(([0], np.cumsum(lengths)))
        inside = np.repeat(self.start[columns] - start[:-1], lengths) + np.arange(start[-1])
        return start, self.row[inside], self.value[inside]

    def entries_of(self, row: int) -> tuple[Ints, Floats]:
        """The columns with a coefficient in a row, and the coefficients."""
        places = np.flatnonzero(self.row == row)
        return np.searchsorted(self.start, places, side="right") - 1, self.value[places]

    def columns_of(self, rows: Iterable[Ints]) -> Ints:
        """The columns that stand for some rows of the problem's tables, in the order of ``KINDS``."""
        columns = [np.flatnonzero((self.kind == kind) & np.isin(self.pair, mine)) for kind, mine in enumerate(rows)]
        return np.sort(np.concatenate(columns))

    def counting(self, columns: Ints) -> "Program":
        """The same program with one more row at its end, which counts the chosen of some columns, without limits."""
        return self.with_rows([(columns, np.ones(len(columns)))], np.inf)

    def with_rows(
        self, sums: Sequence[tuple[Ints, Floats]], most: float | Floats, *, personal: bool | Bools = False
    ) -> "Program":
        """The same program with more rows at its end, each ``sum of values <= most`` over some columns.

        ``personal`` where each is of what one person can carry.
        """
        columns, values = (np.concatenate(parts) for parts in zip(*sums, strict=True))
        row = np.repeat(len(self.upper) + np.arange(len(sums)), [len(one) for one, _ in sums])
        places, more = self.start[columns + 1], np.bincount(columns, minlength=self.columns)
        return replace(
            self,
            start=self.start + np.concatenate(([0], np.cumsum(more))),
            row=np.insert(self.row, places, row),
            value=np.insert(self.value, places, values),
            lower=np.append(self.lower, np.full(len(sums), -np.inf)),
            upper=np.append(self.upper, np.full(len(sums), most)),
            personal=np.append(self.personal, np.full(len(sums), personal)),
        )

    def only(self, columns: Ints) -> "Program":
        """The same program over some columns alone, with all leeway free of charge."""
        start, row, value = self.entries(columns)
        room = self.leeway.room(len(self.upper))
        return replace(
            self,
            start=start,
            row=row,
            value=value,
            upper=self.upper + room,
            lower=self.lower - room,
            leeway=Leeway.of(no_ints(), no_floats(), no_floats()),
            **{name: getattr(self, name)[columns] for name in ("score", "kind", "pair", "case", "person")},
        )

    def part(self, columns: Ints) -> tuple["Program", Ints]:
        """The same program over some columns, with the rows that can bind among them; and which rows these are."""
        start, row, value = self.entries(columns)
        least = np.bincount(row, weights=np.minimum(value, 0.0), minlength=len(self.upper))
        most = np.bincount(row, weights=np.maximum(value, 0.0), minlength=len(self.upper))
        binding = (most > self.upper) | (least < self.lower)
        binding[self.leeway.row] = True
        rows, place = np.flatnonzero(binding), np.cumsum(binding) - 1
        kept = binding[row]
        column = np.repeat(np.arange(len(columns)), np.diff(start))[kept]
        smaller = replace(
            self,
            start=np.searchsorted(column, np.arange(len(columns) + 1)),
            row=place[row[kept]],
            value=value[kept],
            lower=self.lower[rows],
            upper=self.upper[rows],
            rows={},
            personal=self.personal[rows],
            leeway=replace(self.leeway, row=place[self.leeway.row]),
            **{name: getattr(self, name)[columns] for name in ("score", "kind", "pair", "case", "person")},
        )
        return smaller, rows

    def within(self, limits: Limits) -> "Program":
        """The same program with other limits for some rows."""
        rows = list(limits)
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[rows], upper[rows] = np.array(list(limits.values())).reshape(-1, 2).T
        return replace(self, lower=lower, upper=upper)

    def reduced(self, prices: Floats) -> Floats:
        """What each column earns beyond what it uses at these prices of the rows."""
        used = np.concatenate(([0.0], np.cumsum(self.value * prices[self.row])))
        reduced: Floats = self.score - (used[self.start[1:]] - used[self.start[:-1]])
        return reduced

    def pairs_of(self, columns: Ints, kind: int) -> Ints:
        """The rows of one of the problem's tables that some columns stand for, in order."""
        return np.sort(self.pair[columns[self.kind[columns] == kind]])

    def load(self, chosen: Ints) -> Floats:
        """A x for a choice of columns."""
        _, rows, values = self.entries(chosen)
        load: Floats = np.bincount(rows, weights=values, minlength=len(self.upper)).astype(np.float64)
        return load

    def over(self, chosen: Ints) -> Floats:
        """By how much a choice of columns oversteps every row."""
        load = self.load(chosen)
        return np.maximum(np.maximum(load - self.upper, self.lower - load), 0.0)

    def easing(self) -> Floats:
        """The coefficient with which each step of the leeway stands in its row: it lifts a floor, or lowers a sum."""
        return np.where(np.isposinf(self.upper[self.leeway.row]), 1.0, -1.0)

    def objective(self, chosen: Ints) -> float:
        """What a choice of columns is worth: its scores, less what the leeway costs that it takes."""
        return float(self.score[chosen].sum() - self.leeway.cost @ self.leeway.taken(self.over(chosen)))

    def feasible(self, chosen: Ints, slack: float = 1e-6) -> bool:
        """Whether a choice of columns keeps every row, or oversteps it by no more than its leeway."""
        return bool((self.over(chosen) <= self.leeway.room(len(self.upper)) + slack).all())

    def without_idle(self, chosen: Ints) -> Ints:
        """A choice without those of its columns that only cost: all rows are kept without them, too."""
        load, most, kept = self.load(chosen), self.upper + self.leeway.room(len(self.upper)), set(chosen.tolist())
        costly = [column for column in chosen.tolist() if self.score[column] < 0]
        # A first leg is idle only once the leg after it is gone, so every column has a second turn.
        for column in costly * 2:
            entries = slice(self.start[column], self.start[column + 1])
            rows, after = self.row[entries], load[self.row[entries]] - self.value[entries]
            if column in kept and (after >= self.lower[rows] - 1e-9).all() and (after <= most[rows] + 1e-9).all():
                load[rows] = after
                kept.remove(column)
        return np.array(sorted(kept), dtype=np.int64)

    def worth(self, prices: Floats) -> Floats:
        """The score of each column less the price of what it takes of its person."""
        return self.reduced(np.where(self.personal, prices, 0.0))

    def bound(self, prices: Floats) -> float:
        """An upper bound on every team plan, valid for any prices (weak duality; x between 0 and 1).

        Prices of one-sided rows are first cut to their right sign. What columns earn beyond their prices counts for
        the best of each case only, as far as a team has seats for them.
        """
        right = np.where(np.isneginf(self.lower), np.maximum(prices, 0.0), prices)
        right = np.where(np.isposinf(self.upper), np.minimum(right, 0.0), right)
        limits = np.where(right > 0, self.upper, self.lower)
        used = right != 0
        earned, kinds = np.maximum(self.reduced(right), 0.0), len(KINDS)
        group, groups = self.case * kinds + self.kind, kinds * (int(self.case.max(initial=-1)) + 1)
        best = np.zeros(groups)
        np.maximum.at(best, group, earned)
        most = np.tile(np.array(SEATS_OF_TEAM, dtype=np.float64), groups // kinds) * best
        least = np.minimum(most, np.bincount(group, weights=earned, minlength=groups))
        return float(right[used] @ limits[used] + least.sum()) + self.leeway.worth(right)


class Rows:
    """Collects the rows of a program, family by family; a family's keys are its cases, persons or pairs of them."""

    def __init__(self) -> None:
        self._rows: list[Ints] = []
        self._columns: list[Ints] = []
        self._values: list[Floats] = []
        self._upper: list[Floats] = []
        self._least: list[Floats] = []
        self._leeway: list[tuple[Ints, Floats, Floats]] = [(no_ints(), no_floats(), no_floats())]
        self.count = 0

    def capacity(self, keys: Ints, columns: Ints, values: Floats, upper: Floats) -> Ints:
        """Rows ``sum of values <= upper[key]`` where that can bind at all; gives each key its row or -1."""
        total = np.bincount(keys, weights=values, minlength=len(upper))
        binding = (total > upper)[keys]
        used = self.link(keys[binding], columns[binding], values[binding], upper=upper)
        return self._rows_of(used, len(upper))

    def link(
        self, keys: Ints, columns: Ints, values: Floats, *, upper: Floats | None = None, equal: bool = False
    ) -> Ints:
        """Rows ``sum of values <= upper[key]`` (0 where not given), or equal to it; returns the keys in order."""
        used = self._add(keys, columns, values)
        most = np.zeros(len(used)) if upper is None else upper[used].astype(np.float64)
        self._least.append(most if equal else np.full(len(used), -np.inf))
        self._upper.append(most)
        return used

    def at_least(self, keys: Ints, columns: Ints, values: Floats, lower: Floats) -> Ints:
        """Rows ``sum of values >= lower[key]``; gives each key its row or -1."""
        used = self._add(keys, columns, values)
        self._least.append(lower[used].astype(np.float64))
        self._upper.append(np.full(len(used), np.inf))
        return self._rows_of(used, len(lower))

    def soften(self, rows: Ints, width: Floats, cost: Floats) -> None:
        """Let rows be overstepped by so much, at this cost a unit; a row may be given several steps."""
        self._leeway.append((rows, width, cost))

    def _add(self, keys: Ints, columns: Ints, values: Floats) -> Ints:
        used, inverse = np.unique(keys, return_inverse=True)
        self._rows.append(inverse.reshape(-1).astype(np.int64) + self.count)
        self._columns.append(columns)
        self._values.append(values)
        self.count += len(used)
        return used

    def _rows_of(self, used: Ints, keys: int) -> Ints:
        """The row of each key that was used last, -1 for the others."""
        row_of = np.full(keys, -1, dtype=np.int64)
        row_of[used] = np.arange(self.count - len(used), self.count)
        return row_of

    def program(
        self,
        *,
        score: Floats,
        kind: Ints,
        pair: Ints,
        case: Ints,
        person: Ints,
        rows: dict[str, Ints],
        personal: Bools,
    ) -> Program:
        """Put the collected rows together."""
        row, column, value = np.concatenate(self._rows), np.concatenate(self._columns), np.concatenate(self._values)
        order = np.lexsort((row, column))
        steps = [np.concatenate(parts) for parts in zip(*self._leeway, strict=True)]
        counts = np.bincount(column, minlength=len(score))
        return Program(
            score=score,
            start=np.concatenate(([0], np.cumsum(counts))),
            row=row[order],
            value=value[order],
            lower=np.concatenate(self._least),
            upper=np.concatenate(self._upper),
            kind=kind,
            pair=pair,
            case=case,
            person=person,
            rows=rows,
            personal=personal,
            leeway=Leeway.of(*steps),
        )
