"""A part of a problem: some of its pairs, and the way back to its rows."""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, Ints
from matching.pairs import Chosen, Pairs
from matching.problem import Problem


@dataclass(frozen=True, slots=True)
class Part:
    """A problem with some of the pairs of another one, whose ``rows`` they are, by table and rising."""

    problem: Problem
    rows: Chosen

    @classmethod
    def of(cls, problem: Problem, rows: Chosen) -> "Part":
        """The part with these rows of each table. Cases and people stay as they are."""
        tables = [_taken(table, mine) for table, mine in zip(problem.tables, rows, strict=True)]
        return cls(problem.with_tables(tables), rows)

    @classmethod
    def of_cases(cls, problem: Problem, cases: Bools) -> "Part":
        """The part with all pairs of some cases: bool[m]."""
        return cls.of(problem, tuple(np.flatnonzero(cases[table.case]) for table in problem.tables))

    def rows_of(self, chosen: Chosen) -> Chosen:
        """The rows of the whole problem for rows of this part's tables."""
        return tuple(mine[rows] for mine, rows in zip(self.rows, chosen, strict=True))

    def rows_in(self, chosen: Chosen) -> Chosen:
        """The rows of this part's tables for rows of the whole problem, all of which are in it."""
        return tuple(np.searchsorted(mine, rows) for mine, rows in zip(self.rows, chosen, strict=True))


def _taken(table: Pairs, rows: Ints) -> Pairs:
    return type(table)(*(getattr(table, name)[rows] for name in table.__slots__))
