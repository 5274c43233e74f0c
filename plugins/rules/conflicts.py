"""Known conflicts, volunteers who said no to this case before, and whom a coordinator rules out for it."""

from collections.abc import Sequence

import numpy as np

from amparo import CaseView, Rule, VolunteerColumns, hookimpl, rule
from core.model.columns import Bools


@rule(role=("attorney", "interpreter", "mentor"), reads=("barred",), blocks="conflict")
def is_not_barred(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Everybody who could has a conflict, declined this case before, or is ruled out for it by a coordinator."""
    if not case.barred:
        return np.ones(volunteers.n, dtype=np.bool_)
    return ~np.isin(volunteers.index, case.barred)


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rule of conflicts and declines."""
    return (is_not_barred,)
