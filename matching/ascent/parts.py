"""A part of a problem: some of its pairs, and the way back to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.model.columns import Bools, Ints
from matching.pairs import Chosen, Pairs
from matching.problem import Problem


@dataclass(frozen=True, slots=True)
class Part:
    """A problem with some of the pairs of another one, whose rows they are: ``rows`` by table."""

    problem: Problem
    rows: Chosen

    @classmethod
    def of(cls, problem: Problem, kept: Sequence[Bools]) -> "Part":
        """The part with the pairs that are kept: bool[pairs] by table. Cases and people stay as they are."""
        rows = tuple(np.flatnonzero(one) for one in kept)
        tables = [_taken(table, mine) for table, mine in zip(problem.tables, rows, strict=True)]
        return cls(problem.with_tables(tables), rows)

    @classmethod
    def of_cases(cls, problem: Problem, cases: Bools) -> "Part":
        """The part with all pairs of some cases: bool[m]."""
        return cls.of(problem, [cases[table.case] for table in problem.tables])

    def rows_of(self, chosen: Chosen) -> Chosen:
        """The rows of the whole problem for rows of this part's tables."""
        return tuple(mine[rows] for mine, rows in zip(self.rows, chosen, strict=True))


def _taken(table: Pairs, rows: Ints) -> Pairs:
    return type(table)(*(getattr(table, name)[rows] for name in table.__slots__))
