"""100,000 cases: how far from the best the answer can be, and what the whole run takes."""

from bench.matching.goals import LARGE, Goal, Measured, Plan, Row, gaps
from bench.matching.lab import Lab

MOST_MIB = 2048.0


def measure(lab: Lab, plan: Plan) -> Measured:
    """Drawing, asking and solving in one process, whose memory is measured."""
    runs = [lab.whole(one) for one in plan.waitlists(LARGE)]
    trials = [trial for trial, _ in runs]
    return Measured(
        [
            Goal("certified gap on the candidates", gaps(trials), 0.01, aim=0.003, form=".2%"),
            Goal("peak memory of the whole run, MiB", [one.spent.mebibytes for one in trials], MOST_MIB, form=",.0f"),
        ],
        trials,
        [f"candidates: {', '.join(f'{sum(found.pairs):,} pairs' for _, found in runs)}"],
    )


ROW = Row("large", f"{LARGE}, one process from the first draw to the teams", measure, seeds=2)
