"""Work spread over many, and scarce people kept free."""

from collections.abc import Sequence

import numpy as np

from amparo import CaseView, Scorer, VolunteerColumns, hookimpl, scorer
from core.model.columns import Floats


@scorer(role=("attorney", "interpreter", "mentor"), reads=(), weight=10.0)
def even_load(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """Room left: somebody with none of her places used comes before somebody with most of them used."""
    return 1.0 - np.clip(volunteers.load, 0.0, 1.0)


@scorer(role="interpreter", reads=(), weight=-60.0)
def interpreter_use(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """An interpreter's time is scarce: used only where it serves somebody."""
    return np.ones(volunteers.n)


@scorer(role="mentor", reads=(), weight=-30.0)
def mentor_use(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """A mentor's time is scarce: used only where a case needs it."""
    return np.ones(volunteers.n)


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """The scorers of fairness."""
    return (even_load, interpreter_use, mentor_use)
