"""An earlier solution in the terms of another problem: its prices, and the pairs of its teams."""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.pairs import Chosen, Legs, Pairs
from matching.problem import Prices, Problem, Solution


@dataclass(frozen=True, slots=True)
class Last:
    """An earlier problem with its solution, and what its people, cases and languages are numbered now.

    ``people`` int[n], ``cases`` int[m] and ``languages`` int[k] are numbers of the other problem; -1: not there.
    """

    problem: Problem
    solution: Solution
    people: Ints
    cases: Ints
    languages: Ints

    @classmethod
    def of(cls, problem: Problem, solution: Solution) -> "Last":
        """A solution for the same people, cases and languages, whatever has become of their pairs."""
        sizes = problem.people.n, problem.cases.n, problem.people.speaks.shape[1]
        return cls(problem, solution, *map(np.arange, sizes))

    def prices(self, now: Problem) -> Prices:
        """The prices by the numbers of the other problem, which has the same floors; who is new has none."""
        prices, people = self.solution.prices, now.people.n
        return Prices(
            case=carried(prices.case, self.cases, now.cases.n),
            places=carried(prices.places, self.people, people),
            mentoring=carried(prices.mentoring, self.people, people),
            hours=carried(prices.hours, self.people, people),
            floors=prices.floors,
        )

    def rows(self, now: Problem) -> Chosen:
        """The rows of the other problem that are chosen pairs, as far as they are there, by table and rising.

        What they make need not be whole teams any more, nor within what everybody can carry.
        """
        tables = zip(self.problem.tables, self.solution.chosen, now.tables, strict=True)
        return tuple(
            np.flatnonzero(np.isin(self._keys(other, now), self._carried_keys(table, rows, now)))
            for table, rows, other in tables
        )

    def _carried_keys(self, table: Pairs, rows: Ints, now: Problem) -> Ints:
        """The keys that some pairs have in the other problem."""
        case, person = self.cases[table.case[rows]], self.people[table.person[rows]]
        there = (case >= 0) & (person >= 0)
        key = case * now.people.n + person
        if isinstance(table, Legs):
            source, target = self.languages[table.source[rows]], self.languages[table.target[rows]]
            there &= (source >= 0) & (target >= 0)
            key = _with_ways(key, source, target, now)
        return np.asarray(key[there])

    @staticmethod
    def _keys(table: Pairs, now: Problem) -> Ints:
        """One number for all that makes each pair what it is."""
        key: Ints = table.case * now.people.n + table.person
        return _with_ways(key, table.source, table.target, now) if isinstance(table, Legs) else key


def _with_ways(key: Ints, source: Ints, target: Ints, now: Problem) -> Ints:
    languages = now.people.speaks.shape[1]
    ways: Ints = (key * languages + source) * languages + target
    return ways


def carried(amounts: Floats, numbers: Ints, size: int) -> Floats:
    """Amounts by other numbers, of which there are ``size``: those of -1 are left out, those of nobody are 0."""
    other = np.zeros(size)
    if len(amounts):
        there = numbers >= 0
        other[numbers[there]] = amounts[there]
    return other
