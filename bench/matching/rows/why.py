"""What it costs to say why."""

from bench.explanation import MOST_MS, measured
from bench.matching.goals import SMALL, Goal, Measured, Plan, Row
from bench.matching.lab import Lab


def measure(lab: Lab, plan: Plan) -> Measured:
    """Every team with its runners-up, every other case with its reason: milliseconds of processor a case."""
    size = SMALL.scaled(plan.scale)
    taken = [measured(seed, (size.cases, size.attorneys, size.interpreters)) for seed in plan.seeds]
    return Measured([Goal("milliseconds a case", taken, MOST_MS, form=".2f")])


ROW = Row("explanation", f"{SMALL}, explaining every case", measure)
