"""Small years for tests: random ones, and one in which a single Mam interpreter is worth waiting with."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from matching.problem import AttorneyPairs, Cases, Legs, Pairs, People, Problem
from matching.simulating.market import Market
from matching.simulating.policies import Greedily, Policy, Priced, Weekly
from tests.matching.small import problems

URGENT, USUAL = 9000.0, 1000.0
SECONDS = 60.0


@st.composite
def markets(draw: st.DrawFn) -> Market:
    """Years of up to four weeks with up to six cases, some of them in the past, everybody free at first or at work."""
    problem = draw(problems(cases=6, people=4, pinned=False))
    m, weeks = problem.cases.n, draw(st.integers(1, 4))
    week = draw(st.lists(st.integers(-2, weeks), min_size=m, max_size=m))
    patience = draw(st.lists(st.integers(1, 4), min_size=m, max_size=m))
    busy, numbers = draw(st.integers(1, 5)), (np.array(week), np.array(patience))
    market = Market(in_order_of_cases(problem), *numbers, weeks, busy)
    return market.in_full_swing(draw(st.integers(0, 9))) if draw(st.booleans()) else market


def in_order_of_cases(problem: Problem) -> Problem:
    """The same problem with its tables in the order in which candidates come."""
    return problem.with_tables(map(ordered, problem.tables))


def ordered(table: Pairs) -> Pairs:
    """The rows of a table in the order of their cases."""
    rows = np.argsort(table.case, kind="stable")
    columns: dict[str, Any] = {name: getattr(table, name)[rows] for name in table.__slots__}
    return replace(table, **columns)


def policies(market: Market, seed: int = 1) -> dict[str, Policy]:
    """Every policy, ready for a replay."""
    return {
        "greedy": Greedily(market),
        "weekly": Weekly(market, seed, SECONDS),
        "priced": Priced(market, seed, SECONDS),
    }


def the_only_mam_interpreter(past: int = 8) -> Market:
    """Two attorneys who speak English, one Mam interpreter with one place, and Mam cases only.

    A case that is not urgent comes in the first week and an urgent one in the third, as an urgent one came in every
    week of the past.
    """
    week = np.array([*range(-past, 0), 0, 2])
    score = np.array([*[URGENT] * past, USUAL, URGENT])
    cases = np.arange(len(week))
    english, mam, attorney, interpreter = 0, 1, (0, 1), 2
    people = People(
        np.array([5, 5, 1]), np.zeros(3, dtype=np.int64), np.full(3, np.inf), np.array([[1, 0], [1, 0], [1, 1]], bool)
    )
    twice = np.repeat(cases, 2)
    none = np.zeros(len(twice), dtype=np.bool_)
    lawyers = AttorneyPairs(twice, np.tile(attorney, len(cases)), score[twice], none, none)
    legs = Legs(
        cases,
        np.full(len(cases), interpreter),
        np.full(len(cases), mam),
        np.full(len(cases), english),
        np.zeros(len(cases), dtype=np.bool_),
        np.full(len(cases), -40.0),
    )
    hours = np.zeros(len(cases))
    return Market(Problem(people, Cases(hours, hours), lawyers, legs), week, np.full(len(week), 3), weeks=4, busy=26)
