"""A second look at what pruning left out: priced once there are prices, let in where it might matter, solved again.

As in column generation, but over everything that the rules allow. It ends when nothing that was left out is worth more
than its case's price, after ``ROUNDS`` rounds, or when the time is up; what is left then is told with what it may cost.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from matching.candidates import Candidates
from matching.problem import Problem, Solution

ROUNDS: Final = 3
FIRST_SHARE: Final = 0.6
"""Share of the time that the first solve may take where something was left out."""
Solve = Callable[[Problem, float], Solution]


@dataclass(frozen=True, slots=True)
class Looked:
    """The candidates with what came back, and their solution; ``told`` says what is still left out and may cost."""

    candidates: Candidates
    solution: Solution
    told: str


def solved_with_second_looks(candidates: Candidates, solve: Solve, seconds: float) -> Looked:
    """Solve, let in what might make the solution better, and solve again; ``solve`` takes a problem and seconds."""
    if not candidates.pruned:
        return Looked(candidates, solve(candidates.problem, seconds), "")
    begun = monotonic()
    solution = solve(candidates.problem, FIRST_SHARE * seconds)
    for _ in range(ROUNDS):
        violators = candidates.dropped.violators(solution.prices)
        left = seconds - (monotonic() - begun)
        if not violators.count or left <= 0:
            break
        wider = candidates.with_violators(violators)
        again = solve(wider.problem, left)
        if not again.is_as_good_as(solution):
            break
        candidates, solution = wider, replace(again, seconds=monotonic() - begun)
    return Looked(candidates, solution, _told(candidates, solution))


def _told(candidates: Candidates, solution: Solution) -> str:
    """What is left out now, and by how much it might better the plan at the prices of its solution."""
    loss = candidates.dropped.violators(solution.prices).loss_bound / max(1.0, abs(solution.objective))
    if not candidates.pruned or loss <= 0:
        cost = "By the prices of this run none of them would make the plan better."
    else:
        cost = f"By the prices of this run they would make the plan better by at most {100 * loss:.2g} %."
    return f"{candidates.pruned} {cost}" if candidates.pruned else ""
