"""What pruning left out: priced against trying every team, and let in again."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.plans.snapshot import Snapshot
from core.model.vocabulary import SeatRole
from matching.candidates import Candidates, Width, find_candidates
from matching.problem import Prices, Problem
from matching.search.violators import Violators
from matching.solver import solve
from tests.matching.brute_force import SEATS, _chains
from tests.matching.search.worlds import a_world
from tests.plugins.asking import builtin

NARROW = Width(attorneys=3, speakers=1, unaided=1, interpreters=2, mentors=1, whole=0)
Row = tuple[str, tuple[object, ...]]


def found(snapshot: Snapshot, width: Width) -> Candidates:
    return find_candidates(snapshot, builtin().rules(), builtin().scorers(), width=width)


def some_prices(problem: Problem, seed: int) -> Prices:
    """Prices of persons and cases as a solver might have them, some of them zero."""
    random = np.random.default_rng(seed)
    n, m = problem.people.n, problem.cases.n

    def amounts(most: float, size: int) -> np.ndarray:
        return random.uniform(0, most, size) * (random.random(size) < 0.5)

    return Prices(random.uniform(0, 4000, m), amounts(3000, n), amounts(200, n), amounts(3, n))


def teams(problem: Problem, case: int) -> Iterator[list[tuple[str, int]]]:
    """Every team of a case, whether or not somebody would fill two seats."""
    x, two = problem.attorneys, problem.cases.attorneys[case] == 2
    mentors, beside = (
        [[(name, int(row))] for row in np.flatnonzero(getattr(problem, name).case == case)]
        for name in ("mentors", "co_counsel")
    )
    for row in np.flatnonzero(x.case == case):
        for chain in _chains(problem, case, int(row)):
            for mentor, second in product(mentors if x.needs_mentor[row] else [[]], beside if two else [[]]):
                yield [("attorneys", int(row)), *chain, *mentor, *second]


def worth(problem: Problem, prices: Prices, part: tuple[str, int]) -> float:
    """A pair's score less what its person's place, hours or mentoring cost; a settled seat costs nothing."""
    table = getattr(problem, part[0])
    case, person = int(table.case[part[1]]), int(table.person[part[1]])
    role = SEATS[part[0]]
    if any((pin.case, pin.role, pin.person) == (case, role, person) for pin in problem.pins):
        return float(table.score[part[1]])
    if role is SeatRole.MENTOR:
        return float(table.score[part[1]] - prices.mentoring[person])
    hours = (problem.cases.interpreter_hours if role is SeatRole.INTERPRETER else problem.cases.hours)[case]
    return float(table.score[part[1]] - prices.places[person] - hours * prices.hours[person])


def row_of(problem: Problem, part: tuple[str, int]) -> Row:
    """A pair by what it is, not by its place in a table."""
    table = getattr(problem, part[0])
    names = [name for name in table.__slots__ if name != "score"]
    return part[0], tuple(getattr(table, name)[part[1]].item() for name in names)


def rows(problem: Problem | Violators) -> set[Row]:
    tables = {kind: getattr(problem, kind) for kind in SEATS}
    return {row_of(problem, (kind, row)) for kind in SEATS for row in range(len(tables[kind].case))}  # type: ignore[arg-type]  # -- violators have the same tables


worlds = st.builds(a_world, st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 10), st.integers(0, 7))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(worlds, st.integers(0, 10_000))
def test_violators_are_the_dropped_pairs_of_teams_worth_more_than_their_case(snapshot: Snapshot, seed: int) -> None:
    narrow, whole = found(snapshot, NARROW), found(snapshot, Width()).problem
    prices = some_prices(whole, seed)
    expected: set[Row] = set()
    gains, kept = np.zeros(whole.cases.n), rows(narrow.problem)
    for case in range(whole.cases.n):
        for team in teams(whole, case):
            gain = sum(worth(whole, prices, part) for part in team) - prices.case[case]
            dropped = {row_of(whole, part) for part in team} - kept
            if dropped and gain > 1e-6:
                gains[case] = max(gains[case], gain)
                expected |= dropped
    violators = narrow.dropped.violators(prices, most=10**6)
    assert rows(violators) == expected
    assert violators.gain == pytest.approx(gains, abs=1e-6)
    assert violators.loss_bound == pytest.approx(gains.sum(), abs=1e-5)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(worlds, st.integers(0, 10_000), st.integers(1, 2))
def test_only_the_worthiest_of_a_case_come_back_and_join_in_order(snapshot: Snapshot, seed: int, most: int) -> None:
    narrow = found(snapshot, NARROW)
    prices = some_prices(narrow.problem, seed)
    few = narrow.dropped.violators(prices, most=most)
    assert rows(few) <= rows(narrow.dropped.violators(prices, most=10**6))
    wider = narrow.with_violators(few)
    assert rows(wider.problem) == rows(narrow.problem) | rows(few)
    assert wider.dropped.counts.left_out == narrow.dropped.counts.left_out - few.count
    for name in SEATS:
        table, new = getattr(wider.problem, name), getattr(few, name)
        assert (np.diff(table.case) >= 0).all()
        assert np.bincount(new.case, minlength=1).max() <= most
    assert not rows(wider.dropped.violators(prices, most=10**6)) & rows(wider.problem)


def test_nothing_comes_back_where_nothing_was_left_out() -> None:
    whole = found(a_world(5, 6, 8, 5), Width())
    assert whole.dropped.violators(some_prices(whole.problem, 1), most=10**6).count == 0


@pytest.mark.parametrize("seed", range(4))
def test_the_optimum_over_all_pairs_is_within_the_bound_until_no_violator_is_left(
    seed: int,
) -> None:
    snapshot = a_world(seed, 14, 12, 8, settled=False)
    narrow, best = found(snapshot, NARROW), solve(found(snapshot, Width()).problem, seed=1, time_limit=60.0)
    while True:
        solution = solve(narrow.problem, seed=1, time_limit=60.0)
        violators = narrow.dropped.violators(solution.prices)
        assert best.objective <= solution.bound + violators.loss_bound + 1e-6 * best.objective
        if not violators.count:
            break
        narrow = narrow.with_violators(violators)
    assert solution.objective <= best.objective + 1e-6 * best.objective
