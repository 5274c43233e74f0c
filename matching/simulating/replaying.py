"""A year under a policy, week by week; and the same year in hindsight."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.problem import Chosen, People, Problem
from matching.simulating.ledger import Ledger
from matching.simulating.market import Market, part_of
from matching.simulating.policies import Policy
from matching.solver import solve


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a year: the week in which each case was served (int[m], -1: never), and its value (float[m]).

    ``weekly`` holds the chosen rows of the problem's tables, week by week (in hindsight all at once). ``bound``: no way
    to choose is worth more; infinite where nothing is known of that.
    """

    served: Ints
    worth: Floats
    weekly: tuple[Chosen, ...]
    bound: float = np.inf

    @property
    def value(self) -> float:
        """The sum of scores of all teams."""
        return float(self.worth.sum())


def replay(market: Market, policy: Policy, report: Callable[[int], None] = lambda week: None) -> Replay:
    """Let a policy choose in every week; ``report`` hears the week that begins."""
    ledger, problem = Ledger(market), market.problem
    served, weekly = np.full(problem.cases.n, -1, dtype=np.int64), []
    for week in range(market.weeks):
        report(week)
        chosen = policy.choose(week, market.waiting(week, served), ledger)
        ledger.take(week, chosen)
        served[problem.attorneys.case[chosen[0]]] = week
        weekly.append(chosen)
    return Replay(served, sum((worth_of(problem, one) for one in weekly), np.zeros(problem.cases.n)), tuple(weekly))


def hindsight(market: Market, seed: int, time_limit: float) -> Replay:
    """The best for a year that is known from the beginning, where cases wait for as long as they must.

    Everybody is free as often as a seat can end within the year, whenever that is needed. So no policy does better,
    and where seats last longer than the year this is the best that could have been done.
    """
    part = part_of(market.problem, market.arriving, given_in_all(market))
    best = solve(part.problem, seed=seed, time_limit=time_limit)
    chosen = part.chosen(best.chosen)
    served = np.full(market.problem.cases.n, -1, dtype=np.int64)
    helped = market.problem.attorneys.case[chosen[0]]
    served[helped] = market.week[helped]
    return Replay(served, worth_of(market.problem, chosen), (chosen,), best.bound)


def given_in_all(market: Market) -> People:
    """What everybody gives in the year: each place as often as seats of full length can begin in it."""
    often, given = -(-market.weeks // market.busy), market.problem.people
    places, mentoring = given.places * often, given.mentoring * often
    if market.underway is not None:
        late = often - np.maximum(0, -(-(market.weeks - np.arange(market.busy)) // market.busy))
        fewer = np.tensordot(late, market.underway, axes=1)
        places, mentoring = places - fewer[0], mentoring - fewer[1]
    return People(places, mentoring, given.hours * often, given.speaks)


def worth_of(problem: Problem, chosen: Chosen) -> Floats:
    """The score of each case's chosen team: float[m], 0 where it has none."""
    worth = np.zeros(problem.cases.n)
    for table, rows in zip(problem.tables, chosen, strict=True):
        np.add.at(worth, table.case[rows], table.score[rows])
    return worth
