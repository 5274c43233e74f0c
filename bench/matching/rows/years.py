"""A year of weekly runs, with prices for the weeks to come and without."""

from bench.matching.goals import Goal, Measured, Plan, Row
from bench.matching.lab import Lab
from bench.simulation import SIZE, WEEKS, measured, ratios, tell


def measure(lab: Lab, plan: Plan) -> Measured:
    """Under four assumptions; every week is checked. The seeds are those of clinics, not of the other rows' worlds."""
    goals = []
    size = (max(4, round(SIZE[0] * plan.scale)), max(2, round(SIZE[1] * plan.scale)))
    for words, found in measured(plan.seeds, max(8, round(WEEKS * plan.scale)), size):
        lab.tell(f"  {words}:")
        tell(found)
        goals.append(Goal(words[0].lower() + words[1:], ratios(found), 1.1, least=True, form=".3f"))
    return Measured(goals, notes=["value with prices / best of each week, year by year"])


ROW = Row(
    "simulation", f"{WEEKS} weekly runs, with prices for the weeks to come against the best of each week", measure, 10
)
