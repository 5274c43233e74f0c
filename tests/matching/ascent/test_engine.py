"""The engine for many cases, behind the same door as the exact one."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings

from matching import solver
from matching.problem import Problem
from matching.solver import solve
from tests.matching.brute_force import best_value, is_feasible
from tests.matching.small import crowd, problems, shared, tiered

MANY = settings(max_examples=40, deadline=None, derandomize=True)


@pytest.fixture(scope="module", autouse=True)
def _everything_is_many() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "MANY", 0)
        patch.setattr(solver, "MANY_PAIRS", 0)
        yield


@MANY
@given(tiered(shared(problems())))
def test_every_solution_is_feasible_and_nothing_lies_above_its_bound(problem: Problem) -> None:
    solution, best = solve(problem), best_value(problem)
    assert is_feasible(problem, solution.chosen)
    assert solution.objective == pytest.approx(problem.objective(solution.chosen))
    assert solution.objective <= best + 1e-6
    assert solution.bound >= best - 1e-6
    assert solution.tiers == problem.served_by_tier(solution.chosen)
    assert solution.status != "optimal" or solution.objective == pytest.approx(best, rel=2e-6, abs=1e-5)


@pytest.mark.parametrize("hours", [False, True])
def test_large_crowds_are_served_nearly_as_well_as_can_be(hours: bool) -> None:
    solution = solve(crowd(300, 150, 1, hours=hours))
    assert solution.gap < (0.05 if hours else 0.01)


def test_worths_are_scores_less_what_a_pair_takes_of_its_person() -> None:
    problem = crowd(30, 20, 4)
    solution = solve(problem)
    taken = problem.attorneys.score - solution.attorney_worth
    assert taken == pytest.approx(solution.prices.places[problem.attorneys.person])


def test_where_nobody_can_take_any_case_the_solution_is_empty() -> None:
    problem = crowd(5, 3, 1)
    idle = Problem(
        type(problem.people)(np.zeros(3, int), np.zeros(3, int), problem.people.hours, problem.people.speaks),
        problem.cases,
        problem.attorneys,
    )
    solution = solve(idle)
    assert (solution.status, solution.objective, solution.gap) == ("empty", 0.0, 0.0)
