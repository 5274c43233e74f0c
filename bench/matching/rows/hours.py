"""Volunteers who limit their hours, which makes the problem one of knapsacks."""

from bench.matching.goals import SMALL, Goal, Measured, Plan, Row, gaps
from bench.matching.lab import Lab
from bench.matching.trials import OURS


def measure(lab: Lab, plan: Plan) -> Measured:
    """The gap when the time is up, or earlier where it is proved."""
    ours = [lab.trial(one, OURS) for one in plan.waitlists(SMALL, hours=True)]
    return Measured([Goal("gap", gaps(ours), 0.003, aim=0.001, form=".3%")], ours)


ROW = Row("hours", f"{SMALL}, attorneys limited by hours as well", measure)
