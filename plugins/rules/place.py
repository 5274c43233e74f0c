"""Where the work happens: remotely where the case allows it, else near the client."""

from collections.abc import Sequence

import numpy as np

from amparo import CasesOfPairs, PeopleOfPairs, Rule, hookimpl, pair_rule
from core.model.columns import Bools, Floats
from core.model.places import IN_PERSON_KM


def kilometres(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """Great-circle distance between client and volunteer in km (haversine); nan where a place is unknown."""
    phi, other = np.radians(cases.latitude), np.radians(volunteers.latitude)
    half = (
        np.sin((other - phi) / 2) ** 2
        + np.cos(phi) * np.cos(other) * np.sin(np.radians(volunteers.longitude - cases.longitude) / 2) ** 2
    )
    distance: Floats = 2 * 6371.0 * np.arcsin(np.sqrt(half))
    return distance


@pair_rule(role=("attorney", "interpreter"), reads=("remote_ok", "county", "latitude", "longitude"), blocks="location")
def can_be_there(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Bools:
    """In person only, and nobody near."""
    near: Bools = (volunteers.county == cases.county) | (kilometres(cases, volunteers) <= IN_PERSON_KM)
    there: Bools = near | (volunteers.remote & cases.remote_ok)
    return there


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rule of place."""
    return (can_be_there,)
