"""What a run's teams and pairs are worth at its prices, and the pairs of the same cases with more people."""

import numpy as np

from core.model.columns import Floats
from matching.advice.team_worth import Worths, worths_at
from matching.planning import Run
from matching.problem import AttorneyPairs, Legs, MentorPairs, Prices, Problem

Pairs = AttorneyPairs | Legs | MentorPairs


def present_worth(run: Run) -> Floats:
    """What each case's team scores less the price of its people: float[m], 0 where it has none or only loses."""
    problem, solution = run.candidates.problem, run.solution
    worth = np.zeros(problem.cases.n)
    worths = (solution.attorney_worth, solution.leg_worth, solution.mentor_worth)
    chosen = (solution.attorneys, solution.legs, solution.mentors)
    for table, of_pairs, rows in zip(problem.tables, worths, chosen, strict=True):
        np.add.at(worth, table.case[rows], of_pairs[rows])
    return np.maximum(worth, 0.0)


def carried_over(run: Run, problem: Problem) -> Worths:
    """What each pair of a larger problem is worth: at the price that the run knows of it, else at those of its person.

    The larger problem has the run's cases, and first the run's people; newcomers cost nothing.
    """
    old, solution, n = run.candidates.problem, run.solution, problem.people.n
    x, y, z = worths_at(problem, _with_newcomers(solution.prices, n))
    return (
        _at_known_prices(problem.attorneys, x, old.attorneys, solution.attorney_worth, n),
        _at_known_prices(problem.legs, y, old.legs, solution.leg_worth, n),
        _at_known_prices(problem.mentors, z, old.mentors, solution.mentor_worth, n),
    )


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
