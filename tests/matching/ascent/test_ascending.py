"""Prices found by climbing: what they prove, and the choice that follows them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.bound import bound_from
from matching.ascent.ascending import Ascended, ascend
from matching.ascent.market import Market
from matching.ascent.supply import Supply
from matching.ascent.tariff import Tariff
from matching.ascent.teams import bound
from matching.problem import Prices, Problem, relative_gap
from matching.solver import solve
from matching.solving.effort import Effort
from tests.matching.brute_force import best_value, is_feasible
from tests.matching.small import crowd, problems, shared, triangle

MANY = settings(max_examples=60, deadline=None, derandomize=True)
SOME = settings(max_examples=60, deadline=None, derandomize=True)


def ascended(problem: Problem, **given: Any) -> Ascended:
    return ascend(problem, Effort.of(60.0, **given))


@MANY
@given(shared(problems()))
def test_the_choice_is_feasible_and_the_bound_holds(problem: Problem) -> None:
    found, best = ascended(problem), best_value(problem)
    assert is_feasible(problem, found.chosen)
    assert found.objective == pytest.approx(problem.objective(found.chosen))
    assert found.objective <= best + 1e-6
    assert found.bound >= best - 1e-6


@MANY
@given(shared(problems()), st.lists(st.floats(0, 120), min_size=12, max_size=12))
def test_any_prices_prove_a_bound(problem: Problem, amounts: list[float]) -> None:
    places, mentoring, hours = np.array(amounts).reshape(3, 4)[:, : problem.people.n]
    prices = Prices(np.zeros(problem.cases.n), places, mentoring, hours / 10)
    proved, _ = bound(Market(problem), Tariff.of(problem, prices), Supply(problem))
    assert proved >= best_value(problem) - 1e-6


@SOME
@given(shared(problems(pinned=False)))
def test_the_prices_alone_prove_the_bound(problem: Problem) -> None:
    found = ascended(problem)
    assert bound_from(problem, found.prices) == pytest.approx(found.bound, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_prices_and_choice_come_near_to_the_optimum_of_a_crowd(seed: int) -> None:
    problem = crowd(120, 60, seed)
    found, best = ascended(problem), solve(problem)
    assert relative_gap(best.objective, found.bound) < 2e-3
    assert found.objective > 0.98 * best.objective


def test_nobody_relays_herself_even_where_that_would_be_the_best_chain() -> None:
    problem = triangle()
    alone = replace(problem, people=replace(problem.people, places=np.array([2, 0, 0, 1, 1, 1])))
    found = ascended(alone)
    assert is_feasible(alone, found.chosen)
    assert found.bound >= best_value(alone)


def test_the_same_problem_and_seed_give_the_same_answer() -> None:
    problem = crowd(40, 30, 1, hours=True)
    first, second = (ascended(problem, seed=7) for _ in range(2))
    assert [one.tolist() for one in first.chosen] == [one.tolist() for one in second.chosen]
    assert first.prices.places.tolist() == second.prices.places.tolist()


def test_the_order_of_pairs_changes_nothing_but_rounding() -> None:
    problem = crowd(40, 30, 5)
    order = np.random.default_rng(3).permutation(len(problem.attorneys.case))
    columns = {name: getattr(problem.attorneys, name)[order] for name in problem.attorneys.__slots__}
    shuffled = replace(problem, attorneys=type(problem.attorneys)(**columns))
    assert ascended(shuffled).bound == pytest.approx(ascended(problem).bound, rel=1e-4)


def test_a_climb_without_time_or_stopped_still_gives_a_choice_and_a_bound() -> None:
    problem = crowd(40, 30, 3, hours=True)
    best = solve(problem)
    for found in (ascended(problem, stop=lambda: True), ascend(problem, Effort.of(0.0))):
        assert is_feasible(problem, found.chosen)
        assert 0 < found.objective <= best.objective <= found.bound + 1e-6


def test_a_climb_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    ascended(crowd(20, 10, 1), report=lambda stage, done, of, gap: told.append((stage, done, of)))
    assert told[-1] == ("Finding prices", 100, 100)


def test_an_empty_problem_has_an_empty_answer() -> None:
    problem = crowd(3, 2, 1)
    empty = problem.with_tables(type(table)() for table in problem.tables)
    found = ascended(empty)
    assert (found.objective, found.bound, [len(rows) for rows in found.chosen]) == (0.0, 0.0, [0, 0, 0, 0])
