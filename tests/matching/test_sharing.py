"""Floors for groups of cases, and load that rises place by place: optimal, priced, and never in the way of a run."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from bench import check
from bench.bound import bound_from
from matching.problem import (
    AttorneyPairs,
    Cases,
    Floors,
    Load,
    Negative,
    NotFinite,
    OutOfRange,
    People,
    Problem,
    Solution,
)
from matching.solver import solve
from matching.solving import proving
from tests.matching.brute_force import best_value
from tests.matching.small import crowd, problems, shared

MANY = settings(max_examples=300, deadline=None, derandomize=True)
SOME = settings(max_examples=100, deadline=None, derandomize=True)


@MANY
@given(shared(problems()))
def test_with_floors_and_load_too_the_solution_is_the_best_of_all_combinations(problem: Problem) -> None:
    solution = solve(problem)
    assert solution.objective == pytest.approx(best_value(problem), abs=1e-6)
    assert solution.status in ("optimal", "empty")
    assert solution.bound >= solution.objective


@SOME
@given(shared(problems()))
def test_splitting_alone_proves_the_same_optimum_with_floors_and_load(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "WIDEST", 0)
        split = solve(problem)
    assert split.objective == pytest.approx(best_value(problem), abs=1e-6)
    assert split.status in ("optimal", "empty")


@SOME
@given(shared(problems()))
def test_somebody_who_shares_no_code_with_the_solver_finds_the_same_value_and_a_bound_above_it(
    problem: Problem,
) -> None:
    solution = solve(problem)
    assert check.faults(problem, solution.chosen) == []
    assert check.value(problem, solution.chosen) == pytest.approx(solution.objective, abs=1e-6)
    assert bound_from(problem, solution.prices) >= best_value(problem) - 1e-6


@SOME
@given(shared(problems()))
def test_even_a_run_that_is_cancelled_at_once_bounds_the_best_from_above(problem: Problem) -> None:
    cancelled = solve(problem, stop=lambda: True)
    assert cancelled.objective <= best_value(problem) + 1e-6
    assert cancelled.bound >= best_value(problem) - 1e-6


def rivals(wanted: int, points: float, *, places: int = 2) -> Problem:
    """One attorney of so many places; two cases worth 90 and 80, and two of a group, worth 50 and 30."""
    return Problem(
        People(np.array([places]), np.array([0]), np.array([np.inf]), np.ones((1, 1), bool)),
        Cases(np.ones(4), np.zeros(4)),
        AttorneyPairs(
            np.arange(4), np.zeros(4, int), np.array([90.0, 80.0, 50.0, 30.0]), np.ones(4, bool), np.zeros(4, bool)
        ),
        floors=Floors(np.array([[False, False, True, True]]), np.array([wanted]), np.array([points])),
    )


def served(problem: Problem, solution: Solution) -> list[int]:
    return [int(case) for case in problem.served(solution.chosen)]


@pytest.mark.parametrize(
    ("wanted", "points", "cases", "missing", "price", "objective"),
    [
        (0, 100.0, [0, 1], 0, 0.0, 170.0),
        (1, 29.0, [0, 1], 1, 29.0, 141.0),
        (1, 31.0, [0, 2], 0, 30.0, 140.0),
        (2, 31.0, [0, 2], 1, 31.0, 109.0),
        (2, 61.0, [2, 3], 0, 60.0, 80.0),
        (2, 1e6, [2, 3], 0, 60.0, 80.0),
    ],
)
def test_a_floor_displaces_whoever_is_worth_less_than_its_points_and_tells_what_it_costs(
    wanted: int, points: float, cases: list[int], missing: int, price: float, objective: float
) -> None:
    problem = rivals(wanted, points)
    solution = solve(problem)
    assert served(problem, solution) == cases
    assert (solution.status, solution.objective, solution.missing.tolist()) == ("optimal", objective, [missing])
    assert solution.given_back[0] == pytest.approx(price)
    assert price - 1e-6 <= solution.prices.floors[0] <= points


def test_the_price_of_a_floor_is_what_one_case_less_in_it_gives_back() -> None:
    problem = crowd(40, 12, 5)
    group = np.arange(40) % 3 == 0
    wanted = len(np.intersect1d(np.flatnonzero(group), problem.served(solve(problem).chosen))) + 3
    floored, less = (
        replace(problem, floors=Floors(group[None], np.array([number]), np.array([5000.0])))
        for number in (wanted, wanted - 1)
    )
    strict, easier = solve(floored), solve(less)
    gained = easier.objective - strict.objective
    assert strict.missing.tolist() == [0]
    assert gained > 0
    assert strict.given_back[0] == pytest.approx(gained)
    assert gained <= strict.prices.floors[0] + 1e-6


def test_a_floor_that_nobody_can_reach_costs_its_points_and_leaves_the_run_as_it_is() -> None:
    problem = rivals(3, 7.0)
    beyond_reach = replace(problem, floors=Floors(np.zeros((1, 4), bool), np.array([3]), np.array([7.0])))
    solution = solve(beyond_reach)
    assert (solution.status, solution.objective, solution.missing.tolist()) == ("optimal", 170.0 - 21.0, [3])
    assert served(problem, solution) == [0, 1]


def two_alike(step: float) -> Problem:
    """Two attorneys of three places, the first a little better for each of four cases."""
    case, person = np.repeat(np.arange(4), 2), np.tile([0, 1], 4)
    return Problem(
        People(np.array([3, 3]), np.zeros(2, int), np.full(2, np.inf), np.ones((2, 1), bool)),
        Cases(np.ones(4), np.zeros(4)),
        AttorneyPairs(case, person, np.where(person == 0, 101.0, 100.0), np.ones(8, bool), np.zeros(8, bool)),
        load=Load(np.full(2, step), np.zeros(2)),
    )


@pytest.mark.parametrize(("step", "places"), [(0.0, [3, 1]), (0.4, [3, 1]), (2.0, [2, 2])])
def test_of_people_who_are_about_as_good_the_one_with_less_to_do_is_chosen(step: float, places: list[int]) -> None:
    problem = two_alike(step)
    chosen = problem.attorneys.person[solve(problem).attorneys]
    assert np.bincount(chosen, minlength=2).tolist() == places


def test_load_never_keeps_a_case_waiting_that_is_worth_more_than_the_last_place_costs() -> None:
    solution = solve(replace(two_alike(30.0), people=replace(two_alike(0.0).people, places=np.array([4, 0]))))
    assert solution.objective == pytest.approx(4 * 101.0 - 30.0 - 60.0 - 90.0)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"floors": Floors(np.ones((1, 3), bool), np.array([1]), np.array([5.0]))}, OutOfRange),
        ({"floors": Floors(np.ones((1, 4), bool), np.array([1, 2]), np.array([5.0]))}, OutOfRange),
        ({"floors": Floors(np.ones((1, 4), bool), np.array([1]), np.array([-5.0]))}, Negative),
        ({"floors": Floors(np.ones((1, 4), bool), np.array([1]), np.array([np.nan]))}, NotFinite),
        ({"load": Load(np.array([1.0]), np.zeros(2))}, OutOfRange),
        ({"load": Load(np.array([-1.0, 0.0]), np.zeros(2))}, Negative),
    ],
)
def test_floors_and_load_that_make_no_sense_are_refused_by_name(change: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        replace(two_alike(0.0), **change)  # type: ignore[arg-type]  # -- one field at a time
