"""How one person fits one case."""

import pytest

from core.model.plans.fit import Leg, chain_of, could_mentor, needs_mentor, speaks_directly
from core.model.vocabulary import PracticeArea, VolunteerRole
from tests.plugins_for_tests.facts import a_case, a_volunteer

ASYLUM = PracticeArea.ASYLUM


@pytest.mark.parametrize(("level", "needed"), [(4, False), (3, False), (2, True), (1, False), (0, False)])
def test_an_attorney_exactly_one_level_below_the_case_needs_a_mentor(level: int, needed: bool) -> None:
    assert needs_mentor(a_case(skill_level=3), a_volunteer(practice={ASYLUM: level})) is needed


def test_an_attorney_who_does_not_list_the_area_is_not_helped_by_a_mentor() -> None:
    assert not needs_mentor(a_case(skill_level=1), a_volunteer(practice={}))


def test_a_law_student_always_needs_a_mentor_and_an_attorney_who_studies_does_not() -> None:
    student, both = (VolunteerRole.LAW_STUDENT,), (VolunteerRole.LAW_STUDENT, VolunteerRole.ATTORNEY)

    assert needs_mentor(a_case(), a_volunteer(roles=student))
    assert not needs_mentor(a_case(), a_volunteer(roles=both))


def test_a_mentor_lists_the_area_at_the_level_of_the_case() -> None:
    mentor = (VolunteerRole.MENTOR,)

    assert could_mentor(a_case(skill_level=2), a_volunteer(roles=mentor, practice={ASYLUM: 2}))
    assert not could_mentor(a_case(skill_level=3), a_volunteer(roles=mentor, practice={ASYLUM: 2}))
    assert not could_mentor(a_case(skill_level=2), a_volunteer(practice={ASYLUM: 2}))


@pytest.mark.parametrize(("languages", "direct"), [({"es": 3.0}, True), ({"es": 2.5}, False), ({"mam": 5.0}, True)])
def test_an_attorney_speaks_directly_with_any_one_of_the_clients_languages(
    languages: dict[str, float], direct: bool
) -> None:
    assert speaks_directly(a_case(languages=("mam", "es")), a_volunteer(languages=languages)) is direct


def test_an_attorney_who_speaks_the_language_needs_no_chain() -> None:
    assert (
        chain_of(a_case(), a_volunteer(languages={"es": 4.0}), [a_volunteer("I-1", interprets=(("es", "en"),))]) == ()
    )


def test_one_interpreter_leads_to_a_language_of_the_attorney_in_either_direction_of_her_pair() -> None:
    interpreter = a_volunteer("I-1", interprets=(("en", "es"),))

    assert chain_of(a_case(), a_volunteer(), [interpreter]) == (Leg("I-1", "es", "en"),)


def test_a_spanish_speaking_attorney_needs_the_first_leg_of_a_mam_relay_only() -> None:
    first = a_volunteer("I-1", interprets=(("mam", "es"),))
    second = a_volunteer("I-2", interprets=(("es", "en"),))
    case = a_case(languages=("mam",))

    assert chain_of(case, a_volunteer(languages={"en": 5.0, "es": 3.0}), [second, first]) == (Leg("I-1", "mam", "es"),)


def test_a_relay_of_two_interpreters_reaches_an_attorney_who_speaks_english_only() -> None:
    first = a_volunteer("I-1", interprets=(("mam", "es"),))
    second = a_volunteer("I-2", interprets=(("es", "en"),))

    assert chain_of(a_case(languages=("mam",)), a_volunteer(), [second, first]) == (
        Leg("I-1", "mam", "es"),
        Leg("I-2", "es", "en"),
    )


def test_one_person_does_not_relay_to_herself_and_the_attorney_does_not_interpret() -> None:
    pairs = (("mam", "es"), ("es", "en"))

    assert chain_of(a_case(languages=("mam",)), a_volunteer(), [a_volunteer("I-1", interprets=pairs)]) is None
    assert chain_of(a_case(), a_volunteer(interprets=pairs), [a_volunteer(interprets=pairs)]) is None
