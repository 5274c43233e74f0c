"""Our questions: their contract, what is taken as an answer, and what is refused."""

import pytest
from example_bar import intake_fields

from amparo import AmparoError, PracticeArea
from amparo_testing import answer_of, check_intake_field


def test_they_keep_their_contract() -> None:
    for field in intake_fields.amparo_intake_fields():
        check_intake_field(field)


def test_answers_are_kept_as_what_they_are() -> None:
    assert answer_of(intake_fields.SHELTER, "relatives") == "relatives"
    assert answer_of(intake_fields.REPORT, "no") is False
    assert answer_of(intake_fields.CHILDREN, "3") == 3
    assert answer_of(intake_fields.CHILDREN, "") is None


def test_what_cannot_be_an_answer_is_refused_with_a_sentence() -> None:
    with pytest.raises(AmparoError, match="is no number"):
        answer_of(intake_fields.CHILDREN, "three or so")
    with pytest.raises(AmparoError, match="is not one of the choices"):
        answer_of(intake_fields.SHELTER, "At home")


def test_the_police_report_is_asked_about_where_it_matters() -> None:
    asked = [area for area in PracticeArea if intake_fields.REPORT.is_asked(area)]

    assert asked == [PracticeArea.VICTIMS]
    assert intake_fields.REPORT.required
