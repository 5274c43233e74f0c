"""What pruning left out comes back where it matters, and what stays out is told with what it may cost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import World
from core.model.plans.snapshot import Snapshot
from matching.candidates import Candidates, Width, find_candidates
from matching.problem import Problem, Solution
from matching.second_look import solved_with_second_looks
from matching.solver import solve
from tests.plugins.asking import builtin

NARROW = Width(attorneys=1, speakers=1, unaided=1, interpreters=1, mentors=1, whole=0)
FEW = settings(max_examples=40, deadline=None, derandomize=True)


def found(snapshot: Snapshot, width: Width) -> Candidates:
    host = builtin()
    return find_candidates(snapshot, host.rules(), host.scorers(), width=width)


def solving(problem: Problem, seconds: float) -> Solution:
    return solve(problem, seed=1, time_limit=seconds)


@FEW
@given(st.integers(0, 10_000))
def test_a_narrow_search_comes_back_to_the_optimum_over_all_pairs_or_says_what_it_may_miss(seed: int) -> None:
    snapshot = World(seed).snapshot(15, 10, 6, hours=False, mentors=True)
    narrow, whole = found(snapshot, NARROW), solve(found(snapshot, Width()).problem)

    looked = solved_with_second_looks(narrow, solving, 60.0)

    assert solve(narrow.problem).objective <= looked.solution.objective + 1e-6
    assert looked.solution.objective <= whole.objective + 1e-6
    if looked.told.endswith("none of them would make the plan better.") and looked.solution.gap < 1e-6:
        assert looked.solution.objective == pytest.approx(whole.objective, abs=1e-3)


def test_second_looks_find_what_a_narrow_search_misses() -> None:
    gained = 0
    for seed in range(5):
        narrow = found(World(seed).snapshot(20, 12, 6, hours=False, mentors=True), NARROW)
        looked = solved_with_second_looks(narrow, solving, 60.0)
        gained += len(looked.solution.attorneys) - len(solve(narrow.problem).attorneys)
    assert gained > 0


def test_where_nothing_was_left_out_nothing_is_said() -> None:
    whole = found(World(1).snapshot(10, 6, 3, hours=True, mentors=True), Width())
    looked = solved_with_second_looks(whole, solving, 60.0)
    assert (looked.told, looked.candidates) == ("", whole)
