"""The built-in rules, each by what it lets through and what it stops."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.model.vocabulary import Forum, Gender, InterpretingMode, PracticeArea, SeatRole, Standing, VolunteerRole
from tests.plugins.asking import codes
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

ATTORNEY, INTERPRETER, MENTOR = SeatRole.ATTORNEY, SeatRole.INTERPRETER, SeatRole.MENTOR
FULL, PARTIAL = (VolunteerRole.ACCREDITED_FULL,), (VolunteerRole.ACCREDITED_PARTIAL,)
STUDENT = (VolunteerRole.LAW_STUDENT,)


def an_interpreter(**given: Any) -> Any:
    usual: dict[str, Any] = {"roles": (VolunteerRole.INTERPRETER,), "interprets": (("es", "en"),), "bars": ()}
    return a_volunteer("I-1", **(usual | given))


def test_an_ordinary_attorney_may_take_an_ordinary_case() -> None:
    assert codes(a_case(), a_volunteer()) == set()


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.DISBARRED, Standing.RESIGNED, Standing.INACTIVE])
def test_an_attorney_who_is_not_in_good_standing_never_represents(standing: Standing) -> None:
    assert codes(a_case(), a_volunteer(standing=standing)) == {"standing"}


def test_an_emeritus_licence_counts_as_good_standing() -> None:
    assert codes(a_case(), a_volunteer(standing=Standing.EMERITUS)) == set()


def test_an_accredited_representative_needs_no_bar_but_must_not_be_suspended() -> None:
    assert codes(a_case(), a_volunteer(roles=FULL, bars=(), standing=Standing.UNKNOWN)) == set()
    assert codes(a_case(), a_volunteer(roles=FULL, bars=(), standing=Standing.SUSPENDED)) == {"standing"}


@pytest.mark.parametrize(
    ("forum", "given", "may"),
    [
        (Forum.USCIS, {"bars": ("TX",)}, True),
        (Forum.CONSULATE, {"bars": ("TX",)}, True),
        (Forum.EOIR, {"eoir_registered": False}, False),
        (Forum.EOIR, {"eoir_registered": True, "bars": ("TX",)}, True),
        (Forum.BIA, {"eoir_registered": False}, False),
        (Forum.BIA, {"eoir_registered": True}, True),
        (Forum.STATE_COURT, {"bars": ("TX",)}, False),
        (Forum.STATE_COURT, {"bars": ("TX", "NM")}, True),
        (Forum.USCIS, {"roles": PARTIAL}, True),
        (Forum.EOIR, {"roles": PARTIAL, "eoir_registered": True}, False),
        (Forum.EOIR, {"roles": FULL, "eoir_registered": True}, True),
        (Forum.STATE_COURT, {"roles": FULL, "eoir_registered": True}, False),
        (Forum.USCIS, {"roles": STUDENT}, True),
        (Forum.STATE_COURT, {"roles": STUDENT}, False),
    ],
)
def test_who_may_represent_depends_on_the_forum_and_not_on_the_place_of_the_bar(
    forum: Forum, given: dict[str, Any], may: bool
) -> None:
    found = codes(a_case(forum=forum, us_state="NM"), a_volunteer(**given))
    assert found == (set() if may else {"right_to_represent"})


def test_an_interpreter_who_is_nothing_else_cannot_represent() -> None:
    assert "role" in codes(a_case(), an_interpreter())


@pytest.mark.parametrize(("level", "found"), [(4, set()), (2, set()), (1, set()), (0, {"skill"})])
def test_an_attorney_takes_cases_up_to_one_level_above_her_own(level: int, found: set[str]) -> None:
    practice = {PracticeArea.ASYLUM: level} if level else {PracticeArea.FAMILY: 4}
    assert codes(a_case(skill_level=2), a_volunteer(practice=practice)) == found


def test_a_case_two_levels_above_is_not_for_her_even_with_a_mentor() -> None:
    assert codes(a_case(skill_level=3), a_volunteer(practice={PracticeArea.ASYLUM: 1})) == {"skill"}


def test_a_mentor_lists_the_area_at_the_level_of_the_case_and_is_in_good_standing() -> None:
    mentor: dict[str, Any] = {"roles": (VolunteerRole.ATTORNEY, VolunteerRole.MENTOR)}
    assert codes(a_case(), a_volunteer(**mentor), MENTOR) == set()
    assert codes(a_case(skill_level=3), a_volunteer(**mentor), MENTOR) == {"skill"}
    assert codes(a_case(), a_volunteer(**mentor, standing=Standing.SUSPENDED), MENTOR) == {"standing"}
    assert codes(a_case(), a_volunteer(), MENTOR) == {"role"}
    assert codes(a_case(), a_volunteer(**mentor, capacity_mentor=0), MENTOR) == {"capacity"}


def test_an_interpreter_has_a_pair_of_languages_stated_or_at_ilr_4() -> None:
    assert codes(a_case(), an_interpreter(), INTERPRETER) == set()
    fluent = an_interpreter(interprets=(), languages={"en": 5.0, "es": 4.0})
    assert codes(a_case(), fluent, INTERPRETER) == set()
    weak = an_interpreter(interprets=(), languages={"en": 5.0, "es": 3.5})
    assert codes(a_case(), weak, INTERPRETER) == {"language"}


def test_the_gender_that_the_client_asks_for_binds_interpreters_only() -> None:
    case = a_case(interpreter_gender=Gender.FEMALE)
    assert codes(case, an_interpreter(gender=Gender.MALE), INTERPRETER) == {"interpreter_gender"}
    assert codes(case, an_interpreter(gender=Gender.UNSTATED), INTERPRETER) == {"interpreter_gender"}
    assert codes(case, an_interpreter(gender=Gender.FEMALE), INTERPRETER) == set()
    assert codes(case, a_volunteer(gender=Gender.MALE)) == set()


def test_the_way_of_interpreting_that_a_case_needs_binds_interpreters_only() -> None:
    case = a_case(interpreter_mode=InterpretingMode.SIMULTANEOUS)
    one_after_the_other = an_interpreter(modes=(InterpretingMode.CONSECUTIVE,))
    assert codes(case, one_after_the_other, INTERPRETER) == {"interpreter_mode"}
    assert codes(a_case(), one_after_the_other, INTERPRETER) == set()
    assert codes(case, an_interpreter(modes=tuple(InterpretingMode)), INTERPRETER) == set()
    assert codes(case, a_volunteer(modes=())) == set()


@pytest.mark.parametrize(
    ("case", "person", "may"),
    [
        ({"remote_ok": True}, {"remote": True, "county": "Taos"}, True),
        ({"remote_ok": True}, {"remote": False, "county": "Lea"}, False),
        ({"remote_ok": False}, {"remote": True, "county": "Lea"}, False),
        ({"remote_ok": False}, {"remote": False, "county": "Bernalillo"}, True),
        ({"remote_ok": False}, {"remote": False, "county": "Sandoval"}, True),
        ({"remote_ok": False}, {"remote": False, "county": "", "us_state": ""}, False),
    ],
)
def test_work_in_person_is_for_those_within_an_hours_drive(
    case: dict[str, Any], person: dict[str, Any], may: bool
) -> None:
    place = {"county": "Bernalillo", "us_state": "NM"}
    found = codes(a_case(**(place | case)), a_volunteer(**({"us_state": "NM"} | person)))
    assert found == (set() if may else {"location"})


def test_a_case_and_a_volunteer_of_unknown_places_are_not_in_the_same_place() -> None:
    assert codes(a_case(remote_ok=False), a_volunteer()) == {"location"}


def test_nobody_is_asked_beyond_her_places_or_her_hours() -> None:
    assert codes(a_case(), a_volunteer(capacity_cases=0)) == {"capacity"}
    assert codes(a_case(hours=40.0), a_volunteer(capacity_hours=39.0)) == {"hours"}
    assert codes(a_case(hours=40.0), a_volunteer(capacity_hours=40.0)) == set()
    assert codes(a_case(interpreter_hours=30.0), an_interpreter(capacity_hours=20.0), INTERPRETER) == {"hours"}
    assert codes(a_case(), an_interpreter(capacity_hours=0.0), INTERPRETER) == set()


def leave(first: int, last: int) -> tuple[tuple[date, date], ...]:
    return ((TODAY + timedelta(days=first), TODAY + timedelta(days=last)),)


def test_leave_until_the_deadline_leaves_too_little_working_time() -> None:
    case = a_case(deadline=TODAY + timedelta(days=11), hours=40.0)
    assert codes(case, a_volunteer()) == set()
    assert codes(case, a_volunteer(leave=leave(8, 30))) == set()
    assert codes(case, a_volunteer(leave=leave(5, 30))) == {"time"}
    assert codes(a_case(hours=40.0), a_volunteer(leave=leave(8, 60))) == set()


def test_a_deadline_too_near_for_all_the_hours_asks_for_every_working_day_until_then() -> None:
    case = a_case(deadline=TODAY + timedelta(days=3), hours=45.0)
    assert codes(case, a_volunteer()) == set()
    assert codes(case, a_volunteer(leave=leave(1, 1))) == {"time"}


def test_a_deadline_that_has_passed_blocks_nobody() -> None:
    assert codes(a_case(deadline=TODAY - timedelta(days=1)), a_volunteer()) == set()


def test_somebody_on_leave_for_all_of_the_coming_week_gets_no_new_offers() -> None:
    assert codes(a_case(), a_volunteer(leave=leave(0, 41))) == {"time"}
    assert codes(a_case(), a_volunteer(leave=leave(0, 3))) == set()


@pytest.mark.parametrize("role", list(SeatRole))
def test_a_known_conflict_or_an_earlier_no_bars_a_pair_in_every_seat(role: SeatRole) -> None:
    assert "conflict" in codes(a_case(barred=("V-1",)), a_volunteer(), role)
    assert "conflict" not in codes(a_case(barred=("V-2",)), a_volunteer(), role)


CO_COUNSEL = SeatRole.CO_COUNSEL


@pytest.mark.parametrize(
    ("case", "person", "code"),
    [
        ({}, {"standing": Standing.SUSPENDED}, "standing"),
        ({"forum": Forum.EOIR}, {"eoir_registered": False}, "right_to_represent"),
        ({}, {"roles": (VolunteerRole.INTERPRETER,)}, "role"),
        ({}, {"capacity_cases": 0}, "capacity"),
        ({"hours": 50.0}, {"capacity_hours": 40.0}, "hours"),
        ({"remote_ok": False, "county": "Taos", "us_state": "NM"}, {"county": "Lea", "us_state": "NM"}, "location"),
    ],
)
def test_co_counsel_represents_by_the_same_rules_as_the_lead(
    case: dict[str, Any], person: dict[str, Any], code: str
) -> None:
    assert not codes(a_case(attorneys=2), a_volunteer(), CO_COUNSEL)
    assert code in codes(a_case(attorneys=2, **case), a_volunteer(**person), CO_COUNSEL)


def test_co_counsel_may_be_new_to_the_area_where_the_lead_has_the_level() -> None:
    case = a_case(attorneys=2, skill_level=4)
    beginner, stranger = (a_volunteer(practice={area: 1}) for area in (PracticeArea.ASYLUM, PracticeArea.FAMILY))
    assert codes(case, beginner) == {"skill"}
    assert not codes(case, beginner, CO_COUNSEL)
    assert codes(case, stranger, CO_COUNSEL) == {"skill"}
