"""Urgency by construction: as many cases as possible of the first tier, then of the second, and only then the scores.

Points alone make this nearly so: a team takes up to four people, each of whom another case may want. So the choice that
is best by points is looked at tier by tier. The relaxation of "how many cases of this tier, those before it being held"
mostly proves that there can be no more, and then the best by points is the best in this order, too. Where it does not,
that number is sought for itself, held by a row that counts, and the points decide again among all choices that keep to
the rows (lexicographic optimisation stage by stage; Isermann 1982).
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.model.plans.columns import Ints
from matching.pairs import ATTORNEY
from matching.problem import Problem
from matching.solving.effort import Effort
from matching.solving.lead import Lead
from matching.solving.pricing import Pricing
from matching.solving.program import Program
from matching.solving.proving import Proof, Prover

BY_POINTS: Final = 0.85
"""Share of the time after which the choice that is best by points must make way for the tiers."""
NEAR: Final = 1000.0
"""Columns that earn at most this much less than they use are known to the relaxation of a number from the beginning."""
MORE: Final = 1.0 - 1e-6
"""One case more, as the relaxation may say it."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The best choice in the order of tiers, with its proof.

    ``rows`` leads from each tier that had to be held to the row that counts its cases.

    ``settled`` says whether no more cases of any tier could be served, those of the tiers before it being held.
    """

    proof: Proof
    rows: dict[int, int]
    settled: bool


class Tiers:
    """Holds one tier after the other, beginning with a choice that is best by points."""

    def __init__(self, problem: Problem, program: Program, effort: Effort) -> None:
        self._problem, self._effort = problem, effort
        self._program = program
        self._tier = problem.cases.tiers()[program.case]
        self._settled = True

    def in_order(self, lead: Lead | None = None) -> Ordered:
        """The best choice: by points where that keeps the order of tiers, else within the numbers of its tiers.

        ``lead`` is what is known of the best by points.
        """
        tiers = np.unique(self._tier[self._tier > 0]).tolist()
        first = self._effort.within(BY_POINTS) if tiers else self._effort
        proof = Prover(self._problem, self._program, first, lead=lead).prove()
        self._program, rows, chosen = proof.program, {}, proof.chosen
        for tier in tiers:
            chosen = self._most(tier, chosen, proof)
            rows[tier] = self._hold(tier, chosen)
        if chosen is proof.chosen:
            return Ordered(proof, {}, self._settled)
        proof = Prover(self._problem, self._program, self._effort, lead=Lead(chosen)).prove()
        return Ordered(proof, rows, self._settled)

    def _most(self, tier: int, chosen: Ints, points: Proof) -> Ints:
        """A choice with as many cases of a tier as can be, by the rows held so far: this one, if no other has more."""
        counted = self._seats(tier)
        number = np.count_nonzero(np.isin(chosen, counted))
        if number == len(np.unique(self._program.case[counted])):
            return chosen
        columns = np.flatnonzero((self._tier > 0) & (self._tier <= tier))
        ones = np.isin(np.arange(self._program.columns), counted).astype(np.float64)
        stage, before = replace(self._program, score=ones).only(columns), np.flatnonzero(np.isin(columns, chosen))
        near = np.flatnonzero(points.program.reduced(points.priced.prices)[columns] > -NEAR)
        if self._relaxed(stage, np.union1d(before, near), number + MORE) < number + MORE:
            return chosen
        proof = Prover(self._problem, stage, self._effort, lead=Lead(before), step=MORE).prove()
        self._settled &= proof.bound < proof.objective + MORE
        return columns[proof.chosen] if proof.objective > number + 0.5 else chosen

    def _relaxed(self, stage: Program, known: Ints, enough: float) -> float:
        """How many cases of a tier the relaxation would serve at most, or a bound on that which lies below enough."""
        pricing = Pricing(stage, known, seed=self._effort.seed)
        return pricing.relax(stage, self._effort.quietly(), floor=enough).bound

    def _seats(self, tier: int) -> Ints:
        """The attorney columns of a tier."""
        return np.flatnonzero((self._program.kind == ATTORNEY) & (self._tier == tier))

    def _hold(self, tier: int, chosen: Ints) -> int:
        """Count the cases of a tier in a row, and hold as many as are chosen."""
        counted, row = self._seats(tier), len(self._program.upper)
        number = float(np.count_nonzero(np.isin(chosen, counted)))
        self._program = self._program.counting(counted).within({row: (number, np.inf)})
        return row
