"""What must hold however people and cases are given: with floors, spread work and tiers as without them."""

from dataclasses import replace
from random import Random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import World
from core.model.plans.sharing import Floor, GroupKind, Sharing
from matching.candidates import find_candidates
from matching.problem import Floors, Load, Problem, Solution
from matching.solver import solve
from tests.matching.brute_force import best_value
from tests.matching.small import crowd, problems, shared, shuffled, tiered
from tests.plugins.asking import builtin

SOME = settings(max_examples=80, deadline=None, derandomize=True)
FEW = settings(max_examples=25, deadline=None, derandomize=True)
WISHES = Sharing(
    (Floor(GroupKind.LANGUAGE_GROUP, "Indigenous", 0.8, 3000.0), Floor(GroupKind.AREA, "asylum", 0.9)), 40.0
)


def rank(solution: Solution) -> tuple[float, ...]:
    """What is made as large as possible, in its order."""
    return *map(float, solution.tiers), solution.objective


@SOME
@given(tiered(shared(problems(pinned=False))), st.randoms(use_true_random=False))
def test_the_order_of_cases_and_people_changes_nothing_of_what_is_reached(problem: Problem, random: Random) -> None:
    assert rank(solve(shuffled(problem, random)[0])) == pytest.approx(rank(solve(problem)), abs=1e-6)


@SOME
@given(tiered(shared(problems())))
def test_a_place_more_for_anybody_never_makes_it_worse(problem: Problem) -> None:
    richer = replace(problem, people=replace(problem.people, places=problem.people.places + 1))
    before, after = rank(solve(problem)), rank(solve(richer))
    assert after[:-1] > before[:-1] or (after[:-1] == before[:-1] and after[-1] >= before[-1] - 1e-6)


@SOME
@given(shared(problems()))
def test_the_bound_never_lies_below_the_value_however_early_a_run_ends(problem: Problem) -> None:
    for solution in (solve(problem, time_limit=0.0), solve(problem, stop=lambda: True), solve(problem)):
        assert solution.objective <= best_value(problem) + 1e-6
        assert solution.bound >= best_value(problem) - 1e-6
        assert solution.gap >= 0


@FEW
@given(st.integers(0, 1000), st.sampled_from(["skill", "language", "role", "travel", "", "standing"]))
def test_without_one_of_the_rules_no_run_comes_out_worse(seed: int, blocks: str) -> None:
    host = builtin()
    snapshot = msgspec.structs.replace(World(seed).snapshot(12, 8, 5, hours=True, mentors=True), sharing=WISHES)
    rules = list(host.rules())
    dropped = [rule for rule in rules if rule.blocks != blocks] if blocks else rules[1:]
    strict, lax = (rank(solve(find_candidates(snapshot, some, host.scorers()).problem)) for some in (rules, dropped))
    assert lax[:-1] > strict[:-1] or (lax[:-1] == strict[:-1] and lax[-1] >= strict[-1] - 1e-6)


@FEW
@given(st.integers(0, 1000))
def test_a_volunteer_more_never_makes_a_run_worse_that_shares_help_out(seed: int) -> None:
    host, snapshot = builtin(), World(seed).snapshot(12, 8, 5, hours=True, mentors=True)
    snapshot = msgspec.structs.replace(snapshot, sharing=WISHES)
    fewer = msgspec.structs.replace(snapshot, volunteers=snapshot.volunteers[:-1])
    less, more = (rank(solve(find_candidates(one, host.rules(), host.scorers()).problem)) for one in (fewer, snapshot))
    assert more[:-1] > less[:-1] or (more[:-1] == less[:-1] and more[-1] >= less[-1] - 1e-6)


def test_a_crowd_with_floors_and_spread_work_is_proved_best() -> None:
    problem = crowd(40, 30, 7, hours=True)
    group = np.arange(40) % 3 == 0
    wished = replace(
        problem,
        floors=Floors(group[None], np.array([12]), np.array([400.0])),
        load=Load(np.full(30, 20.0), np.full(30, 5.0)),
    )
    solution = solve(wished)
    assert solution.status == "optimal"
    assert solution.objective < solve(problem).objective
