"""The linear relaxation of a program over a growing set of its columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.problem import SolverFailed
from matching.solving.highs import PROVED, STOPPED, failed, quiet, sure
from matching.solving.program import Program

PARTLY: Final = 0.49
"""How far from one half a value may be that counts as in part."""
MANY: Final = 0.2
"""Where this share of the columns is new, the dual simplex is the faster one for them, too."""
Mark = highspy.HighsBasis
"""Where the solution of a linear program stood."""
_DUAL, _PRIMAL = 1, 4
_PADDING: Final = -1
_LEEWAY: Final = -2


@dataclass(frozen=True, slots=True)
class Relaxation:
    """An optimum of the linear program over the columns in it: their values and the prices of all rows.

    ``padded`` where the columns in it did not suffice for all rows, or prices had to be held.
    """

    columns: Ints
    values: Floats
    padded: bool
    prices: Floats
    objective: float


class LinearProgram:
    """The linear relaxation over a growing set of a program's columns, solved again from its last basis.

    After columns were let in that basis is still feasible, after rows were its prices are: the primal and the dual
    simplex go on from there. The other one of the two would begin nearly anew.
    """

    def __init__(self, program: Program, seed: int) -> None:
        self._program, self._highs = program, quiet(seed)
        self.columns = np.empty(0, dtype=np.int64)
        self._feasible = False
        rows, none = len(program.upper), np.empty(0)
        sure(
            self._highs.addRows(
                rows, program.lower, program.upper, 0, np.zeros(rows, np.int32), none.astype(np.int32), none
            ),
            "it refused the rows",
        )
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._loosen(program)
        for row in np.flatnonzero(program.lower > 0.0).tolist():
            self._pad(row)

    def follow(self, program: Program) -> None:
        """Go on with a program that has the same columns, and the same rows with other limits or more of them."""
        before, self._program = self._program, program
        known = len(before.upper)
        for row in range(known, len(program.upper)):
            columns, values = program.entries_of(row)
            dense = np.zeros(program.columns)
            dense[columns] = values
            inside = np.flatnonzero((self.columns >= 0) & (dense[self.columns] != 0))
            limits, values = (program.lower[row], program.upper[row]), dense[self.columns[inside]]
            sure(
                self._highs.addRow(*limits, len(inside), inside.astype(np.int32), values),
                "it refused a row",
            )
            self._pad(row)
        moved = (program.lower[:known] != before.lower) | (program.upper[:known] != before.upper)
        for row in np.flatnonzero(moved).tolist():
            self._highs.changeRowBounds(row, program.lower[row], program.upper[row])
        self._feasible &= known == len(program.upper) and not moved.any()

    def add(self, columns: Ints) -> None:
        """Let more columns take part."""
        start, row, value = self._program.entries(columns)
        zeros, ones = np.zeros(len(columns)), np.ones(len(columns))
        status = self._highs.addCols(
            len(columns),
            self._program.score[columns],
            zeros,
            ones,
            len(row),
            start[:-1].astype(np.int32),
            row.astype(np.int32),
            value,
        )
        sure(status, "it refused some columns")
        self._feasible &= len(columns) <= MANY * len(self.columns)
        self.columns = np.concatenate((self.columns, columns))

    def _loosen(self, program: Program) -> None:
        """The columns by which rows with leeway are overstepped."""
        steps = program.leeway
        if not steps.n:
            return
        status = self._highs.addCols(
            steps.n, -steps.cost, np.zeros(steps.n), steps.width, steps.n, np.arange(steps.n, dtype=np.int32),
            steps.row.astype(np.int32), program.easing(),
        )  # fmt: skip
        sure(status, "it refused the leeway")
        self.columns = np.append(self.columns, np.full(steps.n, _LEEWAY))

    def hold(self, rows: Ints, prices: Floats, width: float) -> None:
        """Keep the prices of some capacities within a width: more may be had above it, and is paid for below it.

        Where that is made use of, the relaxation is ``padded``.
        """
        sold = np.flatnonzero(prices > width)
        cost = np.concatenate((-(prices + width), prices[sold] - width))
        sign = np.repeat((-1.0, 1.0), (len(rows), len(sold)))
        status = self._highs.addCols(
            len(cost), cost, np.zeros(len(cost)), np.full(len(cost), np.inf), len(cost),
            np.arange(len(cost), dtype=np.int32), np.concatenate((rows, rows[sold])).astype(np.int32), sign,
        )  # fmt: skip
        sure(status, "it refused to hold some prices")
        self.columns = np.append(self.columns, np.full(len(cost), _PADDING))

    def _pad(self, row: int) -> None:
        """Let a row be met by something worse than any column, where the columns so far cannot meet it."""
        worse = -10.0 * float(np.abs(self._program.score).max(initial=1.0))
        one = np.array([row], dtype=np.int32), np.array([-1.0 if self._program.upper[row] < 0.0 else 1.0])
        sure(self._highs.addCol(worse, 0.0, np.inf, 1, *one), "it refused a column")
        self.columns = np.append(self.columns, _PADDING)

    def solve(self, seconds: float) -> Relaxation | None:
        """Solve within the time given, or return None when that is not enough."""
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(seconds, 0.0))
        self._highs.setOptionValue("simplex_strategy", _PRIMAL if self._feasible else _DUAL)
        sure(self._highs.run(), "the linear program ended in an error")
        status = self._highs.getModelStatus()
        self._feasible = status == PROVED
        if status in STOPPED:
            return None
        if status != PROVED:
            raise SolverFailed(failed(f"the linear program is {self._highs.modelStatusToString(status)}"))
        solution = self._highs.getSolution()
        values, real = np.array(solution.col_value), self.columns >= 0
        return Relaxation(
            columns=self.columns[real],
            values=values[real],
            padded=bool((values[self.columns == _PADDING] > 1e-9).any()),
            prices=np.array(solution.row_dual),
            objective=self._highs.getInfo().objective_function_value,
        )

    def mark(self) -> Mark:
        """Where the last solution stands, to go ``back`` to."""
        mark: Mark = self._highs.getBasis()
        return mark

    def back(self, mark: Mark) -> None:
        """Go on from an earlier solution, within wider limits than those to come, not from the last one."""
        columns, rows = list(mark.col_status), list(mark.row_status)
        basis = highspy.HighsBasis()
        basis.col_status = columns + [highspy.HighsBasisStatus.kLower] * (len(self.columns) - len(columns))
        basis.row_status = rows + [highspy.HighsBasisStatus.kBasic] * (len(self._program.upper) - len(rows))
        basis.valid, self._feasible = True, False
        sure(self._highs.setBasis(basis), "it refused to go back")

    def tableau(self, most: int) -> Iterator[tuple[Ints, Floats]]:
        """For up to ``most`` columns that the last solution has in part, those near one half first: the rows that
        make up the column's row of the simplex tableau, and their weights.
        """
        values, basic = np.array(self._highs.getSolution().col_value), self._highs.getBasicVariables()[1]
        columns = np.append(values, 0.0)[np.maximum(basic, -1)]
        away = np.where(basic >= 0, np.abs(columns - np.floor(columns) - 0.5), 0.5)
        order = np.argsort(away, kind="stable")
        for place in order[away[order] < PARTLY][:most].tolist():
            _, weights, filled, rows = self._highs.getBasisInverseRowSparse(place)
            rows = np.sort(rows[:filled])
            rows = rows[np.abs(weights[rows]) > 1e-9]
            yield rows, weights[rows]
