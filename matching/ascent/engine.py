"""A solution for many cases: prices that prove a bound, teams chosen by them, and exchanges that better the choice."""

from collections.abc import Callable
from time import monotonic
from typing import Final

from matching.ascent.ascending import Ascended, Ascent, Report
from matching.problem import OPTIMAL_GAP, Problem, Solution, relative_gap

CLIMBING: Final = 0.6
"""Share of the time within which prices must be found."""


def solve_many(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    report: Report,
    stop: Callable[[], bool],
) -> Solution:
    """Solve a problem of any size within about ``time_limit`` seconds or until ``stop`` says so.

    Tiers count by their points alone here. As these lie far apart, a tier is served as far as its cases are worth more
    than what else their people could do; but no search holds it to the last case, so no answer is called optimal where
    there are tiers.
    """
    begun = monotonic()
    ascent = Ascent(problem, seed, report, stop)
    found = ascent.ascended(begun + CLIMBING * time_limit)
    found = ascent.bettered(found, begun + time_limit)
    return _solution(problem, found, monotonic() - begun)


def _solution(problem: Problem, found: Ascended, seconds: float) -> Solution:
    attorneys, legs, mentors, beside = found.chosen
    bound = max(found.bound, found.objective)
    gap = relative_gap(found.objective, bound)
    proved = gap <= OPTIMAL_GAP and not problem.cases.tiers().any()
    charged = found.prices.charged(problem)
    of_attorneys, of_legs, of_mentors, of_beside = (
        table.score - charge for table, charge in zip(problem.tables, charged, strict=True)
    )
    return Solution(
        _status(found, proved=proved),
        found.objective,
        bound,
        gap,
        seconds,
        attorneys,
        legs,
        mentors,
        found.prices,
        of_attorneys,
        of_legs,
        of_mentors,
        problem.floors.missing(problem.served(found.chosen)),
        problem.served_by_tier(found.chosen),
        beside,
        of_beside,
    )


def _status(found: Ascended, *, proved: bool) -> str:
    if not found.usable:
        return "empty"
    return "optimal" if proved else "feasible"
