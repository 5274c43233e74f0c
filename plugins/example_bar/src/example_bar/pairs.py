"""A rule and a scorer of pairs: for what nearly every case has for itself, such as where the client lives."""

from collections.abc import Sequence

import numpy as np

from amparo import (
    Bools,
    CasesOfPairs,
    Floats,
    PeopleOfPairs,
    PracticeArea,
    Rule,
    Scorer,
    hookimpl,
    pair_rule,
    pair_scorer,
)

amparo_api = "1.0"
CITIZENSHIP = tuple(PracticeArea).index(PracticeArea.CITIZENSHIP)
"""Practice areas are told as numbers, in the order of ``PracticeArea``."""
DEGREES = 1.0
"""How far north or south still counts as near: about 111 km."""


@pair_rule(role="attorney", among="prior", reads=("practice_area",), blocks="example-bar-second-time")
def example_bar_not_twice(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Bools:
    """Whoever worked with this client before does not take her naturalization as well."""
    others: Bools = cases.practice_area != CITIZENSHIP
    return others


@pair_scorer(role="attorney", reads=("latitude",), weight=5.0)
def example_bar_same_valley(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """How near she is, north and south; nothing where a place is unknown."""
    apart = np.abs(volunteers.latitude - cases.latitude)
    near: Floats = 1.0 - np.clip(np.nan_to_num(apart, nan=DEGREES) / DEGREES, 0.0, 1.0)
    return near


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """Our rule of pairs: it comes through the same hook as any other."""
    return [example_bar_not_twice]


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """Our scorer of pairs."""
    return [example_bar_same_valley]
