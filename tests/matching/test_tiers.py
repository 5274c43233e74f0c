"""Urgency by construction: no number of points serves a case at the cost of one of a tier above."""

from dataclasses import replace

import highspy
import numpy as np
import pytest
from highspy._core import _Highs
from hypothesis import given, settings

from matching.problem import AttorneyPairs, Cases, Legs, MentorPairs, Negative, OutOfRange, People, Problem, Solution
from matching.solver import solve
from tests.matching.brute_force import best_in_order
from tests.matching.small import crowd, problems, shared, tiered

MANY = settings(max_examples=300, deadline=None, derandomize=True)


def in_order(problem: Problem, solution: Solution) -> tuple[int, int, float]:
    tiers = problem.cases.tiers()[problem.served(solution.chosen)]
    return int((tiers == 1).sum()), int((tiers == 2).sum()), solution.objective


@MANY
@given(tiered(shared(problems())))
def test_the_solution_is_the_best_of_all_combinations_tier_by_tier_and_then_by_points(problem: Problem) -> None:
    solution, best = solve(problem), best_in_order(problem)
    assert in_order(problem, solution) == pytest.approx(best, abs=1e-6)
    assert solution.status in ("optimal", "empty")
    assert solution.bound >= solution.objective


def one_team_or_four(tiers: list[int]) -> Problem:
    """One case worth 9,000 points that takes four people; four worth 3,000, for each of whom one of them suffices."""
    legs = Legs(
        np.zeros(2, int), np.array([1, 2]), np.array([1, 2]), np.array([2, 0]), np.array([False, True]), -np.ones(2)
    )
    return Problem(
        People(np.ones(4, int), np.array([0, 0, 0, 1]), np.full(4, np.inf), np.tile([True, False, False], (4, 1))),
        Cases(np.ones(5), np.zeros(5), np.array(tiers)),
        AttorneyPairs(
            np.array([0, 1, 2, 3, 4]),
            np.array([0, 0, 1, 2, 3]),
            np.array([9000.0, 3000.0, 3000.0, 3000.0, 2500.0]),
            np.arange(5) > 0,
            np.arange(5) == 0,
        ),
        legs,
        MentorPairs(np.array([0]), np.array([3]), np.array([-1.0])),
    )


@pytest.mark.parametrize(
    ("tiers", "cases", "price"),
    [([0, 0, 0, 0, 0], [1, 2, 3, 4], None), ([1, 2, 2, 2, 0], [0, 4], 2.0), ([1, 2, 2, 2, 2], [0, 4], 2.0)],
)
def test_a_large_team_for_the_most_urgent_case_comes_before_many_small_ones(
    tiers: list[int], cases: list[int], price: float | None
) -> None:
    problem = one_team_or_four(tiers)
    solution = solve(problem)
    assert problem.served(solution.chosen).tolist() == cases
    assert solution.status == "optimal"
    assert solution.tiers[:1] == ((1,) if price else ())
    assert bool(len(solution.prices.tiers)) == bool(price)


def test_what_is_best_by_points_and_in_order_costs_no_second_search() -> None:
    problem = one_team_or_four([1, 2, 2, 2, 0])
    dear = replace(problem, attorneys=replace(problem.attorneys, score=np.array([90_000.0, 3.0, 3.0, 3.0, 2.0])))
    told: list[str] = []
    solution = solve(dear, report=lambda stage, done, of, gap: told.append(stage))
    assert solution.tiers == (1, 0)
    assert told.count("Looking for a first answer") == 1
    assert len(solution.prices.tiers) == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crowd_is_served_as_by_solving_one_tier_after_the_other(seed: int) -> None:
    problem = crowd(36, 14, seed, hours=seed == 3)
    tier = np.random.default_rng(seed).integers(0, 3, 36)
    problem = replace(problem, cases=replace(problem.cases, tier=tier))
    solution = solve(problem)
    best = one_tier_after_the_other(problem)
    assert solution.status == "optimal"
    assert in_order(problem, solution) == pytest.approx(best, abs=1e-3)
    assert in_order(problem, solve(replace(problem, cases=replace(problem.cases, tier=0 * tier))))[2] > best[2]


def one_tier_after_the_other(problem: Problem) -> tuple[int, int, float]:
    """A crowd's optimum by three binary programs, written down anew; one leg is all that a client of it ever needs."""
    x, y, z = problem.attorneys, problem.legs, problem.mentors
    persons, cases = np.concatenate((x.person, y.person)), np.concatenate((x.case, y.case, z.case))
    begins = np.cumsum([0, len(x.case), len(y.case), len(z.case)])
    kind = np.repeat([0, 1, 2], np.diff(begins))
    rows: list[tuple[np.ndarray, float, float]] = []
    for person in range(problem.people.n):
        mine = np.append(persons == person, np.zeros(len(z.case), bool))
        rows.append((1.0 * mine, 0.0, float(problem.people.places[person])))
        if np.isfinite(problem.people.hours[person]):
            hours = np.where(kind == 0, problem.cases.hours[cases], problem.cases.interpreter_hours[cases])
            rows.append((hours * mine, 0.0, float(problem.people.hours[person])))
        guided = np.concatenate((np.zeros(len(persons), bool), z.person == person))
        rows.append((1.0 * guided, 0.0, float(problem.people.mentoring[person])))
    for case in range(problem.cases.n):
        of_case = cases == case
        needs_leg = np.append(~x.direct, np.zeros(len(y.case) + len(z.case), bool)) & of_case
        needs_mentor = np.append(x.needs_mentor, np.zeros(len(y.case) + len(z.case), bool)) & of_case
        rows.append((1.0 * (of_case & (kind == 0)), 0.0, 1.0))
        rows.append((1.0 * needs_leg - (of_case & (kind == 1)), 0.0, 0.0))
        rows.append((1.0 * needs_mentor - (of_case & (kind == 2)), 0.0, 0.0))
        for person in range(problem.people.n):
            hers = np.concatenate((x.person, y.person, z.person)) == person
            rows.append((1.0 * (of_case & hers), 0.0, 1.0))
    found: list[float] = []
    for tier in (1, 2):
        counted = 1.0 * ((kind == 0) & (problem.cases.tier[cases] == tier))
        found.append(round(best_of(counted, rows)))
        rows.append((counted, found[-1], np.inf))
    return int(found[0]), int(found[1]), best_of(np.concatenate((x.score, y.score, z.score)), rows)


def best_of(score: np.ndarray, rows: list[tuple[np.ndarray, float, float]]) -> float:
    """The greatest score of a choice of columns that keeps to these rows."""
    highs, none = _Highs(), np.empty(0)
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 1e-9)
    highs.addVars(len(score), np.zeros(len(score)), np.ones(len(score)))
    for column, points in enumerate(score):
        highs.changeColCost(column, float(points))
        highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for values, least, most in rows:
        inside = np.flatnonzero(values)
        highs.addRow(least, most, len(inside), inside.astype(np.int32), values[inside] if len(inside) else none)
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    highs.run()
    return float(highs.getInfo().objective_function_value)


@pytest.mark.parametrize(("tier", "error"), [(np.array([1, 2]), OutOfRange), (np.array([-1, 0, 0, 0, 0]), Negative)])
def test_tiers_that_make_no_sense_are_refused_by_name(tier: np.ndarray, error: type) -> None:
    problem = one_team_or_four([0] * 5)
    with pytest.raises(error):
        replace(problem, cases=replace(problem.cases, tier=tier))
