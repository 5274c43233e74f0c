"""Which case first: the urgency tier, then how long the client has waited.

Points of the case go with its lead attorney: co-counsel does not make it count twice.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from amparo import CaseView, Scorer, VolunteerColumns, hookimpl, scorer
from core.model.plans.columns import Floats

TIER_POINTS: Final = {1: 9000.0, 2: 3000.0, 3: 1000.0}
"""Points by tier: far enough apart that no sum of preferences lifts a case over the tier above."""
LONGEST_WAIT_DAYS: Final = 730.0


@scorer(role="lead", reads=("tier",), weight=1.0)
def urgency(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """How urgent the case is."""
    return np.full(volunteers.n, TIER_POINTS[case.tier])


@scorer(role="lead", reads=("waiting_days",), weight=200.0)
def waiting(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """How long the client has waited, up to two years."""
    return np.full(volunteers.n, min(1.0, case.waiting_days / LONGEST_WAIT_DAYS))


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """The scorers of priority."""
    return (urgency, waiting)
