"""Whether a volunteer has room: places, hours, and working time before the deadline."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from amparo import CaseView, Rule, VolunteerColumns, hookimpl, rule
from core.model.plans.columns import Bools

HOURS_A_DAY: Final = 8.0
DAYS_TO_ANSWER: Final = 7
"""Who is on leave for all of the coming week could not answer an offer."""


@rule(role=("attorney", "interpreter"), reads=(), blocks="capacity")
def has_a_place(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Everybody who could is at capacity."""
    return volunteers.free_places > 0


@rule(role="mentor", reads=(), blocks="capacity")
def can_mentor_one_more(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Every mentor who could is at capacity."""
    return volunteers.free_mentoring > 0


@rule(role="attorney", reads=("hours",), blocks="hours")
def has_the_hours(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Nobody with {hours} free hours."""
    return volunteers.free_hours >= case.hours


@rule(role="interpreter", reads=("interpreter_hours",), blocks="hours")
def has_the_interpreting_hours(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No interpreter with {interpreter_hours} free hours."""
    return volunteers.free_hours >= case.interpreter_hours


@rule(role="attorney", reads=("deadline_in", "working_days", "hours"), blocks="time")
def has_time_before_the_deadline(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Nobody with working time enough before the deadline, leave counted."""
    return _has_time(case, volunteers, case.hours)


@rule(role="interpreter", reads=("deadline_in", "working_days", "interpreter_hours"), blocks="time")
def has_time_to_interpret(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No interpreter with working time enough before the deadline, leave counted."""
    return _has_time(case, volunteers, case.interpreter_hours)


@rule(role=("attorney", "interpreter", "mentor"), reads=(), blocks="time")
def is_here_this_week(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Everybody who could is on leave."""
    here: Bools = volunteers.free_days[:, DAYS_TO_ANSWER] > 0
    return here


def _has_time(case: CaseView, volunteers: VolunteerColumns, hours: float) -> Bools:
    """Whether eight hours on each working day not on leave, within the free hours, suffice by the deadline.

    A deadline so near that nobody could do all the hours asks for everybody's working days until then; one that
    has passed asks for nothing.
    """
    if case.deadline_in is None:
        return np.ones(volunteers.n, dtype=np.bool_)
    free = np.minimum(volunteers.free_days[:, case.deadline_in] * HOURS_A_DAY, volunteers.free_hours)
    enough: Bools = free >= min(hours, HOURS_A_DAY * case.working_days)
    return enough


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rules of capacity and time."""
    return (
        has_a_place,
        can_mentor_one_more,
        has_the_hours,
        has_the_interpreting_hours,
        has_time_before_the_deadline,
        has_time_to_interpret,
        is_here_this_week,
    )
