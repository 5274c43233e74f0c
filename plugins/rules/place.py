"""Where the work happens: remotely where the case allows it, else near the client."""

from collections.abc import Sequence

import numpy as np

from amparo import CaseView, Rule, VolunteerColumns, hookimpl, rule
from core.model.columns import Bools, Floats
from core.model.places import IN_PERSON_KM


def kilometres(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """Great-circle distance to every volunteer's county in km (haversine); nan where a place is unknown."""
    phi, other = np.radians(case.latitude), np.radians(volunteers.latitude)
    half = (
        np.sin((other - phi) / 2) ** 2
        + np.cos(phi) * np.cos(other) * np.sin(np.radians(volunteers.longitude - case.longitude) / 2) ** 2
    )
    distance: Floats = 2 * 6371.0 * np.arcsin(np.sqrt(half))
    return distance


@rule(role=("attorney", "interpreter"), reads=("remote_ok", "county", "latitude", "longitude"), blocks="location")
def can_be_there(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """In person only, and nobody near."""
    near: Bools = (volunteers.county == case.county) | (kilometres(case, volunteers) <= IN_PERSON_KM)
    return near | volunteers.remote if case.remote_ok else near


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rule of place."""
    return (can_be_there,)
