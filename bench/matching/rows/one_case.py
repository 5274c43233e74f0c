"""One case changed: solving again from the last solution, against a full run of the changed problem."""

from dataclasses import replace
from typing import Any, Final

import msgspec
import numpy as np

from bench.apart import Spent, Watch, apart
from bench.check import faults
from bench.matching.goals import SMALL, Goal, Measured, Plan, Row
from bench.matching.lab import Lab
from bench.matching.trials import SEED
from bench.matching.waitlists import Waitlist
from matching.last import Last
from matching.problem import Problem, Solution
from matching.solver import solve

MORE_URGENT: Final = 8_000.0
"""Points that a case without a date gains which is urgent from now on (``plugins.scorers.priority``)."""


class Changing(msgspec.Struct, frozen=True):
    """Which waitlist, and the seconds of each solve."""

    waitlist: Waitlist
    seconds: float


class Changed(msgspec.Struct, frozen=True):
    """What a full run and a run from the last solution took, and the value of the second over that of the first."""

    full: Spent
    again: Spent
    value: float
    faults: list[str]


def measure(lab: Lab, plan: Plan) -> Measured:
    """Both runs solve the changed problem; neither has seen it before."""
    found = [apart(change, Changing(one, lab.limits.ours)) for one in plan.waitlists(SMALL)]
    pairs = [(one.again.processor, one.full.processor) for one in found]
    return Measured(
        [
            Goal("processor time / full run", [again / full for again, full in pairs], 1 / 10),
            Goal("value / full run", [one.value for one in found], 1 - 1e-6, least=True, form=".7f"),
        ],
        notes=[f"seconds of processor: {again:.2f} of {full:.1f}" for again, full in pairs],
        faults=[fault for one in found for fault in one.faults],
    )


def change(order: Changing) -> Changed:
    """Solve, make a case that waits without a team more urgent, solve that anew, and from the last solution."""
    problem = order.waitlist.candidates().problem
    limits: dict[str, Any] = {"seed": SEED, "time_limit": order.seconds}
    first = solve(problem, **limits)
    changed = more_urgent(problem, first, order.waitlist.seed)
    watch = Watch()
    full = solve(changed, **limits)
    spent = watch.spent()
    watch = Watch()
    again = solve(changed, **limits, last=Last.of(problem, first))
    quick = watch.spent()
    wrong = [*faults(changed, full.chosen), *faults(changed, again.chosen)]
    return Changed(spent, quick, again.objective / max(1.0, full.objective), wrong)


def more_urgent(problem: Problem, solution: Solution, seed: int) -> Problem:
    """The same problem with one case urgent that was not, and had no team, if there is such a one with candidates."""
    x = problem.attorneys
    waiting = np.setdiff1d(x.case, x.case[solution.attorneys])
    waiting = waiting[problem.cases.tiers()[waiting] == 0]
    case = np.random.default_rng(seed).choice(waiting if len(waiting) else np.unique(x.case))
    score = np.where(x.case == case, x.score + MORE_URGENT, x.score)
    tier = np.where(np.arange(problem.cases.n) == case, 1, problem.cases.tiers())
    return replace(problem, cases=replace(problem.cases, tier=tier), attorneys=replace(x, score=score))


ROW = Row("onecase", f"{SMALL}, solved again after one case changed", measure)
