"""Problem in, solution out."""

import time
from collections.abc import Callable
from typing import Final

import numpy as np

from core.model.plans.columns import Floats
from matching.ascent.engine import solve_again, solve_many
from matching.ascent.leading import lead
from matching.last import Last
from matching.pairs import KINDS
from matching.problem import OPTIMAL_GAP, Problem, Solution, relative_gap
from matching.solving.duals import given_back, prices_from
from matching.solving.effort import Effort, Report, silent
from matching.solving.formulation import formulate
from matching.solving.program import Program
from matching.solving.tiers import Ordered, Tiers

MANY: Final = 3000
MANY_PAIRS: Final = 500_000
"""More cases, with more pairs, are not solved as one program any more, but by prices alone (``ascent``)."""

LED: Final = 60_000
"""With more pairs than this that teams can have, prices of persons lead the way to the program's optimum."""


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit: float = 120.0,
    report: Report = silent,
    stop: Callable[[], bool] = lambda: False,
    last: Last | None = None,
) -> Solution:
    """Choose the best pairs, within ``time_limit`` seconds or until ``stop`` says so.

    Best are those that serve as many cases as can be of tier 1, then of tier 2 and so on, and of these the ones with
    the greatest objective. For more than ``MANY`` cases with more than ``MANY_PAIRS`` tiers count by
    their points alone.

    ``last`` is an earlier solution of a problem that was nearly this one. With more than ``LED`` pairs, and where
    nobody counts hours, the answer is that one made better where something changed: soon found, and hardly ever
    proved. Fewer pairs are solved anew.

    ``report`` hears the stage in words, how far it is, of how far, and the gap once there is one. The same problem
    and seed give the same solution unless the time limit cut the search short. Raises SolverFailed.
    """
    begun, effort = time.monotonic(), Effort.of(time_limit, seed=seed, report=report, stop=stop)
    if last is not None and problem.pairs > LED and not np.isfinite(problem.people.hours).any():
        return solve_again(problem, last, effort)
    if problem.cases.n > MANY and problem.pairs > MANY_PAIRS:
        return solve_many(problem, effort)
    program = formulate(problem)
    known = lead(problem, program, effort) if program.columns > LED else None
    ordered = Tiers(problem, program, effort).in_order(known)
    return _solution(problem, ordered, given_back(ordered, effort), begun)


def _solution(problem: Problem, ordered: Ordered, given: Floats, begun: float) -> Solution:
    proof = ordered.proof
    program = proof.program
    chosen = tuple(program.pairs_of(proof.chosen, kind) for kind in range(len(KINDS)))
    objective = problem.objective(chosen)
    # A floor of which no case can have a team is not in the program: it costs the same whatever is chosen.
    settled = objective - program.objective(proof.chosen)
    bound = max(proof.bound + settled, objective)
    gap = relative_gap(objective, bound)
    status = "optimal" if gap <= OPTIMAL_GAP and ordered.settled else "feasible"
    prices = proof.priced.prices
    return Solution.of(
        problem,
        chosen,
        prices_from(program, prices, ordered.rows),
        [_worth(program, prices, kind, pairs.score) for kind, pairs in enumerate(problem.tables)],
        status=status if program.columns else "empty",
        objective=objective,
        bound=bound,
        gap=gap,
        seconds=time.monotonic() - begun,
        given_back=given,
    )


def _worth(program: Program, prices: Floats, kind: int, score: Floats) -> Floats:
    worth, columns = score.copy(), np.flatnonzero(program.kind == kind)
    worth[program.pair[columns]] = program.worth(prices)[columns]
    return worth
