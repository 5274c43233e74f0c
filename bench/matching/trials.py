"""One solver at one problem, in a process of its own: only what it needs is loaded, and all it does is measured.

Seconds count from the problem in memory to the answer, building a model included.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from bench.apart import THREADS, Spent, Watch
from bench.matching.folders import keep, problem_in
from bench.rivals.graph import Graph
from bench.rivals.greedy import attorneys_first, greedy
from matching.problem import Chosen, Prices, Problem, Solution

OURS: Final = "amparo"
CPSAT: Final = "cp-sat"
CPSAT_FROM_GREEDY: Final = "cp-sat, from greedy"
HUNGARIAN: Final = "hungarian"
BLIND: Final = "hungarian, blind to languages"
ASSIGNING: Final = (HUNGARIAN, BLIND)
GREEDY: Final = "greedy"
ATTORNEYS_FIRST: Final = "greedy, attorneys first"
SEED: Final = 1
"""What the solvers draw from; the worlds have seeds of their own."""


class Attempt(msgspec.Struct, frozen=True):
    """Which solver, the folder of its problem, how many seconds it may take, and where its answer goes."""

    solver: str
    folder: str
    seconds: float
    answer: str
    graph: Graph | None = None


class Found(msgspec.Struct, frozen=True):
    """What a solver says of its answer, and what it took."""

    status: str
    bound: float | None
    spent: Spent
    pairs: list[int] = []


@dataclass(frozen=True, slots=True)
class Answer:
    """The chosen rows with what a solver says of them: its bound, their value, prices.

    ``of``: the problem that they are rows of, where it is not the one that was given; ``spent``: what counts, where it
    is not the whole attempt.
    """

    chosen: Chosen
    status: str = "feasible"
    bound: float | None = None
    stated: float | None = None
    prices: Prices | None = None
    of: Problem | None = None
    spent: Spent | None = None


Solver = Callable[[Problem, Attempt], Answer]


def attempt(order: Attempt) -> Found:
    """Let one solver at a problem; its answer goes to a file."""
    problem, solver = problem_in(Path(order.folder)), SOLVERS[order.solver]()
    watch = Watch()
    answer = solver(problem, order)
    spent = answer.spent or watch.spent()
    keep(Path(order.answer), answer)
    return Found(answer.status, answer.bound, spent)


def answer_of(solution: Solution) -> Answer:
    """What the engine says."""
    return Answer(solution.chosen, solution.status, solution.bound, solution.objective, solution.prices)


def _ours() -> Solver:
    from matching.solver import solve  # only the processes of those who solve with it load it

    return lambda problem, order: answer_of(solve(problem, seed=SEED, time_limit=order.seconds))


def _cpsat() -> Solver:
    from bench.rivals.cpsat import solve_with_cpsat  # as above

    def answer(problem: Problem, order: Attempt) -> Answer:
        start = greedy(problem) if order.solver == CPSAT_FROM_GREEDY else None
        chosen, bound, proved = solve_with_cpsat(
            problem, seconds=order.seconds, workers=THREADS, seed=SEED, start=start
        )
        return Answer(chosen, "optimal" if proved else "feasible", bound)

    return answer


def _hungarian() -> Solver:
    """Time and memory are those of the assignment alone: the engine finds the best interpreters and mentors for it."""
    from bench.rivals.hungarian import best_attorneys  # as above
    from matching.solver import solve  # as above

    def answer(problem: Problem, order: Attempt) -> Answer:
        assert order.graph is not None
        watch = Watch()
        attorneys = best_attorneys(order.graph, problem.people.places, "blind" if order.solver == BLIND else "score")
        spent = watch.spent()
        after = replace(problem, attorneys=attorneys)
        solution = solve(after, seed=SEED, time_limit=order.seconds)
        return Answer(solution.chosen, of=after, spent=spent)

    return answer


def _greedy() -> Solver:
    return lambda problem, order: Answer(greedy(problem))


def _attorneys_first() -> Solver:
    return lambda problem, order: Answer(attorneys_first(problem))


SOLVERS: Final[dict[str, Callable[[], Solver]]] = {
    OURS: _ours,
    CPSAT: _cpsat,
    CPSAT_FROM_GREEDY: _cpsat,
    HUNGARIAN: _hungarian,
    BLIND: _hungarian,
    GREEDY: _greedy,
    ATTORNEYS_FIRST: _attorneys_first,
}
"""What loads each solver; loading is none of its time."""
