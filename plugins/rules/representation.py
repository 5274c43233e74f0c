"""Who may represent, where (8 CFR 292.1, 1001.1(f), 1292.1, 1292.11 and following)."""

from collections.abc import Sequence

from amparo import CaseView, Forum, Rule, VolunteerColumns, VolunteerRole, hookimpl, rule
from core.model.plans.columns import Bools

BEFORE_EOIR = (Forum.EOIR, Forum.BIA)


@rule(role="attorney", reads=(), blocks="role")
def represents(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Nobody who can represent: an attorney, an accredited representative or a supervised law student."""
    return (
        volunteers.is_a(VolunteerRole.ATTORNEY)
        | volunteers.is_a(VolunteerRole.ACCREDITED_FULL)
        | volunteers.is_a(VolunteerRole.ACCREDITED_PARTIAL)
        | volunteers.is_a(VolunteerRole.LAW_STUDENT)
    )


def _no_bad_standing(volunteers: VolunteerColumns) -> Bools:
    """In good standing at a bar, or no attorney and without any standing that is bad."""
    licensed = volunteers.good_standing & volunteers.bars.any(axis=1)
    other = ~volunteers.is_a(VolunteerRole.ATTORNEY) & (volunteers.good_standing | volunteers.standing_unknown)
    return licensed | other


@rule(role="attorney", reads=(), blocks="standing")
def in_good_standing(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Nobody in good standing at a bar of a US state, territory or DC."""
    return _no_bad_standing(volunteers)


@rule(role="mentor", reads=(), blocks="standing")
def mentor_in_good_standing(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No mentor in good standing."""
    return _no_bad_standing(volunteers)


@rule(role="attorney", reads=("forum", "state"), blocks="right_to_represent")
def may_appear(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Nobody who may appear in this forum."""
    attorney = volunteers.is_a(VolunteerRole.ATTORNEY)
    student = volunteers.is_a(VolunteerRole.LAW_STUDENT) & ~attorney
    full, partial = volunteers.is_a(VolunteerRole.ACCREDITED_FULL), volunteers.is_a(VolunteerRole.ACCREDITED_PARTIAL)
    if case.forum == Forum.STATE_COURT:
        return attorney & volunteers.bars[:, case.state]
    if case.forum in BEFORE_EOIR:
        return ((attorney | full) & volunteers.eoir_registered) | student
    if case.forum == Forum.USCIS:
        return attorney | full | partial | student
    return attorney | student


@rule(role="mentor", reads=(), blocks="role")
def mentors(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Nobody who mentors."""
    return volunteers.is_a(VolunteerRole.MENTOR)


@rule(role="interpreter", reads=(), blocks="role")
def interprets(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Nobody who interprets."""
    return volunteers.is_a(VolunteerRole.INTERPRETER)


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """The rules of role and right to represent."""
    return (represents, in_good_standing, may_appear, mentors, mentor_in_good_standing, interprets)
