"""The optimiser behind a narrow door: a growing linear program, and a binary program over some columns."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
from highspy._core import _Highs  # the public class prints a banner as it is made, which would spoil --json

from core.model.plans.columns import Floats, Ints
from matching.problem import SolverFailed
from matching.solving.effort import Effort
from matching.solving.program import Program

THREADS: Final = 1
"""More threads would be faster on large programs, at the price of answers that depend on the machine."""
PARTLY: Final = 0.49
"""How far from one half a value may be that counts as in part."""
_PADDING: Final = -1
_LEEWAY: Final = -2
_PROVED: Final = highspy.HighsModelStatus.kOptimal
_STOPPED: Final = frozenset(
    {
        highspy.HighsModelStatus.kTimeLimit,
        highspy.HighsModelStatus.kInterrupt,
        highspy.HighsModelStatus.kSolutionLimit,
        highspy.HighsModelStatus.kObjectiveTarget,
        highspy.HighsModelStatus.kIterationLimit,
    }
)


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


@dataclass(frozen=True, slots=True)
class Choice:
    """What a binary program came to: chosen columns (None where it found none) and a bound over its columns."""

    chosen: Ints | None
    bound: float


class LinearProgram:
    """The linear relaxation over a growing set of a program's columns, solved again from its last basis."""

    def __init__(self, program: Program, seed: int) -> None:
        self._program, self._highs = program, _quiet(seed)
        self.columns = np.empty(0, dtype=np.int64)
        rows, none = len(program.upper), np.empty(0)
        _sure(
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
            _sure(
                self._highs.addRow(*limits, len(inside), inside.astype(np.int32), values),
                "it refused a row",
            )
            self._pad(row)
        moved = (program.lower[:known] != before.lower) | (program.upper[:known] != before.upper)
        for row in np.flatnonzero(moved).tolist():
            self._highs.changeRowBounds(row, program.lower[row], program.upper[row])

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
        _sure(status, "it refused some columns")
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
        _sure(status, "it refused the leeway")
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
        _sure(status, "it refused to hold some prices")
        self.columns = np.append(self.columns, np.full(len(cost), _PADDING))

    def _pad(self, row: int) -> None:
        """Let a row be met by something worse than any column, where the columns so far cannot meet it."""
        worse = -10.0 * float(np.abs(self._program.score).max(initial=1.0))
        one = np.array([row], dtype=np.int32), np.array([-1.0 if self._program.upper[row] < 0.0 else 1.0])
        _sure(self._highs.addCol(worse, 0.0, np.inf, 1, *one), "it refused a column")
        self.columns = np.append(self.columns, _PADDING)

    def solve(self, seconds: float) -> Relaxation | None:
        """Solve within the time given, or return None when that is not enough."""
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(seconds, 0.0))
        _sure(self._highs.run(), "the linear program ended in an error")
        status = self._highs.getModelStatus()
        if status in _STOPPED:
            return None
        if status != _PROVED:
            raise SolverFailed(_failed(f"the linear program is {self._highs.modelStatusToString(status)}"))
        solution = self._highs.getSolution()
        values, real = np.array(solution.col_value), self.columns >= 0
        return Relaxation(
            columns=self.columns[real],
            values=values[real],
            padded=bool((values[self.columns == _PADDING] > 1e-9).any()),
            prices=np.array(solution.row_dual),
            objective=self._highs.getInfo().objective_function_value,
        )

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


def choose(
    program: Program,
    columns: Ints,
    effort: Effort,
    *,
    start: Ints,
    improved: Callable[[float, float], None],
) -> Choice:
    """Solve the binary program over some columns, from a feasible start.

    ``improved`` hears of value and bound from time to time; whether to stop is asked as often.
    """
    highs = _quiet(effort.seed)
    _load(highs, program, columns)
    _begin(highs, program, columns, start)
    options = {"mip_rel_gap": 1e-9, "mip_abs_gap": 1e-6, "time_limit": max(effort.left, 0.0)}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    _watch(highs, effort.stop, improved)
    _sure(highs.run(), "the binary program ended in an error")
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Choice(chosen=None, bound=-np.inf)
    if status != _PROVED and status not in _STOPPED:
        raise SolverFailed(_failed(f"the binary program is {highs.modelStatusToString(status)}"))
    return _outcome(highs, columns)


def most_broken(points: Floats, at: Floats) -> Floats:
    """Of the weights >= 0 that come to 1 at most in every point (a row), those that come to most ``at`` another one."""
    highs, (rows, columns) = _quiet(0), points.shape
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_, model.sense_ = at, highspy.ObjSense.kMaximize
    model.col_lower_, model.col_upper_ = np.zeros(columns), np.full(columns, np.inf)
    model.row_lower_, model.row_upper_ = np.full(rows, -np.inf), np.ones(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.arange(0, points.size + 1, columns, dtype=np.int32)
    model.a_matrix_.index_ = np.tile(np.arange(columns, dtype=np.int32), rows)
    model.a_matrix_.value_ = points.reshape(-1)
    _sure(highs.passModel(model), "it refused the loads of a person")
    _sure(highs.run(), "the loads of a person ended in an error")
    weights: Floats = np.maximum(np.array(highs.getSolution().col_value), 0.0)
    return weights


def _load(highs: Any, program: Program, columns: Ints) -> None:
    begin, row, value = program.entries(columns)
    steps, whole = program.leeway, len(columns)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = whole + steps.n, len(program.upper)
    model.col_cost_ = np.append(program.score[columns], -steps.cost)
    model.col_lower_, model.col_upper_ = np.zeros(whole + steps.n), np.append(np.ones(whole), steps.width)
    model.row_lower_, model.row_upper_ = program.lower, program.upper
    model.sense_ = highspy.ObjSense.kMaximize
    model.integrality_ = [highspy.HighsVarType.kInteger] * whole + [highspy.HighsVarType.kContinuous] * steps.n
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.append(begin, begin[-1] + 1 + np.arange(steps.n)).astype(np.int32)
    model.a_matrix_.index_ = np.append(row, steps.row).astype(np.int32)
    model.a_matrix_.value_ = np.append(value, program.easing())
    _sure(highs.passModel(model), "it refused the binary program")


def _begin(highs: Any, program: Program, columns: Ints, start: Ints) -> None:
    solution = highspy.HighsSolution()
    taken = program.leeway.taken(program.over(start))
    solution.col_value = np.append(np.isin(columns, start).astype(np.float64), taken)
    highs.setSolution(solution)


def _watch(highs: Any, stop: Callable[[], bool], improved: Callable[[float, float], None]) -> None:
    told = time.monotonic()

    def heard(kind: Any, message: str, told_of: Any, answer: Any, data: Any) -> None:
        nonlocal told
        if stop():
            answer.user_interrupt = True
        elif time.monotonic() - told >= 0.5:
            told = time.monotonic()
            improved(told_of.mip_primal_bound, told_of.mip_dual_bound)

    highs.setCallback(heard, None)
    highs.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)


def _outcome(highs: Any, columns: Ints) -> Choice:
    info, solution = highs.getInfo(), highs.getSolution()
    bound = float(info.mip_dual_bound)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    chosen = columns[np.array(solution.col_value)[: len(columns)] > 0.5] if found else None
    return Choice(chosen=chosen, bound=bound if np.isfinite(bound) else np.inf)


def _quiet(seed: int) -> Any:
    highs = _Highs()
    options = {"output_flag": False, "threads": THREADS, "random_seed": seed % 2_147_483_647}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def _sure(status: Any, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverFailed(_failed(what))


def _failed(what: str) -> str:
    return f"The optimiser failed: {what}. No pairs were chosen; run again with another seed or fewer cases."
