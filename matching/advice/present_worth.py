"""What a run's teams and pairs are worth at its prices, and the pairs of the same cases with more people."""

import numpy as np

from core.model.plans.columns import Floats
from matching.advice.team_worth import Worths, worths_at
from matching.planning import Run
from matching.problem import Pairs, Prices, Problem


def present_worth(run: Run) -> Floats:
    """What each case's team scores less the price of its people: float[m], 0 where it has none or only loses."""
    problem, solution = run.candidates.problem, run.solution
    worth = np.zeros(problem.cases.n)
    for table, of_pairs, rows in zip(problem.tables, solution.worths, solution.chosen, strict=True):
        np.add.at(worth, table.case[rows], of_pairs[rows])
    return np.maximum(worth, 0.0)


def carried_over(run: Run, problem: Problem) -> Worths:
    """What each pair of a larger problem is worth: at the price that the run knows of it, else at those of its person.

    The larger problem has the run's cases, and first the run's people; newcomers cost nothing.
    """
    old, solution, n = run.candidates.problem, run.solution, problem.people.n
    priced = worths_at(problem, _with_newcomers(solution.prices, n))
    tables = zip(problem.tables, priced, old.tables, solution.worths, strict=True)
    return tuple(_at_known_prices(table, worth, known, told, n) for table, worth, known, told in tables)


def _with_newcomers(prices: Prices, people: int) -> Prices:
    free = np.zeros(people - len(prices.places))
    places, mentoring, hours = (np.append(one, free) for one in (prices.places, prices.mentoring, prices.hours))
    return Prices(prices.case, places, mentoring, hours)


def _at_known_prices(table: Pairs, worth: Floats, known: Pairs, told: Floats, people: int) -> Floats:
    """The worth of each pair, with the price that is known of its case and person where there is one."""
    keys, first = np.unique(known.case * people + known.person, return_index=True)
    wanted = table.case * people + table.person
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    found = keys[at] == wanted if len(keys) else np.zeros(len(wanted), dtype=np.bool_)
    price = (known.score - told)[first[at[found]]]
    carried = worth.copy()
    carried[found] = table.score[found] - price
    return carried
