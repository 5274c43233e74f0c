"""Continuity: people who know the client, and proposals that are already out."""

from collections.abc import Sequence

import numpy as np

from amparo import CaseView, Scorer, VolunteerColumns, hookimpl, scorer
from core.model.columns import Floats


def _among(volunteers: VolunteerColumns, chosen: tuple[int, ...]) -> Floats:
    return np.isin(volunteers.index, chosen).astype(np.float64)


@scorer(role=("attorney", "interpreter", "mentor"), reads=("prior",), weight=15.0)
def continuity(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """She worked with this client before."""
    return _among(volunteers, case.prior)


@scorer(role="attorney", reads=("proposed_attorney",), weight=30.0)
def stay(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """She is proposed for this case already: a second run changes only what must change."""
    return _among(volunteers, case.proposed_attorney)


@scorer(role="interpreter", reads=("proposed_interpreters",), weight=5.0)
def stay_interpreter(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """The interpreter is proposed for this case already."""
    return _among(volunteers, case.proposed_interpreters)


@scorer(role="mentor", reads=("proposed_mentor",), weight=5.0)
def stay_mentor(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """The mentor is proposed for this case already."""
    return _among(volunteers, case.proposed_mentor)


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """The scorers of continuity."""
    return (continuity, stay, stay_interpreter, stay_mentor)
