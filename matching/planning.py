"""A snapshot in, a plan out: candidates, the joint solution, its teams, and a reason for everybody else."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Plan, Progress
from core.protocols import Rule, Scorer
from matching.candidates import Candidates, find_candidates
from matching.last import Last
from matching.problem import Problem, Solution
from matching.reasons.teams import TeamReader
from matching.reasons.unmatched import Explainer
from matching.search.wishes import floors_reached
from matching.second_look import Looked, solved_with_second_looks
from matching.solver import solve

Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A plan with all that the run knew: what questions about it are answered from."""

    candidates: Candidates
    solution: Solution
    plan: Plan


@dataclass(frozen=True, slots=True)
class Planner:
    """How runs are made: by these rules and scorers, with this seed, each solve within ``time_limit`` seconds."""

    rules: Sequence[Rule]
    scorers: Sequence[Scorer]
    seed: int
    time_limit: float
    report: Report

    def run(self, snapshot: Snapshot) -> Run:
        """Match all cases jointly. The plan's ``seconds`` count from the first question to the last explanation."""
        begun = time.monotonic()
        found = self.solved(self.candidates(snapshot))
        self.report(Progress("Writing down why", 0, len(snapshot.cases), found.solution.gap))
        plan = read_plan(found.candidates, found.solution, begun)
        told = " ".join(one for one in (found.told, *found.candidates.slow) if one)
        return Run(found.candidates, found.solution, replace(plan, pruned=told))

    def solved(self, candidates: Candidates, last: Last | None = None) -> Looked:
        """Choose the teams, with second looks at what was left out; ``last`` as ``solve`` takes it."""

        def choose(problem: Problem, seconds: float) -> Solution:
            return self.solve(problem, seconds, last)

        return solved_with_second_looks(candidates, choose, self.time_limit)

    def candidates(self, snapshot: Snapshot) -> Candidates:
        """Ask the rules and scorers about everybody."""
        return find_candidates(
            snapshot,
            self.rules,
            self.scorers,
            report=lambda done, of: self.report(Progress("Asking the rules", done, of)),
        )

    def solve(self, problem: Problem, seconds: float, last: Last | None = None) -> Solution:
        """Choose the teams of a problem, within so many seconds; ``last`` is an earlier solution to begin with."""
        return solve(
            problem,
            seed=self.seed,
            time_limit=seconds,
            report=lambda stage, done, of, gap: self.report(Progress(stage, done, of, gap)),
            last=last,
        )


def plan_teams(
    snapshot: Snapshot,
    rules: Sequence[Rule],
    scorers: Sequence[Scorer],
    *,
    seed: int,
    time_limit: float,
    report: Report,
) -> Plan:
    """Match all cases jointly, within about ``time_limit`` seconds."""
    return Planner(rules, scorers, seed, time_limit, report).run(snapshot).plan


def read_plan(candidates: Candidates, solution: Solution, begun: float) -> Plan:
    """A solution as a plan; ``begun`` is when work on it began, on the monotonic clock."""
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
        floors=floors_reached(candidates.snapshot, candidates.problem, solution),
    )


def is_proved(solution: Solution) -> bool:
    """Whether nothing better exists among the candidates."""
    return solution.status in ("optimal", "empty")


def doubt(*solutions: Solution) -> float:
    """By how much their values together may lie below the best ones among the candidates; 0 where all are proved."""
    return sum(max(0.0, one.bound - one.objective) for one in solutions if not is_proved(one))
