"""Solving from an earlier solution of nearly the same problem: what did not change stays, what did is made good."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import solver
from matching.last import Last
from matching.problem import Problem, Solution
from matching.solver import solve
from tests.matching.brute_force import best_value, is_feasible
from tests.matching.small import LANGUAGES, crowd, problems, shared, shuffled, tiered

SOME = settings(max_examples=80, deadline=None, derandomize=True)


def solved_from(last: Last, problem: Problem) -> Solution:
    """The solution from the last one, as if there were many pairs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "LED", -1)
        return solve(problem, last=last)


def without_hours(problem: Problem) -> Problem:
    return replace(problem, people=replace(problem.people, hours=np.full(problem.people.n, np.inf)))


@SOME
@given(
    tiered(shared(problems(pinned=False))),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.randoms(use_true_random=False),
)
def test_whatever_has_changed_the_answer_is_feasible_and_its_bound_holds(
    problem: Problem, places: list[int], random: Random
) -> None:
    problem = without_hours(problem)
    other, of_person, of_case = shuffled(problem, random)
    other = replace(other, people=replace(other.people, places=np.array(places[: other.people.n])))
    last = Last(problem, solve(problem), of_person, of_case, np.arange(LANGUAGES))
    solution, best = solved_from(last, other), best_value(other)
    assert is_feasible(other, solution.chosen)
    assert solution.objective == pytest.approx(other.objective(solution.chosen))
    assert solution.objective <= best + 1e-6
    assert solution.bound >= best - 1e-6
    assert solution.tiers == other.served_by_tier(solution.chosen)


@SOME
@given(tiered(shared(problems(pinned=False))), st.randoms(use_true_random=False))
def test_under_other_numbers_nothing_is_lost(problem: Problem, random: Random) -> None:
    problem = without_hours(problem)
    other, of_person, of_case = shuffled(problem, random)
    first = solve(problem)
    again = solved_from(Last(problem, first, of_person, of_case, np.arange(LANGUAGES)), other)
    assert again.tiers >= first.tiers
    assert again.tiers > first.tiers or again.objective >= first.objective - 1e-6


def test_one_more_urgent_case_is_served_as_a_full_run_would() -> None:
    problem = crowd(150, 60, 3)
    first = solve(problem)
    waiting = np.setdiff1d(problem.attorneys.case, problem.served(first.chosen))[0]
    score = np.where(problem.attorneys.case == waiting, problem.attorneys.score + 2000.0, problem.attorneys.score)
    changed = replace(problem, attorneys=replace(problem.attorneys, score=score))
    again, full = solved_from(Last.of(problem, first), changed), solve(changed)
    assert waiting in problem.served(again.chosen)
    assert again.objective == pytest.approx(full.objective, rel=1e-4)


def test_of_a_team_that_lost_somebody_the_others_are_free_for_the_next_one() -> None:
    problem = crowd(60, 40, 5)
    first = solve(problem)
    gone = problem.attorneys.person[first.attorneys[0]]
    places = np.where(np.arange(40) == gone, 0, problem.people.places)
    fewer = replace(problem, people=replace(problem.people, places=places))
    again = solved_from(Last.of(problem, first), fewer)
    assert is_feasible(fewer, again.chosen)
    assert gone not in problem.attorneys.person[again.attorneys]
    assert again.objective >= solve(fewer).objective * (1 - 2e-3)


def test_where_hours_are_counted_and_where_pairs_are_few_it_is_solved_anew() -> None:
    hourly, few = crowd(12, 8, 2, hours=True), crowd(12, 8, 2)
    assert solved_from(Last.of(hourly, solve(hourly)), hourly).status == "optimal"
    assert solve(few, last=Last.of(few, solve(few))).status == "optimal"
