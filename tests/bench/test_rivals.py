"""What the joint optimum is measured against: each as good as it can be, none better than the optimum."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from bench.builtin import the_plugins
from bench.check import faults, value
from bench.matching.waitlists import candidates_of
from bench.rivals.graphing import write_graph
from bench.rivals.greedy import attorneys_first, greedy
from bench.worlds import World
from matching.candidates import Coded
from matching.problem import AttorneyPairs, Legs, MentorPairs, Problem
from matching.solver import solve
from tests.matching.brute_force import best_value
from tests.matching.small import problems

UNPINNED = problems(pinned=False)


@settings(max_examples=60, deadline=None)
@given(UNPINNED)
def test_greedy_answers_are_feasible_and_never_better_than_the_best(problem: Problem) -> None:
    best = best_value(problem)
    for choose in (greedy, attorneys_first):
        chosen = choose(problem)
        assert faults(problem, chosen) == []
        assert value(problem, chosen) <= best + 1e-6


@settings(max_examples=25, deadline=None)
@given(UNPINNED)
def test_cp_sat_is_given_the_very_same_problem(problem: Problem) -> None:
    from bench.rivals.cpsat import solve_with_cpsat  # what it loads takes a second of each worker that collects this

    chosen, bound, proved = solve_with_cpsat(problem, seconds=20, workers=1, seed=1)
    assert proved
    assert faults(problem, chosen) == []
    assert value(problem, chosen) == pytest.approx(best_value(problem), abs=1e-6)
    assert bound == pytest.approx(best_value(problem), abs=1e-6)


def test_the_dense_assignment_is_the_best_that_knows_nothing_of_languages(tmp_path: Path) -> None:
    from bench.rivals.hungarian import best_attorneys  # as above

    snapshot, host = World(4).snapshot(40, 25, 10, hours=False, mentors=True), the_plugins()
    problem = candidates_of(snapshot, "every").problem
    graph = write_graph(Coded.of(snapshot), host.rules(), host.scorers(), tmp_path)
    found = best_attorneys(graph, problem.people.places)
    assert found.score.sum() == pytest.approx(solve(nobody_needs_anybody(problem)).objective)
    blind = best_attorneys(graph, problem.people.places, "blind")
    assert blind.direct.mean() < found.direct.mean()
    known = dict(zip(zip(problem.attorneys.case, problem.attorneys.person, strict=True), rows_of(problem), strict=True))
    for table in (found, blind):
        pairs = zip(table.case, table.person, strict=True)
        given_rows = zip(table.score, table.direct, table.needs_mentor, strict=True)
        assert all(known.get(pair, row) == pytest.approx(row) for pair, row in zip(pairs, given_rows, strict=True))


def nobody_needs_anybody(problem: Problem) -> Problem:
    """Every attorney pair that the rules allow, as if all spoke with the client and nobody needed a mentor."""
    x = problem.attorneys
    yes = np.ones(len(x.case), dtype=bool)
    pairs = AttorneyPairs(x.case, x.person, x.score, yes, ~yes)
    return Problem(problem.people, problem.cases, pairs, Legs(), MentorPairs())


def rows_of(problem: Problem) -> list[tuple[float, bool, bool]]:
    """Score and flags of every attorney pair."""
    x = problem.attorneys
    return list(zip(x.score, x.direct, x.needs_mentor, strict=True))
