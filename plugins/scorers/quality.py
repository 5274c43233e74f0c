"""How well a person and a case go together."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from amparo import CasesOfPairs, CaseView, PeopleOfPairs, Scorer, VolunteerColumns, hookimpl, pair_scorer, scorer
from core.model.plans.columns import Floats
from plugins.rules.place import kilometres

FAR_KM: Final = 500.0


@scorer(role="lead", reads=("practice_area", "skill_level"), weight=20.0)
def level_fit(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """A level that meets the case and does not waste experience on an easy one."""
    return _level_fit(case, volunteers)


@scorer(role="co_counsel", reads=("practice_area", "skill_level"), weight=10.0)
def level_beside_the_lead(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """Co-counsel's level: it counts half of what the lead's does, so that the better fit of two leads."""
    return _level_fit(case, volunteers)


@scorer(role="lead", reads=("languages",), weight=15.0)
def speaks_with_the_client(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """How well she speaks with the client herself."""
    return _spoken(case, volunteers)


@scorer(role="co_counsel", reads=("languages",), weight=5.0)
def also_speaks_with_the_client(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """How well co-counsel speaks with the client: welcome, though the lead or an interpreter carries it."""
    return _spoken(case, volunteers)


def _level_fit(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    above = volunteers.level[:, case.practice_area] - case.skill_level
    points: Floats = np.where(above < 0, 0.25, 1.0 - 0.25 * np.clip(above, 0, 3))
    return points


def _spoken(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    best: Floats = volunteers.speaks[:, list(case.languages)].max(axis=1)
    return np.where(best >= 3.0, best / 5.0, 0.0)


@pair_scorer(role=("attorney", "interpreter"), reads=("remote_ok", "county", "latitude", "longitude"), weight=10.0)
def nearness(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """How near she is; for work that can be done remotely it matters a quarter as much."""
    near = 1.0 - np.clip(np.nan_to_num(kilometres(cases, volunteers), nan=FAR_KM) / FAR_KM, 0.0, 1.0)
    near = np.where(volunteers.county == cases.county, 1.0, near)
    points: Floats = near * np.where(cases.remote_ok, 0.25, 1.0)
    return points


@scorer(role="attorney", reads=("practice_area",), weight=10.0)
def interest(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """What she said she would like to do."""
    return volunteers.interests[:, case.practice_area].astype(np.float64)


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """The scorers of quality."""
    return (
        level_fit,
        level_beside_the_lead,
        speaks_with_the_client,
        also_speaks_with_the_client,
        nearness,
        interest,
    )
