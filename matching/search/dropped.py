"""What pruning left out, and whether that cost anything: priced after a solve, so that what matters can come back.

A pair is a *violator* where the best team with it, at the prices of a solution, is worth more than the price of its
case: with it, the solution might be better. Without violators, pruning cost nothing that the prices could show; with
them, the cases' gains add up to a bound on what it cost.
"""

from typing import Final

from matching.problem import Prices, Problem
from matching.search.finding import Counts
from matching.search.repricing import Repricing
from matching.search.searching import Search
from matching.search.violators import Violators

TOLERANCE: Final = 1e-6
MOST: Final = 8
"""How many violators of a case come back at once, for each kind of seat: the worthiest, as in column generation."""


class Dropped:
    """The pairs that the rules allow and that were not kept; ``counts`` says how many, by table."""

    def __init__(self, search: Search, problem: Problem, counts: Counts) -> None:
        self._search, self._problem, self.counts = search, problem, counts

    def violators(
        self, prices: Prices, *, problem: Problem | None = None, tolerance: float = TOLERANCE, most: int = MOST
    ) -> Violators:
        """The pairs outside ``problem``, by default the one that was found, that might make a solution better.

        Streams over all eligible pairs, case by case: no table of them is made. ``prices`` may be any that are not
        negative; those of a solution's relaxation are the ones that make sense.
        """
        return Repricing(self._search, problem or self._problem, prices, tolerance, most).violators()

    def with_problem(self, problem: Problem) -> "Dropped":
        """The same with more pairs kept."""
        added = [len(new.case) - len(old.case) for new, old in zip(problem.tables, self._problem.tables, strict=True)]
        kept = [one + more for one, more in zip(self.counts.kept, added, strict=True)]
        return Dropped(self._search, problem, Counts(list(self.counts.allowed), kept))
