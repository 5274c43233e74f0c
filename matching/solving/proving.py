"""Branch and bound over the joint program, on the relaxation of the whole of it.

The relaxation prices every column. A column whose reduced cost is below -d can only occur in solutions at least d
below the bound. So a binary program is solved over the columns within d; once the best found lies within d of the
bound, nothing better was left out (reduced-cost fixing, Dantzig, Fulkerson and Johnson 1954). Where that would take
too many columns, the question is split at a total that is not whole, and both halves are asked in the same way.
"""

import heapq
from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.model.plans.columns import Ints
from matching.problem import OPTIMAL_GAP, Problem, relative_gap
from matching.solving.branching import WHOLE, Totals, is_whole
from matching.solving.cutting import Cutter
from matching.solving.effort import Effort
from matching.solving.greedy import Greedy
from matching.solving.highs import choose
from matching.solving.lead import Lead
from matching.solving.linear import Mark, Relaxation
from matching.solving.packing import Packing
from matching.solving.pricing import FIRST, Priced, Pricing
from matching.solving.program import Limits, Program

WIDEST: Final = 100_000
"""Most columns in a binary program that is to prove something; most of them neither earn nor cost anything."""
FEW: Final = 2
"""Best columns of each case, person and kind to begin with where there is a lead to all others."""
NARROWEST: Final = 1e-9
"""Reduced cost, in parts of the largest score, within which whole answers are looked for first: next to nothing."""
LINEAR_SHARE: Final = 0.7
"""Share of the time left after which a relaxation must make way for the search for whole numbers."""
SPLITTING_SHARE: Final = 0.8
"""Share of the time left for splitting; what remains betters the answer over more and more columns."""
RECENT: Final = 12
"""Relaxations whose pairs in use are remembered: a good answer is likely to be made of them."""
LOOKING_SHARE: Final = 0.2
"""Share of the time left for one look at what a relaxation points to."""


@dataclass(order=True, slots=True)
class _Part:
    """A part of the question: some rows held within limits. The one that is likely to be worth most comes first.

    ``mark`` is where the relaxation stood before these limits.
    """

    rank: float
    number: int
    limits: Limits = field(compare=False)
    bound: float = field(compare=False)
    mark: Mark | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class Proof:
    """The best choice found, what it is worth, a bound on all others; the relaxation of the whole, and its program."""

    chosen: Ints
    objective: float
    bound: float
    program: Program
    priced: Priced


class Prover:
    """Looks for the best choice of a program's columns and proves that there is no better one."""

    def __init__(
        self, problem: Problem, program: Program, effort: Effort, *, lead: Lead | None = None, step: float = 0.0
    ) -> None:
        """``lead`` is what is known already; a better answer is better by ``step`` at least."""
        self._effort, self._step = effort, step
        self._whole = self._program = program
        self._largest = float(np.abs(program.score).max(initial=1.0))
        effort.report("Looking for a first answer", 0, program.columns, None)
        self._lead = lead or Lead(Greedy(problem, program).choose())
        self._chosen = self._lead.chosen
        self._objective = program.objective(self._chosen)
        self._totals, self._packing = Totals(problem, program), Packing(program)
        self._recent: deque[Ints] = deque(maxlen=RECENT)
        self._rows: dict[bytes, int] = {}
        self._parts = 0
        self._settled = -np.inf
        self._root = Priced(None, np.zeros(len(program.upper)), np.inf, complete=False)

    def prove(self) -> Proof:
        """Search until the answer is proved, the time is over, or ``stop`` says so."""
        lead = self._lead
        if self._closed(lead.bound):
            priced = Priced(None, lead.prices, lead.bound, complete=True)
            return Proof(self._chosen, self._objective, max(lead.bound, self._objective), self._whole, priced)
        first = FEW if len(lead.near) else FIRST
        pricing = Pricing(self._program, lead.known, seed=self._effort.seed, first=first, seen=self._saw)
        queue = self._answered(_Part(-lead.bound, 0, {}, lead.bound), pricing, self._effort.within(LINEAR_SHARE))
        splitting = self._effort.within(SPLITTING_SHARE)
        while not self._closed(self._open(queue)) and queue and not splitting.over:
            for part in self._answered(heapq.heappop(queue), pricing, splitting):
                heapq.heappush(queue, part)
        bound = min(lead.bound, self._open(queue))
        if not self._closed(bound):
            bound = min(bound, self._better(self._root))
        return Proof(self._chosen, self._objective, max(bound, self._objective), self._whole, self._root)

    def _open(self, queue: list[_Part]) -> float:
        """The bound on all that is not settled."""
        return max([self._settled, *(part.bound for part in queue)])

    def _answered(self, part: _Part, pricing: Pricing, effort: Effort) -> list[_Part]:
        """What is left of a part after its relaxation, cut as far as that helps where hours are limited."""
        if self._closed(part.bound):
            self._settled = max(self._settled, part.bound)
            return []
        limits, left = part.limits, list[_Part]()
        floor = self._objective if limits else -np.inf
        if part.mark is not None:
            pricing.back(part.mark)
        priced = pricing.relax(self._program.within(limits), effort, floor=floor)
        bound = min(part.bound, priced.bound)
        if not limits:
            self._whole, self._root = self._program, priced
        if self._packing.carriers:
            cutter = Cutter(self._program, self._packing, self._totals, pricing, effort)
            for held, closer, aside in cutter.down(limits, priced, floor):
                limits, priced, bound = held, closer, min(bound, closer.bound)
                self._program = cutter.program
                if not limits:
                    self._whole, self._root = self._program, priced
                if aside:
                    left.append(self._part(min(bound, aside.likely), aside.limits, aside.bound, aside.mark))
                if self._closed(bound):
                    break
            self._program, priced = cutter.program, priced.over(len(cutter.program.upper))
        return left + self._halves(limits, bound, priced, pricing, effort)

    def _halves(self, limits: Limits, bound: float, priced: Priced, pricing: Pricing, effort: Effort) -> list[_Part]:
        """What is left of a part after its relaxation: nothing where it is settled, else two halves."""
        program = self._program.within(limits)
        self._look(program, priced)
        if not self._closed(bound):
            bound = min(bound, self._prove_within(program, priced, bound))
        if self._closed(bound) or not priced.complete or priced.relaxation is None:
            totals = []
        else:
            totals = list(self._totals.fractional(priced.relaxation))
        if not totals:
            self._settled = max(self._settled, bound)
            return []
        mark, few = pricing.mark(), totals if self._packing.carriers else totals[:1]
        sides = [self._sides(limits, *one) for one in few]
        worth = [[pricing.tried(self._program.within(side), mark, effort) for side in both] for both in sides]
        best = min(range(len(sides)), key=lambda one: max(worth[one]))
        return [
            self._part(min(bound, value), side, bound, mark)
            for side, value in zip(sides[best], worth[best], strict=True)
        ]

    def _sides(self, limits: Limits, columns: Ints, total: float) -> list[Limits]:
        """A total that is not whole, held below or above what it is."""
        row = self._row(columns)
        least, most = limits.get(row, (-np.inf, np.inf))
        below, above = (least, float(np.floor(total))), (float(np.ceil(total)), most)
        return [{**limits, row: one} for one in (below, above)]

    def _part(self, worth: float, limits: Limits, bound: float, mark: Mark) -> _Part:
        self._parts += 1
        return _Part(-worth, self._parts, limits, bound, mark)

    def _row(self, columns: Ints) -> int:
        """The row that counts these columns; a new one the first time."""
        key = columns.tobytes()
        if key not in self._rows:
            self._rows[key] = len(self._program.upper)
            self._program = self._program.counting(columns)
        return self._rows[key]

    def _saw(self, relaxation: Relaxation) -> None:
        """Take the relaxation as an answer where it is whole, and remember which columns it uses."""
        used = np.sort(relaxation.columns[relaxation.values > WHOLE])
        self._recent.append(used)
        if is_whole(relaxation.values) and not relaxation.padded:
            self._offer(used)

    def _look(self, program: Program, priced: Priced) -> None:
        """Look for a better answer where the relaxations point to."""
        relaxed = priced.relaxation
        settled = relaxed is None or (is_whole(relaxed.values) and not relaxed.padded)
        if settled or priced.bound <= self._objective or self._effort.over:
            return
        near = np.flatnonzero(program.reduced(priced.prices) >= -NARROWEST * self._largest)
        used = np.unique(np.concatenate(self._recent))
        if len(used) < len(near):
            self._among(program, priced, used, self._effort.within(LOOKING_SHARE))
        if priced.bound > self._objective and not self._provable(program, priced):
            self._among(program, priced, near, self._effort.within(LOOKING_SHARE))

    def _prove_within(self, program: Program, priced: Priced, bound: float) -> float:
        """A better bound of a part, where few enough columns can matter in it."""
        if not self._provable(program, priced):
            return bound
        width = self._width(bound)
        return max(self._within(program, priced, width), priced.bound - width)

    def _provable(self, program: Program, priced: Priced) -> bool:
        """Whether few enough columns can matter in a part."""
        if priced.relaxation is None:
            return False
        width = self._width(priced.bound)
        return bool(np.count_nonzero(program.reduced(priced.prices) >= -width) <= WIDEST)

    def _width(self, bound: float) -> float:
        """The reduced cost from which on a column can only be part of answers that are no better."""
        return (bound - self._objective) * (1.0 + 1e-9)

    def _better(self, root: Priced) -> float:
        """Look for better answers among more and more columns; the bound that this proves on all."""
        reduced, width, bound = self._whole.reduced(root.prices), NARROWEST * self._largest, root.bound
        while root.relaxation is not None and not self._effort.over:
            missing = root.bound - self._objective
            width = min(missing * (1.0 + 1e-9), max(10.0 * width, 5e-5 * self._largest))
            if np.count_nonzero(reduced >= -width) > WIDEST:
                break
            bound = min(bound, max(self._within(self._whole, root, width), root.bound - width))
            if root.bound - self._objective <= width:
                break
        return bound

    def _within(self, program: Program, priced: Priced, width: float) -> float:
        """Choose among the columns within a reduced cost; a bound on all choices among them."""
        columns = np.flatnonzero(program.reduced(priced.prices) >= -width)
        return self._among(program, priced, columns, self._effort)

    def _among(self, program: Program, priced: Priced, columns: Ints, effort: Effort) -> float:
        """Choose among some columns; a bound on all choices among them."""
        stage = "Proving the best teams", len(columns), program.columns
        self._effort.report(*stage, relative_gap(self._objective, priced.bound))
        choice = choose(
            program,
            np.union1d(columns, self._chosen),
            effort,
            start=self._chosen,
            improved=lambda value, bound: self._effort.report(*stage, relative_gap(value, priced.bound)),
        )
        if choice.chosen is not None:
            self._offer(choice.chosen)
        return choice.bound

    def _offer(self, chosen: Ints) -> None:
        chosen = self._whole.without_idle(chosen)
        value = self._whole.objective(chosen)
        if value > self._objective and self._whole.feasible(chosen):
            self._chosen, self._objective = chosen, value

    def _closed(self, bound: float) -> bool:
        return bound < self._objective + self._step or relative_gap(self._objective, bound) <= OPTIMAL_GAP
