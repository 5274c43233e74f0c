"""Against greedy on the same wide candidates, with the served share by language group."""

from statistics import median

from bench.matching.goals import MIDDLE, SMALL, Goal, Measured, Plan, Row, Size, ratios, shares_told, worth
from bench.matching.lab import Lab
from bench.matching.trials import ATTORNEYS_FIRST, GREEDY, OURS


def row(size: Size) -> Row:
    """The row of one size."""

    def measure(lab: Lab, plan: Plan) -> Measured:
        ours, whole, first = lab.compare(plan.waitlists(size), (OURS, GREEDY, ATTORNEYS_FIRST))
        goals = [
            Goal("value / greedy", ratios(ours, whole, worth), 1.05, least=True, form=".3f"),
            Goal("value / greedy, attorneys first", ratios(ours, first, worth), 1.05, least=True, form=".3f"),
        ]
        more = median(ratios(ours, whole, lambda one: one.served["all"]))
        notes = [f"cases served / greedy's: {more:.3f}", *shares_told(ours, whole, first)]
        return Measured(goals, [*ours, *whole, *first], notes)

    return Row(f"greedy-{size.cases}", f"{size}, against greedy on the same wide candidates", measure)


ROWS = (row(SMALL), row(MIDDLE))
