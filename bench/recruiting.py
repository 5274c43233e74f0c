"""Whom to recruit: what is predicted from the prices of a run, beside what planning again with one more says.

Five worlds of 300 cases, 150 attorneys with mentors among them, and 60 interpreters, each solved to its proved optimum;
the first five kinds of each are verified. And what a scenario costs beside the run that it is compared with.
"""

from statistics import median
from time import perf_counter
from typing import Final

from bench.builtin import the_plugins
from bench.worlds import World
from core.model.plans.advice import Recruit
from core.model.plans.changes import RemoveVolunteer
from matching.advice.recruiting import recruit
from matching.advice.whatif import what_if
from matching.planning import Planner, Run

SEEDS: Final = (11, 12, 13, 14, 15)
SIZE: Final = (300, 150, 60)
VERIFIED: Final = 5
TIME_LIMIT: Final = 60.0


def main() -> None:
    """Print each world's kinds, then how far predictions are from what was verified."""
    host = the_plugins()
    planner = Planner(host.rules(), host.scorers(), 1, TIME_LIMIT, lambda progress: None)
    found: list[Recruit] = []
    for seed in SEEDS:
        begun = perf_counter()
        run = planner.run(World(seed).snapshot(*SIZE, hours=False, mentors=True))
        taken = perf_counter() - begun
        print(f"  seed {seed}: {run.plan.status}, {len(run.plan.teams)} of {SIZE[0]} served, {taken:.1f} s")
        found += told(run, planner)
        scenario(run, planner, taken)
    summary(found)


def told(run: Run, planner: Planner) -> list[Recruit]:
    """The verified kinds of one world, printed."""
    verified = [one for one in recruit(run, planner, verify=VERIFIED) if one.verified is not None]
    for one in verified:
        assert one.verified is not None
        print(
            f"    {one.kind}: predicted {one.predicted_cases} cases, {one.predicted_value:,.0f} points; "
            f"verified {one.verified.cases} cases, {one.verified.value:,.0f} points",
            flush=True,
        )
    return verified


def scenario(run: Run, planner: Planner, taken: float) -> None:
    """What it costs to think through that somebody leaves, and how much that changes."""
    begun = perf_counter()
    found = what_if(run, (RemoveVolunteer(run.plan.teams[0].seats[0].volunteer),), planner)
    print(
        f"    somebody leaves: {len(found.lost)} lose their team, {len(found.changed)} of {found.served_after} teams "
        f"change, {(perf_counter() - begun) / taken:.1f} times the run's time",
        flush=True,
    )


def summary(found: list[Recruit]) -> None:
    """How far the predictions are from what was verified."""
    pairs = [(one, one.verified) for one in found if one.verified is not None]
    ratios = [checked.value / one.predicted_value for one, checked in pairs]
    exact = sum(checked.cases == one.predicted_cases for one, checked in pairs)
    print(f"  verified / predicted value: {median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})")
    print(f"  cases predicted exactly: {exact} of {len(pairs)}")
