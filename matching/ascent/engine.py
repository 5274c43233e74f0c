"""A solution for many cases: prices that prove a bound, teams chosen by them, and exchanges that better the choice."""

from time import monotonic

from matching.ascent.ascending import Ascended, Ascent
from matching.last import Last
from matching.problem import OPTIMAL_GAP, Problem, Solution, relative_gap
from matching.solving.effort import Effort


def solve_many(problem: Problem, effort: Effort) -> Solution:
    """Solve a problem of any size, and say how far from the best it may be.

    Tiers count by their points alone here. As these lie far apart, a tier is served as far as its cases are worth more
    than what else their people could do; but no search holds it to the last case, so no answer is called optimal where
    there are tiers.
    """
    begun, ascent = monotonic(), Ascent(problem, effort.seed)
    return _solution(problem, ascent.bettered(ascent.ascended(effort), effort), begun)


def solve_again(problem: Problem, last: Last, effort: Effort) -> Solution:
    """Solve a problem that is nearly one which was solved before: what holds of that, bettered where something changed.

    The gap is what the earlier prices prove; where these leave a gap that only a search would close, so does this.
    """
    begun = monotonic()
    return _solution(problem, Ascent(problem, effort.seed).resumed(last, effort), begun)


def _solution(problem: Problem, found: Ascended, begun: float) -> Solution:
    bound = max(found.bound, found.objective)
    gap = relative_gap(found.objective, bound)
    charged = found.prices.charged(problem)
    return Solution.of(
        problem,
        found.chosen,
        found.prices,
        [table.score - charge for table, charge in zip(problem.tables, charged, strict=True)],
        status=_status(found, proved=gap <= OPTIMAL_GAP and not problem.cases.tiers().any()),
        objective=found.objective,
        bound=bound,
        gap=gap,
        seconds=monotonic() - begun,
        given_back=found.prices.floors,
    )


def _status(found: Ascended, *, proved: bool) -> str:
    if not found.usable:
        return "empty"
    return "optimal" if proved else "feasible"
