"""Rules about deadlines and questions about cases that break their contract, and the sentence that says so."""

from datetime import date

from amparo_testing import a_deadline_rule, an_intake_field
from core.conformance import State
from core.model.deadlines.rules import Span
from core.model.plugins.intake_fields import FieldKind
from core.model.vocabulary import PracticeArea
from tests.core.conformance.finding import found


def test_what_does_everything_right_passes_without_advice() -> None:
    for state in (State.WRONG, State.ADVICE, State.LEFT_OUT):
        assert found("deadlines", a_deadline_rule(), state) == {}
        assert found("intake_fields", an_intake_field(), state) == {}


def test_nonsense_is_told_at_its_declaration() -> None:
    assert "two units" in found("deadlines", a_deadline_rule(span=Span(days=1, years=1)))["is declared"]
    assert "instead of a DeadlineRule" in found("deadlines", {"code": "x"})["is declared"]
    assert "no label" in found("intake_fields", an_intake_field(label=""))["is declared"]
    assert "instead of a IntakeField" in found("intake_fields", a_deadline_rule())["is declared"]


def test_a_review_before_the_publication_is_none() -> None:
    early = a_deadline_rule(reviewed=date(2026, 1, 1), published=date(2026, 2, 6))

    assert "reviewed on 2026-01-01 and published on 2026-02-06" in found("deadlines", early)["is reviewed"]


def test_spans_to_the_ends_of_the_calendar_are_counted() -> None:
    for span in (Span(years=100), Span(months=1200, before=True), Span(days=36_525)):
        assert found("deadlines", a_deadline_rule(span=span)) == {}


def test_a_question_that_asks_who_somebody_is_gets_advice() -> None:
    check = "asks for nothing that identifies anybody"

    for label in ("What is the client's name?", "A-Number", "E-mail address", "Date of birth"):
        assert "who somebody is" in found("intake_fields", an_intake_field(label=label), State.ADVICE)[check]
    free = an_intake_field(label="What else?", kind=FieldKind.TEXT)
    assert "Give choices where you can." in found("intake_fields", free, State.ADVICE)[check]
    named = an_intake_field(label="Name of the detention centre", practice_areas=(PracticeArea.REMOVAL,))
    assert found("intake_fields", named, State.ADVICE) == {}
