"""What leads to the optimum of a large program, tried on small ones: prices made exact, and cuts of loads."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import solver
from matching.problem import AttorneyPairs, Cases, Legs, People, Problem
from matching.solver import solve
from matching.solving.formulation import formulate
from matching.solving.greedy import Greedy
from matching.solving.linear import LinearProgram
from matching.solving.packing import Packing
from tests.matching.brute_force import best_in_order, best_value
from tests.matching.small import crowd, problems, shared, tiered

MANY = settings(max_examples=150, deadline=None, derandomize=True)


@pytest.fixture(autouse=True, scope="module")
def _always_led() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "LED", -1)
        yield


@MANY
@given(shared(problems()))
def test_a_led_solution_is_the_best_of_all_combinations_of_teams(problem: Problem) -> None:
    solution = solve(problem)
    assert solution.objective == pytest.approx(best_value(problem), abs=1e-6)
    assert solution.status in ("optimal", "empty")
    assert solution.bound >= solution.objective


@MANY
@given(tiered(problems()))
def test_a_led_solution_keeps_the_order_of_tiers(problem: Problem) -> None:
    first, second, value = best_in_order(problem)
    solution = solve(problem)
    assert (*solution.tiers, 0, 0)[:2] == (first, second)
    assert solution.objective == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("hours", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_lead_changes_the_way_and_not_the_optimum(seed: int, *, hours: bool) -> None:
    problem = crowd(60, 30, seed)
    if not hours:
        free = np.full(problem.people.n, np.inf)
        problem = replace(problem, people=replace(problem.people, hours=free))
    led = solve(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "LED", 10**9)
        alone = solve(problem)
    assert led.status == alone.status == "optimal"
    assert led.objective == pytest.approx(alone.objective, rel=2e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_lead_whose_time_is_up_still_puts_whole_teams_together(seed: int) -> None:
    problem = crowd(120, 60, seed)
    hasty, greedy = solve(problem, time_limit=0.0), Greedy(problem, program := formulate(problem)).choose()
    assert hasty.objective >= 0.95 * program.objective(greedy)


def test_a_lead_that_is_stopped_gives_a_feasible_answer_and_a_bound() -> None:
    problem = crowd(60, 30, 3)
    best = solve(problem)
    stopped = solve(problem, stop=lambda: True)
    assert stopped.objective <= best.objective <= stopped.bound + 1e-6


def one_attorney(hours: list[float], scores: list[int], *, places: int, limit: float) -> Problem:
    """One attorney who may take each of some cases."""
    amounts, nobody = np.array(hours), np.zeros(len(hours), dtype=np.int64)
    people = People(np.array([places]), np.array([0]), np.array([limit]), np.ones((1, 1), dtype=np.bool_))
    every = np.ones(len(hours), dtype=np.bool_)
    pairs = AttorneyPairs(np.arange(len(hours)), nobody, np.array(scores, dtype=np.float64), every, ~every)
    return Problem(people, Cases(amounts, np.zeros(len(hours))), pairs)


def relaxed_with_cuts(problem: Problem) -> tuple[float, int]:
    """The value of the relaxation once no cut is broken, and how often there were some."""
    program = formulate(problem)
    packing, linear = Packing(program), LinearProgram(program, seed=0)
    linear.add(np.arange(program.columns))
    relaxed, rounds = linear.solve(60.0), 0
    while relaxed and (cuts := packing.broken(relaxed)):
        program = program.with_rows([(cut.columns, cut.values) for cut in cuts], 1.0, personal=True)
        linear.follow(program)
        relaxed, rounds = linear.solve(60.0), rounds + 1
    assert relaxed
    return relaxed.objective, rounds


def test_half_of_two_cases_in_the_place_of_one_is_cut_off() -> None:
    problem = one_attorney([30.0, 24.0, 36.0], [100, 60, 85], places=3, limit=60.0)
    value, rounds = relaxed_with_cuts(problem)
    assert rounds > 0
    assert value == pytest.approx(160.0)


@MANY
@given(
    st.lists(
        st.tuples(st.sampled_from([6.0, 12.0, 15.0, 24.0, 30.0, 36.0]), st.integers(1, 100)), min_size=2, max_size=7
    ),
    st.integers(2, 4),
    st.sampled_from([40.0, 60.0, 90.0]),
)
def test_cuts_leave_nothing_but_mixtures_of_whole_loads(
    cases: list[tuple[float, int]], places: int, limit: float
) -> None:
    problem = one_attorney([hours for hours, _ in cases], [score for _, score in cases], places=places, limit=limit)
    value, _ = relaxed_with_cuts(problem)
    assert value == pytest.approx(best_value(problem), abs=0.01)


def test_a_choice_keeps_no_interpreter_who_leads_nowhere() -> None:
    alone = np.zeros(1, dtype=np.int64)
    legs = Legs(
        np.zeros(2, dtype=np.int64), np.array([2, 3]), np.array([1, 2]), np.array([2, 0]), np.array([False, True]),
        np.array([-1.0, -1.0]),
    )  # fmt: skip
    attorneys = AttorneyPairs(
        np.zeros(2, dtype=np.int64),
        np.array([0, 1]),
        np.array([100.0, 50.0]),
        np.array([True, False]),
        np.zeros(2, dtype=np.bool_),
    )
    speaks = np.zeros((4, 3), dtype=np.bool_)
    speaks[1, 0] = True
    people = People(np.ones(4, dtype=np.int64), np.zeros(4, dtype=np.int64), np.full(4, np.inf), speaks)
    program = formulate(Problem(people, Cases(np.ones(1), np.ones(1)), attorneys, legs))
    idle = program.columns_of([alone, np.array([0, 1])])
    assert program.feasible(idle)
    assert program.without_idle(idle).tolist() == program.columns_of([alone]).tolist()
    needed = program.columns_of([np.ones(1, dtype=np.int64), np.array([0, 1])])
    assert program.feasible(needed)
    assert program.without_idle(needed).tolist() == needed.tolist()
