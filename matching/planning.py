"""A snapshot in, a plan out: candidates, the joint solution, its teams, and a reason for everybody else."""

import time
from collections.abc import Callable, Sequence

from core.model.snapshot import Snapshot
from core.model.teams import Plan, Progress
from core.protocols import Rule, Scorer
from matching.candidates import find_candidates
from matching.solver import solve
from matching.teams import TeamReader
from matching.unmatched import Explainer


def plan_teams(
    snapshot: Snapshot,
    rules: Sequence[Rule],
    scorers: Sequence[Scorer],
    *,
    seed: int,
    time_limit: float,
    report: Callable[[Progress], None],
) -> Plan:
    """Match all cases jointly. ``seconds`` counts everything from the first question to the last explanation."""
    begun = time.monotonic()
    candidates = find_candidates(
        snapshot, rules, scorers, report=lambda done, of: report(Progress("Asking the rules", done, of))
    )
    solution = solve(
        candidates.problem,
        seed=seed,
        time_limit=time_limit,
        report=lambda stage, done, of, gap: report(Progress(stage, done, of, gap)),
    )
    report(Progress("Writing down why", 0, len(snapshot.cases), solution.gap))
    return Plan(
        status=solution.status,
        objective=solution.objective,
        bound=solution.bound,
        gap=solution.gap,
        teams=TeamReader(candidates, solution).teams(),
        unmatched=Explainer(candidates, solution).unmatched(),
        failures=candidates.asked.failures,
        pruned=candidates.pruned,
        seconds=time.monotonic() - begun,
    )
