"""What it costs to say why: every team with its runners-up, every case without one with its smallest sets of rules.

Five worlds of 2,000 cases, 1,000 attorneys with mentors among them, and 500 interpreters. The search itself is cut
short: what is explained need not be the best plan. Milliseconds are means over all cases of a world; a busy machine
lengthens those of the clock, not those of the processor.
"""

from collections import Counter
from statistics import median
from time import perf_counter, process_time
from typing import Final

from bench.builtin import the_plugins
from bench.worlds import World
from matching.advice.explaining import CaseReader
from matching.candidates import Candidates
from matching.planning import Planner, Run, read_plan
from matching.problem import Solution

SEEDS: Final = (11, 12, 13, 14, 15)
SIZE: Final = (2000, 1000, 500)
SOLVER_SECONDS: Final = 20.0
MOST_MS: Final = 1.0
"""What a case may take in the mean."""
SAMPLE: Final = 200


def main() -> None:
    """Print a line for each world, the median, and whether it is within the limit."""
    taken = [measured(seed, SIZE) for seed in SEEDS]
    verdict = "within" if median(taken) <= MOST_MS else "above"
    print(f"  median {median(taken):.2f} ms a case, {verdict} {MOST_MS:g} ms")


def measured(seed: int, size: tuple[int, int, int]) -> float:
    """Explain one world; the milliseconds of the processor that a case took."""
    host = the_plugins()
    planner = Planner(host.rules(), host.scorers(), 1, SOLVER_SECONDS, lambda progress: None)
    candidates = planner.candidates(World(seed).snapshot(*size, hours=False, mentors=True))
    solution = planner.solve(candidates.problem, SOLVER_SECONDS)
    clock, processor = perf_counter(), process_time()
    plan = read_plan(candidates, solution, clock)
    spent = 1000 * (process_time() - processor) / size[0]
    clocked = 1000 * (perf_counter() - clock) / size[0]
    reasons = ", ".join(
        f"{reason} {count}" for reason, count in Counter(x.reason for x in plan.unmatched).most_common()
    )
    print(
        f"  seed {seed}: {spent:.2f} ms a case ({clocked:.2f} by the clock), {len(plan.teams):,} teams; {reasons}; "
        f"everything about one case {one_case(candidates, solution):.1f} ms",
        flush=True,
    )
    return spent


def one_case(candidates: Candidates, solution: Solution) -> float:
    """The milliseconds that everything known about one case takes beyond its plan, in the mean over some cases."""
    reader = CaseReader(Run(candidates, solution, read_plan(candidates, solution, perf_counter())))
    refs = [case.ref for case in candidates.snapshot.cases[:SAMPLE]]
    begun = process_time()
    for ref in refs:
        reader.explain(ref)
    return 1000 * (process_time() - begun) / len(refs)
