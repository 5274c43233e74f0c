"""A linear program that grows and goes back comes to the same as one that is made at once."""

from typing import Final

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.model.plans.columns import Ints
from matching.solving.formulation import formulate
from matching.solving.linear import LinearProgram
from matching.solving.program import Limits, Program
from tests.matching.small import chances, problems, shared

MANY = settings(max_examples=100, deadline=None, derandomize=True)
SECONDS: Final = 60.0
Grown = tuple[LinearProgram, Program, Ints, list[Limits]]


def optimum(linear: LinearProgram, program: Program, columns: Ints | None = None) -> float:
    """What a linear program comes to after it was given a program, and more columns."""
    linear.follow(program)
    if columns is not None:
        linear.add(columns)
    relaxed = linear.solve(SECONDS)
    assert relaxed
    return relaxed.objective


def at_once(program: Program, columns: Ints) -> float:
    """What one comes to that is made for this program and these columns."""
    return optimum(LinearProgram(program, seed=0), program, columns)


@st.composite
def grown(draw: st.DrawFn) -> Grown:
    """A program with some totals counted, its linear program without columns; an order of columns; limits of totals.

    The order and what is counted come of one drawn number, as a problem does.
    """
    program = formulate(draw(shared(problems())))
    linear = LinearProgram(program, seed=0)
    assume(program.columns >= 2)
    chance = draw(chances())
    order = chance.permutation(program.columns)
    limits: list[Limits] = []
    for _ in range(draw(st.integers(1, 3))):
        counted = np.flatnonzero(chance.integers(0, 2, program.columns))
        row, most = len(program.upper), float(draw(st.integers(0, 2)))
        program = program.counting(counted)
        limits.append({row: draw(st.sampled_from([(-np.inf, most), (most, np.inf)]))})
    linear.follow(program)
    return linear, program, order, limits


@MANY
@given(grown())
def test_columns_and_limits_may_come_one_after_another(one: Grown) -> None:
    linear, program, order, limits = one
    half = len(order) // 2
    optimum(linear, program, order[:half])
    held = program.within(limits[0])
    for seen, more in ((order[:half], None), (order, order[half:])):
        assert optimum(linear, held, more) == pytest.approx(at_once(held, seen), abs=1e-6)


@MANY
@given(grown())
def test_going_back_forgets_what_came_after(one: Grown) -> None:
    linear, program, order, limits = one
    first = optimum(linear, program, order)
    mark = linear.mark()
    for limit in limits:
        linear.back(mark)
        held = program.within(limit)
        assert optimum(linear, held) == pytest.approx(at_once(held, order), abs=1e-6)
    linear.back(mark)
    assert optimum(linear, program) == pytest.approx(first, abs=1e-6)
