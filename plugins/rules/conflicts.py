"""Known conflicts, volunteers who said no to this case before, and whom a coordinator rules out for it."""

from collections.abc import Sequence

import numpy as np

from amparo import CasesOfPairs, PeopleOfPairs, Rule, hookimpl, pair_rule
from core.model.plans.columns import Bools


@pair_rule(role=("attorney", "interpreter", "mentor"), among="barred", blocks="conflict")
def is_not_barred(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Bools:
    """Everybody who could has a conflict, declined this case before, or is ruled out for it by a coordinator."""
    return np.zeros(volunteers.n, dtype=np.bool_)


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rule of conflicts and declines."""
    return (is_not_barred,)
