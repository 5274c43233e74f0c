"""The solver against brute force on small problems, and its promises on larger ones."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.plans.columns import Ints
from core.model.vocabulary import SeatRole
from matching.problem import (
    AttorneyPairs,
    Cases,
    FreeLeg,
    Legs,
    Negative,
    NotFinite,
    OutOfRange,
    People,
    Pin,
    Problem,
    Solution,
)
from matching.solver import solve
from matching.solving import proving
from tests.matching.brute_force import SEATS, Team, best_value, keeps_capacities
from tests.matching.small import crowd, problems, triangle

MANY = settings(max_examples=300, deadline=None, derandomize=True)
SOME = settings(max_examples=100, deadline=None, derandomize=True)


def teams_of(problem: Problem, solution: Solution) -> tuple[Team, ...]:
    teams: list[Team] = [() for _ in range(problem.cases.n)]
    for table in SEATS:
        for row in getattr(solution, table):
            teams[getattr(problem, table).case[row]] += ((table, int(row)),)
    return tuple(teams)


@MANY
@given(problems())
def test_the_solution_is_the_best_of_all_combinations_of_teams(problem: Problem) -> None:
    solution = solve(problem)
    assert solution.objective == pytest.approx(best_value(problem), abs=1e-6)
    assert solution.status in ("optimal", "empty")
    assert solution.bound >= solution.objective


@SOME
@given(problems())
def test_splitting_alone_proves_the_same_optimum(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "WIDEST", 0)
        split = solve(problem)
    assert split.objective == pytest.approx(best_value(problem), abs=1e-6)
    assert split.status in ("optimal", "empty")


@MANY
@given(problems())
def test_every_solution_keeps_capacities_and_gives_each_case_one_team(problem: Problem) -> None:
    solution = solve(problem)
    assert keeps_capacities(problem, teams_of(problem, solution))
    served = problem.attorneys.case[solution.attorneys]
    assert len(np.unique(served)) == len(served)
    people = [
        (int(table.case[row]), int(table.person[row]))
        for table, rows in zip(problem.tables, solution.chosen, strict=True)
        for row in rows
    ]
    assert len(set(people)) == len(people)


@MANY
@given(problems())
def test_a_team_has_the_legs_the_mentor_and_the_co_counsel_that_are_needed_and_no_more(problem: Problem) -> None:
    solution = solve(problem)
    for case, team in enumerate(teams_of(problem, solution)):
        legs = [row for table, row in team if table == "legs"]
        mentors = [row for table, row in team if table == "mentors"]
        attorneys = [row for table, row in team if table == "attorneys"]
        if not attorneys:
            assert team == (), case
            continue
        row = attorneys[0]
        assert len(mentors) == problem.attorneys.needs_mentor[row]
        assert sum(table == "co_counsel" for table, _ in team) == problem.cases.with_two[case]
        hears = problem.people.speaks[problem.attorneys.person[row]]
        chain = sorted(legs, key=lambda leg: bool(problem.legs.relay[leg]))
        assert bool(chain) != problem.attorneys.direct[row]
        assert [bool(problem.legs.relay[leg]) for leg in chain] == [False, True][: len(chain)]
        assert not chain or hears[problem.legs.target[chain[-1]]]
        if len(chain) == 2:
            assert problem.legs.target[chain[0]] == problem.legs.source[chain[1]]


@SOME
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_pairs_and_people_does_not_change_the_value(problem: Problem, random: Random) -> None:
    order = list(range(problem.people.n))
    random.shuffle(order)
    renamed = np.argsort(order)
    people = People(
        problem.people.places[order],
        problem.people.mentoring[order],
        problem.people.hours[order],
        problem.people.speaks[order],
    )
    shuffled = Problem(
        people,
        problem.cases,
        _shuffled(problem.attorneys, renamed, random),
        _shuffled(problem.legs, renamed, random),
        _shuffled(problem.mentors, renamed, random),
        tuple(Pin(pin.case, pin.role, int(renamed[pin.person])) for pin in problem.pins),
        co_counsel=_shuffled(problem.co_counsel, renamed, random),
    )
    assert solve(shuffled).objective == pytest.approx(solve(problem).objective, abs=1e-6)


def _shuffled(table: Any, renamed: Ints, random: Random) -> Any:
    order = list(range(len(table.case)))
    random.shuffle(order)
    columns = {name: getattr(table, name)[order] for name in table.__slots__}
    columns["person"] = renamed[columns["person"]]
    return type(table)(**columns)


@SOME
@given(problems(pinned=False), st.lists(st.integers(1, 100), min_size=3, max_size=3))
def test_one_more_volunteer_never_lowers_the_value(problem: Problem, scores: list[int]) -> None:
    people, x, m = problem.people, problem.attorneys, problem.cases.n
    more = People(
        np.append(people.places, 1),
        np.append(people.mentoring, 0),
        np.append(people.hours, np.inf),
        np.vstack((people.speaks, np.ones((1, 3), bool))),
    )
    pairs = AttorneyPairs(
        np.concatenate((x.case, np.arange(m))),
        np.concatenate((x.person, np.full(m, people.n))),
        np.concatenate((x.score, np.array(scores[:m], dtype=float))),
        np.concatenate((x.direct, np.arange(m) % 2 == 0)),
        np.concatenate((x.needs_mentor, np.zeros(m, bool))),
    )
    grown = replace(problem, people=more, attorneys=pairs)
    assert solve(grown).objective >= solve(problem).objective - 1e-6


def test_half_relays_are_not_counted_as_service() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "WIDEST", 0)
        solution = solve(triangle())
    assert (solution.status, solution.objective) == ("optimal", 98.0)


def test_the_same_problem_and_seed_give_the_same_pairs() -> None:
    problem = crowd(40, 30, 1, hours=True)
    first, second = solve(problem, seed=7), solve(problem, seed=7)
    assert first.attorneys.tolist() == second.attorneys.tolist()
    assert first.legs.tolist() == second.legs.tolist()
    assert first.mentors.tolist() == second.mentors.tolist()


def test_progress_tells_its_stages_in_words() -> None:
    told: list[str] = []
    solve(crowd(30, 20, 2), report=lambda stage, done, of, gap: told.append(stage))
    assert told[0] == "Looking for a first answer"
    assert "Pricing pairs" in told


def test_a_cancelled_run_still_gives_a_feasible_answer_with_an_honest_bound() -> None:
    problem = crowd(40, 30, 3, hours=True)
    cancelled, whole = solve(problem, stop=lambda: True), solve(problem)
    assert cancelled.status == "feasible"
    assert 0 < cancelled.objective <= whole.objective <= cancelled.bound + 1e-6
    assert keeps_capacities(problem, teams_of(problem, cancelled))


def test_a_run_without_time_still_gives_a_feasible_answer_with_an_honest_bound() -> None:
    problem = crowd(40, 30, 3, hours=True)
    hurried = solve(problem, time_limit=0.0)
    assert 0 < hurried.objective <= solve(problem).objective <= hurried.bound + 1e-6


def test_prices_say_what_one_more_place_is_worth_at_most() -> None:
    problem = crowd(30, 8, 4)
    solution = solve(problem)
    dearest = int(np.argmax(solution.prices.places))
    places = problem.people.places.copy()
    places[dearest] += 1
    people = People(places, problem.people.mentoring, problem.people.hours, problem.people.speaks)
    richer = Problem(people, problem.cases, problem.attorneys, problem.legs, problem.mentors)
    gain = solve(richer).objective - solution.objective
    assert 0 < gain <= solution.prices.places[dearest] + (solution.bound - solution.objective) + 1e-6


@pytest.mark.parametrize(("cases", "people"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side_gives_an_empty_solution(cases: int, people: int) -> None:
    problem = Problem(
        People(np.ones(people, int), np.ones(people, int), np.ones(people), np.ones((people, 1), bool)),
        Cases(np.ones(cases), np.zeros(cases)),
    )
    solution = solve(problem)
    assert (solution.status, solution.objective, solution.gap) == ("empty", 0.0, 0.0)
    assert len(solution.prices.places) == people


def one_pair(**changes: object) -> Problem:
    given = {"places": 1, "hours": 10.0, "score": 5.0, "case": 0, "leg": -1.0} | changes
    return Problem(
        People(np.array([given["places"]]), np.array([1]), np.array([given["hours"]]), np.ones((1, 2), bool)),
        Cases(np.array([5.0]), np.array([0.0])),
        AttorneyPairs(
            np.array([given["case"]]),
            np.array([0]),
            np.array([given["score"]]),
            np.array([True]),
            np.array([False]),
        ),
        Legs(
            np.array([0]),
            np.array([0]),
            np.array([1]),
            np.array([0]),
            np.array([False]),
            np.array([given["leg"]]),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"score": np.nan}, NotFinite),
        ({"hours": np.nan}, NotFinite),
        ({"places": -1}, Negative),
        ({"hours": -0.5}, Negative),
        ({"case": 1}, OutOfRange),
        ({"leg": 0.0}, FreeLeg),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_by_name(changes: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        one_pair(**changes)


def test_a_pinned_seat_keeps_its_place_even_from_a_better_case() -> None:
    people = People(np.array([1]), np.array([0]), np.array([np.inf]), np.ones((1, 1), bool))
    pairs = AttorneyPairs(
        np.array([0, 1]), np.array([0, 0]), np.array([10.0, 90.0]), np.ones(2, bool), np.zeros(2, bool)
    )
    pinned = Problem(people, Cases(np.ones(2), np.zeros(2)), pairs, pins=(Pin(0, SeatRole.ATTORNEY, 0),))
    assert pairs.case[solve(pinned).attorneys].tolist() == [0]
