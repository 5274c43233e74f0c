"""Rules about deadlines as plugins hand them over: what is malformed is told in a sentence."""

from datetime import date, datetime
from typing import Any

import pytest

from amparo_testing import a_deadline_rule
from core.model.deadlines.rules import Counting, DatedFact, DeadlineRule, Span, wrong_date, wrong_with_rule
from core.model.vocabulary import PracticeArea

TODAY = date(2026, 11, 24)


class Title(str):
    """A text that could do anything when it is looked at."""


def test_an_ordinary_rule_is_well_formed() -> None:
    assert wrong_with_rule(a_deadline_rule()) == ""
    assert wrong_with_rule(a_deadline_rule(span=Span(), reminders=(30, 2), reliefs=("sij",))) == ""


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("code", "two words", "a code that is no word"),
        ("code", "", "a code that is no word"),
        ("code", 7, "wrong type"),
        ("title", " ", "no title"),
        ("title", "Ab\0peal", "no title of 1 to 100 printable letters"),
        ("title", "A" * 101, "no title"),
        ("title", Title("Appeal"), "wrong type"),
        ("title", "\ud800", "wrong type"),
        ("fact", "birth", "a fact that is a str instead of a DatedFact"),
        ("fact", "moon", "wrong type"),
        ("span", Span(days=-1), "write before=True"),
        ("span", Span(years=101), "longer than a hundred years"),
        ("span", Span(days=1, months=1), "two units"),
        ("span", Span(days=True), "wrong type"),
        ("span", None, "wrong type"),
        ("citation", "", "no citation"),
        ("citation", "8 CFR\n1003", "more than a line"),
        ("reviewed", datetime(2026, 1, 1), "wrong type"),  # noqa: DTZ001 -- wrong on purpose
        ("reviewed", None, "wrong type"),
        ("reliefs", ("u-visa",), "names the relief 'u-visa'"),
        ("reliefs", ["u_visa"], "a reliefs that is a list instead of a tuple"),
        ("practice_areas", ("asylum",), "a tuple of str instead of a tuple of PracticeArea"),
        ("effective_from", "2026-01-01", "effective_from"),
        ("reminders", (-1,), "negative reminders"),
        ("opens_days", -1, "negative number of days"),
    ],
)
def test_a_malformed_rule_is_told_what_is_wrong(part: str, value: Any, said: str) -> None:
    assert said in wrong_with_rule(a_deadline_rule(**{"code": "odd", part: value}))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"reliefs": ("u_visa",), "practice_areas": (PracticeArea.ASYLUM,)}, "holds for no case"),
        ({"eve": True, "counting": Counting.NEXT_BUSINESS_DAY}, "must be done before a day"),
        ({"span": Span(days=9, before=True), "counting": Counting.NEXT_BUSINESS_DAY}, "must be done before a day"),
        ({"effective_from": date(2026, 2, 2), "effective_until": date(2026, 2, 1)}, "an effective_from after its"),
        ({"facts_from": date(2026, 2, 2), "facts_until": date(2026, 2, 1)}, "a facts_from after its"),
    ],
)
def test_parts_that_contradict_each_other_are_told(parts: dict[str, Any], said: str) -> None:
    assert said in wrong_with_rule(a_deadline_rule(**parts))


def test_only_the_data_itself_is_a_rule() -> None:
    class Cleverer(DeadlineRule, frozen=True, kw_only=True):
        pass

    clever = Cleverer(code="x", title="X", fact=DatedFact.BIRTH, span=Span(years=1), citation="none", reviewed=TODAY)
    assert wrong_with_rule(clever) == "is no amparo.DeadlineRule"
    assert wrong_with_rule(object()) == "is no amparo.DeadlineRule"


def test_what_has_happened_cannot_lie_ahead_and_no_date_is_a_century_off() -> None:
    tomorrow = date(2026, 11, 25)

    assert "cannot lie ahead" in wrong_date(DatedFact.DECISION, tomorrow, TODAY)
    assert wrong_date(DatedFact.DECISION, TODAY, TODAY) == ""
    assert wrong_date(DatedFact.INDIVIDUAL_HEARING, tomorrow, TODAY) == ""
    assert "between 1926 and 2126" in wrong_date(DatedFact.BIRTH, date(202, 1, 1), TODAY)
