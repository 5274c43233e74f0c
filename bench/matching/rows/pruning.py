"""What keeping the best candidates only costs, beside the proved optimum over every eligible pair."""

from bench.matching.goals import SMALL, Goal, Measured, Plan, Row, gaps
from bench.matching.lab import Lab
from bench.matching.trials import OURS


def measure(lab: Lab, plan: Plan) -> Measured:
    """Without the second looks that a run takes at what was left out: the loss is that of the first solve."""
    pruned, every = (
        [lab.trial(one, OURS) for one in plan.waitlists(SMALL, width=width)] for width in ("pruned", "every")
    )
    losses = [1 - one.value / (other.bound or other.value) for one, other in zip(pruned, every, strict=True)]
    kept = [sum(lab.prepared(one.waitlist)[1].pairs) for one in (pruned[0], every[0])]
    return Measured(
        [
            Goal("loss to the bound of the full graph", losses, 0.001, form=".4%"),
            Goal("gap of the full graph, proved", gaps(every), 1e-6, form=".1e"),
        ],
        [*pruned, *every],
        [f"pairs of the first world: {kept[0]:,} kept of {kept[1]:,}"],
    )


ROW = Row("pruning", f"{SMALL}, pruned as larger ones are, against the full graph", measure)
