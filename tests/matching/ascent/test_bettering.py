"""Exchanges around what a choice loses against its bound."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from bench.check import faults
from core.model.plans.columns import Bools
from matching.ascent.ascending import Ascent, ascend
from matching.ascent.losses import Losses
from matching.ascent.market import Market
from matching.ascent.slacks import slacks
from matching.ascent.supply import Supply
from matching.ascent.tariff import Tariff
from matching.ascent.teams import bound
from matching.problem import AttorneyPairs, Problem
from matching.solving.effort import Effort
from tests.matching.brute_force import best_value
from tests.matching.small import crowd, problems, shared

SOME = settings(max_examples=25, deadline=None, derandomize=True)


@SOME
@given(shared(problems()))
def test_losses_by_person_and_case_make_up_what_lies_between_choice_and_bound(problem: Problem) -> None:
    if len(problem.load.places):
        return
    found = ascend(problem, Effort.of(60.0))
    tariff, supply = Tariff.of(problem, found.prices), Supply(problem)
    proved, worth = bound(Market(problem), tariff, supply)
    losses = Losses.of(problem, supply, tariff, worth, found.chosen)
    of_floors = tariff.floors @ problem.floors.wanted - tariff.raised(problem)[problem.served(found.chosen)].sum()
    lost = losses.person.sum() + losses.case.sum() - of_floors + problem.floors.penalty(problem.served(found.chosen))
    assert lost == pytest.approx(proved - found.objective, abs=1e-6)


@SOME
@given(problems(pinned=False))
def test_no_answer_with_a_pair_is_better_than_the_bound_less_what_the_pair_falls_short(problem: Problem) -> None:
    found = ascend(problem, Effort.of(60.0))
    short = slacks(Market(problem), Tariff.of(problem, found.prices))[0]
    x = problem.attorneys
    for row, less in enumerate(short.tolist()):
        kept = (x.case != x.case[row]) | (np.arange(len(x.case)) == row)
        found_with = best_value(replace(problem, attorneys=_only(x, kept)))
        found_without = best_value(replace(problem, attorneys=_only(x, x.case != x.case[row])))
        assert found_with <= max(found_without, found.bound - less) + 1e-4


def _only(pairs: AttorneyPairs, kept: Bools) -> AttorneyPairs:
    return AttorneyPairs(*(getattr(pairs, name)[kept] for name in AttorneyPairs.__slots__))


@pytest.mark.parametrize("hours", [False, True])
def test_exchanges_better_a_choice_and_keep_it_feasible(hours: bool) -> None:
    problem = crowd(120, 60, 4, hours=hours)
    ascent, effort = Ascent(problem, 1), Effort.of(120.0, seed=1)
    first = ascent.ascended(effort)
    better = ascent.bettered(first, effort)
    assert first.objective <= better.objective <= better.bound + 1e-6
    assert faults(problem, better.chosen) == []
    if hours:
        assert better.objective > first.objective


def test_exchanges_end_at_once_when_they_are_stopped() -> None:
    problem = crowd(30, 15, 6, hours=True)
    ascent, effort = Ascent(problem, 1), Effort.of(60.0, stop=lambda: True)
    first = ascent.ascended(effort)
    assert ascent.bettered(first, effort).objective == first.objective
