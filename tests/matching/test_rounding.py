"""Cuts by rounding hold for every whole choice, whatever rows they are made of."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.model.plans.columns import Ints
from matching.problem import Problem
from matching.solver import solve
from matching.solving import cutting
from matching.solving.branching import Totals
from matching.solving.cutting import Cutter
from matching.solving.effort import Effort
from matching.solving.formulation import formulate
from matching.solving.packing import Packing
from matching.solving.pricing import Pricing
from matching.solving.program import Program
from matching.solving.rounding import Recipe, Sums
from tests.matching.brute_force import best_value
from tests.matching.small import crowd, problems, shared

MANY = settings(max_examples=150, deadline=None, derandomize=True)
FEW = 9
"""Most columns of a program of which every choice is tried."""
WEIGHTS = st.sampled_from([0.0, 0.0, 0.25, 1 / 3, 0.5, -0.5, 2 / 3, 0.75, 1.2, -1.7])


def choices(program: Program) -> list[Ints]:
    """Every choice that keeps all rows."""
    every = (np.flatnonzero(one) for one in product((0, 1), repeat=program.columns))
    return [one for one in every if program.feasible(one)]


@MANY
@given(st.data(), shared(problems()))
def test_no_feasible_choice_breaks_a_cut(data: st.DataObject, problem: Problem) -> None:
    program = formulate(problem)
    assume(1 <= program.columns <= FEW)
    rows = len(program.upper)
    weights = np.array(data.draw(st.lists(WEIGHTS, min_size=rows, max_size=rows)))
    turned = np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=program.columns, max_size=program.columns)))
    used = np.flatnonzero(weights)
    cut = Sums.of(program).rounded(Recipe(used, weights[used], turned))
    if cut is not None:
        dense = np.zeros(program.columns)
        dense[cut.columns] = cut.values
        assert all(dense[chosen].sum() <= cut.most + 1e-6 for chosen in choices(program))


def test_three_halves_are_rounded_down() -> None:
    """Three columns of which any two exclude each other: a half of each makes one and a half, and one is left."""
    sums = Sums(
        start=np.array([0, 2, 4, 6]),
        column=np.array([0, 1, 1, 2, 0, 2]),
        value=np.ones(6),
        most=np.ones(3),
        unit=np.ones(3, dtype=np.int64),
        equal=np.zeros(3, dtype=np.bool_),
        firm=np.ones(3, dtype=np.bool_),
        columns=3,
    )
    cut = sums.rounded(Recipe(np.arange(3), np.full(3, 0.5), np.zeros(0, dtype=np.int64)))
    assert cut is not None
    assert cut.columns.tolist() == [0, 1, 2]
    assert cut.values == pytest.approx([1.0, 1.0, 1.0])
    assert cut.most == pytest.approx(1.0)


def relaxed(problem: Problem) -> tuple[float, float]:
    """The bound of the relaxation, and the one after all cuts."""
    program, effort = formulate(problem), Effort.of(60.0)
    pricing = Pricing(program, np.zeros(0, dtype=np.int64), seed=0)
    first = last = pricing.relax(program, effort)
    cutter = Cutter(program, Packing(program), Totals(problem, program), pricing, effort)
    for _, closer, aside in cutter.down({}, first, -np.inf):
        last = closer
        assert aside is None
    return first.bound, last.bound


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cuts_bring_the_bound_nearer_and_never_below_the_optimum(seed: int) -> None:
    problem = crowd(6, 4, seed, hours=True)
    before, after = relaxed(problem)
    assert best_value(problem) - 1e-6 <= after <= before


@MANY
@given(problems())
def test_no_cut_takes_the_optimum_away(problem: Problem) -> None:
    assert relaxed(problem)[1] >= best_value(problem) - 1e-6


@MANY
@given(problems())
def test_no_total_that_is_held_loses_the_optimum(problem: Problem) -> None:
    """Here every total in part is held to its better side at once, whatever the other one comes to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "HOPELESS", -np.inf)
        patch.setattr(cutting, "DULL", np.inf)
        solution = solve(problem)
    assert solution.objective == pytest.approx(best_value(problem), abs=1e-6)
    assert solution.status in ("optimal", "empty")
