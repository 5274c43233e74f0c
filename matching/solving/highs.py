"""The optimiser behind a narrow door: how one is made, and a binary program over some columns."""

import time
from collections.abc import Callable
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
PROVED: Final = highspy.HighsModelStatus.kOptimal
STOPPED: Final = frozenset(
    {
        highspy.HighsModelStatus.kTimeLimit,
        highspy.HighsModelStatus.kInterrupt,
        highspy.HighsModelStatus.kSolutionLimit,
        highspy.HighsModelStatus.kObjectiveTarget,
        highspy.HighsModelStatus.kIterationLimit,
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a binary program came to: chosen columns (None where it found none) and a bound over its columns."""

    chosen: Ints | None
    bound: float


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
    highs = quiet(effort.seed)
    _load(highs, program, columns)
    _begin(highs, program, columns, start)
    options = {"mip_rel_gap": 1e-9, "mip_abs_gap": 1e-6, "time_limit": max(effort.left, 0.0)}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    _watch(highs, effort.stop, improved)
    sure(highs.run(), "the binary program ended in an error")
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Choice(chosen=None, bound=-np.inf)
    if status != PROVED and status not in STOPPED:
        raise SolverFailed(failed(f"the binary program is {highs.modelStatusToString(status)}"))
    return _outcome(highs, columns)


def most_broken(points: Floats, at: Floats) -> Floats:
    """Of the weights >= 0 that come to 1 at most in every point (a row), those that come to most ``at`` another one."""
    highs, (rows, columns) = quiet(0), points.shape
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_, model.sense_ = at, highspy.ObjSense.kMaximize
    model.col_lower_, model.col_upper_ = np.zeros(columns), np.full(columns, np.inf)
    model.row_lower_, model.row_upper_ = np.full(rows, -np.inf), np.ones(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.arange(0, points.size + 1, columns, dtype=np.int32)
    model.a_matrix_.index_ = np.tile(np.arange(columns, dtype=np.int32), rows)
    model.a_matrix_.value_ = points.reshape(-1)
    sure(highs.passModel(model), "it refused the loads of a person")
    sure(highs.run(), "the loads of a person ended in an error")
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
    sure(highs.passModel(model), "it refused the binary program")


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


def quiet(seed: int) -> Any:
    """An optimiser that says nothing."""
    highs = _Highs()
    options = {"output_flag": False, "threads": THREADS, "random_seed": seed % 2_147_483_647}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def sure(status: Any, what: str) -> None:
    """Raise SolverFailed where the optimiser refused something."""
    if status == highspy.HighsStatus.kError:
        raise SolverFailed(failed(what))


def failed(what: str) -> str:
    """What to tell of an optimiser that failed."""
    return f"The optimiser failed: {what}. No pairs were chosen; run again with another seed or fewer cases."
