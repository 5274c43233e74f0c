"""2,000 cases: a proved optimum, beside what CP-SAT has of the same candidates when its time is up."""

from bench.matching.goals import SMALL, Goal, Measured, Plan, Row, gaps, ratios, worth
from bench.matching.lab import Lab
from bench.matching.trials import CPSAT, CPSAT_FROM_GREEDY, OURS


def measure(lab: Lab, plan: Plan) -> Measured:
    """Processor time of ours is held against the time on the clock that CP-SAT has for its two workers.

    Among all eligible pairs, which ``pruning`` and ``greedy-2000`` measure, CP-SAT finds nothing in that time.
    """
    ours, theirs, begun = lab.compare(plan.waitlists(SMALL, width="sparse"), (OURS, CPSAT, CPSAT_FROM_GREEDY))
    shares = [one.spent.processor / lab.limits.rival for one in ours]
    bounds = [f"{one.price_gap:.1e}" for one in ours if one.price_gap is not None]
    return Measured(
        [
            Goal("gap, proved", gaps(ours), 1e-6, form=".1e"),
            Goal(f"processor time / {lab.limits.rival:g} s of CP-SAT", shares, 1 / 20),
            Goal("value / CP-SAT's", ratios(ours, theirs, worth), 1.03, least=True, form=".4g"),
            Goal(
                "value / CP-SAT's that begins with greedy's", ratios(ours, begun, worth), 1.03, least=True, form=".4g"
            ),
        ],
        [*ours, *theirs, *begun],
        [
            f"CP-SAT found nothing in {sum(one.value <= 0 for one in theirs)} of {len(theirs)} worlds",
            f"gap that the prices alone prove, seed by seed: {', '.join(bounds)}",
        ],
    )


ROW = Row("cpsat", f"{SMALL}, sparse, against CP-SAT with 2 workers on the same candidates", measure)
