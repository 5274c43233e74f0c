"""What a case asks of its people: the practice area at its level, the language, the interpreter's gender and mode."""

from collections.abc import Sequence

import numpy as np

from amparo import CaseView, Rule, VolunteerColumns, hookimpl, rule
from core.model.plans.columns import Bools


@rule(role="lead", reads=("practice_area", "skill_level"), blocks="skill")
def knows_the_area(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No {practice_area} attorney at level {skill_level}, or one below with a mentor."""
    level = volunteers.level[:, case.practice_area]
    return (level > 0) & (level >= case.skill_level - 1)


@rule(role="co_counsel", reads=("practice_area",), blocks="skill")
def takes_the_area(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No second attorney who takes {practice_area} cases, at any level: the lead has the experience."""
    return volunteers.level[:, case.practice_area] > 0


@rule(role="mentor", reads=("practice_area", "skill_level"), blocks="skill")
def can_guide(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No mentor for {practice_area} at level {skill_level} or above."""
    return volunteers.level[:, case.practice_area] >= max(1, case.skill_level)


@rule(role="interpreter", reads=(), blocks="language")
def has_a_useful_pair(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No interpreter with a pair of languages for this client."""
    return np.asarray(volunteers.interprets.any(axis=1))


@rule(role="interpreter", reads=("interpreter_gender",), blocks="interpreter_gender")
def of_the_needed_gender(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No {interpreter_gender} interpreter, whom the client needs."""
    if case.interpreter_gender is None:
        return np.ones(volunteers.n, dtype=np.bool_)
    same: Bools = volunteers.gender == case.interpreter_gender
    return same


@rule(role="interpreter", reads=("interpreter_mode",), blocks="interpreter_mode")
def works_in_the_mode(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No interpreter who can work as the client needs it: {interpreter_mode}."""
    if case.interpreter_mode is None:
        return np.ones(volunteers.n, dtype=np.bool_)
    can: Bools = volunteers.modes[:, case.interpreter_mode]
    return can


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rules of ability."""
    return (knows_the_area, takes_the_area, can_guide, has_a_useful_pair, of_the_needed_gender, works_in_the_mode)
