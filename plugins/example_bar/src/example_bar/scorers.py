"""A preference: cases go first to those who said that they would like such."""

from collections.abc import Sequence

import numpy as np

from amparo import CaseView, Floats, Scorer, VolunteerColumns, hookimpl, scorer

amparo_api = "1.0"


@scorer(role="attorney", reads=("practice_area",), weight=8.0)
def example_bar_newcomers(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """She would like {practice_area} cases and has none yet."""
    eager = volunteers.interests[:, case.practice_area] & (volunteers.load == 0.0)
    return np.where(eager, 1.0, 0.0)


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """Our scorer."""
    return [example_bar_newcomers]
