"""10,000 cases: the joint answer beside a dense assignment of attorneys with interpreters afterwards."""

from statistics import median

from bench.matching.goals import MIDDLE, Goal, Measured, Plan, Row, gaps, ratios, worth
from bench.matching.lab import Lab
from bench.matching.trials import BLIND, HUNGARIAN, OURS


def measure(lab: Lab, plan: Plan) -> Measured:
    """Of the Hungarian method, time and memory count up to the attorneys; the rest is as good as can be."""
    waitlists = plan.waitlists(MIDDLE, width="sparse")
    for waitlist in waitlists:
        lab.prepared(waitlist, graph=True)
    ours, theirs, blind = lab.compare(waitlists, (OURS, HUNGARIAN, BLIND))
    seconds = [median(one.spent.processor for one in column) for column in (ours, theirs)]
    return Measured(
        [
            Goal("gap on the candidates", gaps(ours), 1e-4, form=".1e"),
            Goal("processor time / Hungarian's", ratios(ours, theirs, lambda one: one.spent.processor), 1.0),
            Goal("value / Hungarian's", ratios(ours, theirs, worth), 1.2, least=True, form=".3f"),
            Goal("value / Hungarian's, blind to languages", ratios(ours, blind, worth), 1.2, least=True, form=".3f"),
            Goal("peak memory / Hungarian's", ratios(ours, theirs, lambda one: one.spent.mebibytes), 1 / 4),
        ],
        [*ours, *theirs, *blind],
        [f"seconds of processor: {seconds[0]:.1f}, and {seconds[1]:.1f} for the attorneys alone"],
    )


ROW = Row("hungarian", f"{MIDDLE}, sparse, against a dense Hungarian with interpreters afterwards", measure)
