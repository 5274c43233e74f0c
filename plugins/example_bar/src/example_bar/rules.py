"""Hard constraints: one made of a function, and one of a class where there is data to keep."""

from collections.abc import Sequence

from amparo import Bools, CaseView, Rule, SeatRole, VolunteerColumns, hookimpl, rule

amparo_api = "1.0"


@rule(role="attorney", reads=("practice_area", "detained"), blocks="example-bar-training")
def example_bar_training_for_detained(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No attorney at level 2 or above for {practice_area} cases of detained clients."""
    trained: Bools = volunteers.level[:, case.practice_area] >= 2
    return trained | (not case.detained)


class MostHours:
    """Nobody is asked for more hours at once than the bar's insurance covers."""

    name = "example_bar_most_hours"
    roles = (SeatRole.ATTORNEY,)
    reads = ("hours",)
    blocks = "example-bar-insurance"
    text = "The case asks for {hours} hours, more than our insurance covers."

    def __init__(self, most: float) -> None:
        self.most = most

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """Up to the limit everybody, beyond it whoever is admitted at a second bar, too."""
        covered: Bools = volunteers.bars.sum(axis=1) >= 2
        return covered | (case.hours <= self.most)

    def explain(self, case: CaseView) -> str:
        """What a coordinator reads."""
        return self.text.format(hours=f"{case.hours:g}")


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """Our rules."""
    return [example_bar_training_for_detained, MostHours(200.0)]
