"""The independent verdict: it finds nothing wrong with what is right, and names what is wrong."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.bound import bound_from
from bench.check import by_tier, faults, value
from core.model.vocabulary import SeatRole
from matching.problem import (
    AttorneyPairs,
    Cases,
    Chosen,
    CoCounselPairs,
    Floors,
    Legs,
    Load,
    MentorPairs,
    People,
    Pin,
    Prices,
    Problem,
)
from matching.solver import solve
from tests.matching.brute_force import best_value
from tests.matching.small import problems, shared, tiered

NOBODY = np.empty(0, dtype=np.int64)


@settings(max_examples=60, deadline=None)
@given(shared(problems()), st.integers(0, 2**32 - 1))
def test_whatever_the_prices_no_combination_of_teams_is_worth_more_than_the_bound(problem: Problem, seed: int) -> None:
    random, m, n = np.random.default_rng(seed), problem.cases.n, problem.people.n
    drawn = [random.uniform(-5, 60, size) * (random.random(size) < 0.7) for size in (m, n, n, n, problem.floors.n)]
    assert bound_from(problem, Prices(*drawn)) >= best_value(problem) - 1e-6


@settings(max_examples=60, deadline=None)
@given(shared(problems()))
def test_the_best_answer_is_feasible_and_worth_what_it_states(problem: Problem) -> None:
    solution = solve(problem)
    assert faults(problem, solution.chosen) == []
    assert value(problem, solution.chosen) == pytest.approx(best_value(problem), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(tiered(problems()))
def test_prices_of_tiers_bound_the_answers_that_serve_them_as_well(problem: Problem) -> None:
    solution = solve(problem)
    assert faults(problem, solution.chosen) == []
    assert by_tier(problem, solution.chosen) == list(solution.tiers)
    assert bound_from(problem, solution.prices, solution.tiers) >= solution.objective - 1e-6
    assert bound_from(problem, solution.prices) >= best_value(problem) - 1e-6


def relayed() -> Problem:
    """One case of a client who is heard through languages 1 and 2 by attorney 0; a student, whom person 3 mentors."""
    speaks = np.zeros((4, 3), dtype=bool)
    speaks[0, 2] = True
    return Problem(
        People(np.array([1, 1, 1, 1]), np.array([0, 0, 0, 1]), np.array([20.0, np.inf, 5.0, np.inf]), speaks),
        Cases(np.array([10.0]), np.array([5.0])),
        AttorneyPairs(np.array([0]), np.array([0]), np.array([100.0]), np.array([False]), np.array([True])),
        Legs(
            np.zeros(2, np.int64),
            np.array([1, 2]),
            np.array([0, 1]),
            np.array([1, 2]),
            np.array([False, True]),
            np.array([-5.0, -6.0]),
        ),
        MentorPairs(np.array([0]), np.array([3]), np.array([-1.0])),
    )


WHOLE: Chosen = (np.array([0]), np.array([0, 1]), np.array([0]), NOBODY)


def test_a_whole_team_is_right() -> None:
    assert faults(relayed(), WHOLE) == []
    assert value(relayed(), WHOLE) == 88.0


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ((np.array([0]), np.array([0]), np.array([0])), "cannot be understood"),
        ((np.array([0]), np.array([1]), np.array([0])), "cannot be understood"),
        ((np.array([0]), np.array([0, 1]), NOBODY), "0 mentors"),
        ((NOBODY, np.array([0, 1]), NOBODY), "0 attorneys"),
        ((np.array([0, 0]), np.array([0, 1]), np.array([0])), "chosen twice"),
        ((np.array([1]), NOBODY, NOBODY), "does not have"),
    ],
)
def test_a_broken_team_is_named(chosen: Chosen, said: str) -> None:
    (fault,) = faults(relayed(), (*chosen, NOBODY))
    assert said in fault


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"places": np.array([0, 1, 1, 1])}, "Person 0 has 1 new seats"),
        ({"mentoring": np.array([0, 0, 0, 0])}, "Person 3 mentors 1 new cases"),
        ({"hours": np.array([20.0, np.inf, 4.0, np.inf])}, "Person 2 has 5 new hours"),
    ],
)
def test_whoever_has_too_much_is_named(changed: dict[str, np.ndarray], said: str) -> None:
    problem = relayed()
    assert faults(replace(problem, people=replace(problem.people, **changed)), WHOLE) == [f"{said}."]


def test_one_person_in_two_seats_of_a_case_is_named() -> None:
    problem = relayed()
    twice = replace(problem, legs=replace(problem.legs, person=np.array([1, 0])))
    assert "one person twice" in faults(twice, WHOLE)[0]


def test_a_settled_seat_is_open_to_its_holder_only_and_paid_for_in_advance() -> None:
    problem = relayed()
    for_another = replace(problem, pins=(Pin(0, SeatRole.MENTOR, 2),))
    assert faults(for_another, WHOLE) == ["The seat of mentor of case 0 is settled for somebody else."]
    without_room = replace(problem.people, mentoring=np.zeros(4, np.int64))
    for_her = replace(problem, people=without_room, pins=(Pin(0, SeatRole.MENTOR, 3),))
    assert faults(for_her, WHOLE) == []


def test_missed_floors_and_rising_load_cost_their_points() -> None:
    floors = Floors(np.array([[True]]), np.array([1]), np.array([40.0]))
    problem = replace(relayed(), floors=floors)
    assert value(problem, (NOBODY, NOBODY, NOBODY, NOBODY)) == -40.0
    assert value(problem, WHOLE) == 88.0
    kept = replace(problem, load=Load(np.full(4, 7.0), np.zeros(4)), pins=(Pin(0, SeatRole.ATTORNEY, 1),))
    assert value(kept, WHOLE) == 81.0  # her leg comes after the seat that is kept for her


def test_co_counsel_are_there_where_a_case_asks_for_two_attorneys_and_only_there() -> None:
    one = relayed()
    experienced = replace(one.attorneys, needs_mentor=np.array([False]))
    beside = CoCounselPairs(np.zeros(2, np.int64), np.array([1, 3]), np.array([3.0, 3.0]))
    two = replace(one, cases=replace(one.cases, attorneys=np.array([2])), attorneys=experienced, co_counsel=beside)
    alone, interpreting, both = ((*WHOLE[:2], NOBODY, rows) for rows in (NOBODY, np.array([0]), np.array([1])))
    assert faults(two, alone) == ["Case 0 has 0 co-counsel and asks for 1."]
    assert "one person twice" in faults(two, interpreting)[0]
    assert faults(two, both) == []
    assert value(two, both) == 92.0
    assert faults(replace(two, cases=one.cases), both) == ["Case 0 has 1 co-counsel and asks for 0."]
