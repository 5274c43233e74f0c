"""Problem in, solution out: relaxation by column generation, then the few columns that can still matter, proved.

The relaxation prices every column. A column whose reduced cost is below -d can only occur in solutions at least d
below the bound. So the binary program is solved over the columns within d; once the best found lies within d of the
bound, nothing better was left out (reduced-cost fixing, Dantzig, Fulkerson and Johnson 1954).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.model.columns import Floats, Ints
from matching.formulation import ATTORNEY, LEG, MENTOR, formulate
from matching.greedy import Greedy
from matching.highs import choose
from matching.pricing import Priced, price
from matching.problem import OPTIMAL_GAP, Prices, Problem, Solution, relative_gap
from matching.program import Program

WIDEST: Final = 150_000
"""Most columns in one binary program. A search that would need more ends with its gap stated."""
NARROWEST: Final = 1e-9
"""Reduced cost, in parts of the largest score, within which the first whole answer is looked for: next to nothing."""
LINEAR_SHARE: Final = 0.7
"""Share of the time after which the relaxation must make way for the search for whole numbers."""

Report = Callable[[str, int, int, float | None], None]


@dataclass(frozen=True, slots=True)
class _Best:
    chosen: Ints
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        return relative_gap(self.objective, self.bound)


def _silent(stage: str, done: int, of: int, gap: float | None) -> None:
    """Tell nobody."""


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit: float = 120.0,
    report: Report = _silent,
    stop: Callable[[], bool] = lambda: False,
) -> Solution:
    """Choose the pairs with the greatest sum of scores, within ``time_limit`` seconds or until ``stop`` says so.

    ``report`` hears the stage in words, how far it is, of how far, and the gap once there is one. The same problem
    and seed give the same solution unless the time limit cut the search short. Raises SolverFailed.
    """
    begun = time.monotonic()
    program = formulate(problem)
    search = _Search(problem, program, seed, begun + time_limit, report, stop)
    best, priced = search.run()
    return _solution(problem, program, best, priced, time.monotonic() - begun)


@dataclass(frozen=True, slots=True)
class _Search:
    problem: Problem
    program: Program
    seed: int
    deadline: float
    report: Report
    stop: Callable[[], bool]

    def run(self) -> tuple[_Best, Priced]:
        self.report("Looking for a first answer", 0, self.program.columns, None)
        chosen = Greedy(self.problem, self.program).choose()
        priced = self._price(chosen)
        best = self._better(_Best(chosen, self._value(chosen), priced.bound), self._whole(priced))
        reduced = self.program.reduced(priced.prices)
        largest = float(np.abs(self.program.score).max(initial=1.0))
        width = NARROWEST * largest
        while best.gap > OPTIMAL_GAP and not self._over():
            best = self._within(np.flatnonzero(reduced >= -width), width, best, priced)
            missing = priced.bound - best.objective
            if missing <= width:
                break
            width = self._wider(reduced, width, missing, largest)
            if not width:
                break
        return best, priced

    def _wider(self, reduced: Floats, width: float, missing: float, largest: float) -> float:
        """The width that would prove the best answer, else one that may better it; 0 where neither is within reach."""
        for wider in (missing * (1.0 + 1e-9), max(10.0 * width, 5e-5 * largest)):
            if wider > width and np.count_nonzero(reduced >= -wider) <= WIDEST:
                return float(min(wider, missing * (1.0 + 1e-9)))
        return 0.0

    def _price(self, known: Ints) -> Priced:
        now = time.monotonic()
        return price(
            self.program,
            known,
            seed=self.seed,
            deadline=now + LINEAR_SHARE * (self.deadline - now),
            stop=self.stop,
            report=lambda inside, of: self.report("Pricing pairs", inside, of, None),
        )

    def _within(self, columns: Ints, width: float, best: _Best, priced: Priced) -> _Best:
        self.report("Proving the best teams", len(columns), self.program.columns, best.gap)
        choice = choose(
            self.program,
            np.union1d(columns, best.chosen),
            start=best.chosen,
            seed=self.seed,
            seconds=self.deadline - time.monotonic(),
            stop=self.stop,
            improved=lambda value, bound: self.report(
                "Proving the best teams", len(columns), self.program.columns, relative_gap(value, priced.bound)
            ),
        )
        outside = priced.bound - width if len(columns) < self.program.columns else -np.inf
        bound = min(best.bound, max(choice.bound, outside))
        return self._better(replace(best, bound=bound), choice.chosen)

    def _better(self, best: _Best, chosen: Ints | None) -> _Best:
        if chosen is None or not self.program.feasible(chosen) or self._value(chosen) <= best.objective:
            return best
        return replace(best, chosen=chosen, objective=self._value(chosen))

    def _whole(self, priced: Priced) -> Ints | None:
        """The relaxation's own answer, where it happens to be in whole numbers."""
        relaxed = priced.relaxation
        if relaxed is None or np.abs(relaxed.values - np.round(relaxed.values)).max(initial=0.0) > 1e-6:
            return None
        return np.sort(relaxed.columns[relaxed.values > 0.5])

    def _value(self, chosen: Ints) -> float:
        return float(self.program.score[chosen].sum())

    def _over(self) -> bool:
        return self.stop() or time.monotonic() >= self.deadline


def _solution(problem: Problem, program: Program, best: _Best, priced: Priced, seconds: float) -> Solution:
    attorneys, legs, mentors = (_pairs(program, best.chosen, kind) for kind in (ATTORNEY, LEG, MENTOR))
    objective = problem.objective(attorneys, legs, mentors)
    bound = max(best.bound, objective)
    gap = relative_gap(objective, bound)
    status = "optimal" if gap <= OPTIMAL_GAP else "feasible"
    worths = [_worth(program, priced.prices, kind, pairs.score) for kind, pairs in enumerate(problem.tables)]
    return Solution(
        "empty" if not program.columns else status,
        objective,
        bound,
        gap,
        seconds,
        attorneys,
        legs,
        mentors,
        _prices(program, priced.prices),
        *worths,
    )


def _pairs(program: Program, chosen: Ints, kind: int) -> Ints:
    return np.sort(program.pair[chosen[program.kind[chosen] == kind]])


def _worth(program: Program, prices: Floats, kind: int, score: Floats) -> Floats:
    worth, columns = score.copy(), np.flatnonzero(program.kind == kind)
    worth[program.pair[columns]] = program.worth(prices)[columns]
    return worth


def _prices(program: Program, prices: Floats) -> Prices:
    padded = np.append(prices, 0.0)
    return Prices(**{family: padded[rows] for family, rows in program.rows.items()})
