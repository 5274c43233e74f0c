"""Finding candidates: the shared search against each case by itself in numpy, and how the search grows."""

from bench.candidates import LARGEST, compare, grow
from bench.matching.goals import MIDDLE, Goal, Measured, Plan, Row
from bench.matching.lab import Lab


def measure(lab: Lab, plan: Plan) -> Measured:
    """``python -m bench candidates`` has more: every single pair compared, and a place of its own for every case."""
    ten, twenty, hundred = (round(cases * plan.scale) for cases in (MIDDLE.cases, 2 * MIDDLE.cases, LARGEST))
    times = [compare(cases, plan.seeds) for cases in (ten, twenty)]
    exponents = [grow(ten, hundred, seed) for seed in plan.seeds[:2]]
    return Measured(
        [
            Goal(f"dense numpy's time / ours at {ten:,}", times[0], 5, least=True, form=".1f"),
            Goal(f"dense numpy's time / ours at {twenty:,}", times[1], 15, least=True, form=".1f"),
            Goal(f"growth exponent up to {hundred:,}", exponents, 1.15, form=".2f"),
        ],
        notes=["seconds of processor; both ways keep the same pairs with the same scores, or the row stops"],
    )


ROW = Row("candidates", "candidate generation, against each case by itself in numpy", measure)
