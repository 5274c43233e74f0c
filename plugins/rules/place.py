"""Where the work happens: remotely where the case allows it, else near the client."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from amparo import CasesOfPairs, PeopleOfPairs, Rule, hookimpl, pair_rule
from core.model.places import IN_PERSON_KM
from core.model.plans.columns import Bools, Floats

EARTH_KM: Final = 6371.0


def kilometres(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """Great-circle distance from client to volunteer in km (haversine), to a metre; nan where a place is unknown."""
    places = (cases.latitude, volunteers.latitude, volunteers.longitude - cases.longitude)
    here, there, apart = (np.radians(degrees.astype(np.float32)) for degrees in places)
    half = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(apart / 2) ** 2
    distance: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(half)).astype(np.float64)
    return distance


@pair_rule(role=("attorney", "interpreter"), reads=("remote_ok", "county", "latitude", "longitude"), blocks="location")
def can_be_there(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Bools:
    """Nobody is near, nor works remotely where the case allows it."""
    near: Bools = (volunteers.county == cases.county) | (kilometres(cases, volunteers) <= IN_PERSON_KM)
    there: Bools = near | (volunteers.remote & cases.remote_ok)
    return there


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rule of place."""
    return (can_be_there,)
