"""Questions of plugins: what is malformed, and what is taken as an answer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo_testing import an_intake_field
from core.errors import BadInput
from core.model.plugins.intake_fields import Answer, FieldKind, read_answer, said_of, typed_of, wrong_with_field

YES = (("yes", "Yes, often"), ("no", "Never"))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"name": "a b"}, "a name that is no word"),
        ({"label": ""}, "no label"),
        ({"label": "A\u202eb"}, "cannot be seen"),
        ({"label": "A" * 121}, "no label of 1 to 120 letters"),
        ({"kind": "date"}, "a kind that is a str instead of a FieldKind"),
        ({"kind": FieldKind.CHOICE}, "has 0 choices"),
        ({"kind": FieldKind.CHOICE, "choices": (("a", "A"), ("a", "B"))}, "two choices of one code"),
        ({"kind": FieldKind.CHOICE, "choices": (("a", "A"), ("b", "A"))}, "of the same words"),
        ({"kind": FieldKind.CHOICE, "choices": (("a", ""), ("b", "B"))}, "without words"),
        ({"kind": FieldKind.CHOICE, "choices": [("a", "A"), ("b", "B")]}, "a list instead of a tuple"),
        ({"kind": FieldKind.CHOICE, "choices": tuple((f"c{n}", f"C {n}") for n in range(41))}, "41 choices"),
        ({"choices": YES}, "which only the kind choice has"),
        ({"required": 1}, "wrong type"),
        ({"practice_areas": ("moon",)}, "wrong type"),
    ],
)
def test_a_malformed_question_is_told_what_is_wrong(parts: dict[str, Any], said: str) -> None:
    assert said in wrong_with_field(an_intake_field(**parts))


@pytest.mark.parametrize(
    ("kind", "typed", "value", "reads"),
    [
        (FieldKind.YES_NO, "yes", True, "Yes"),
        (FieldKind.YES_NO, "no", False, "No"),
        (FieldKind.NUMBER, "1,250.50", 1250.5, "1,250.5"),
        (FieldKind.NUMBER, " -3 ", -3.0, "-3"),
        (FieldKind.DATE, "2028-02-29", "2028-02-29", "2028-02-29"),
        (FieldKind.TEXT, "  on   Tuesdays ", "on Tuesdays", "on Tuesdays"),
        (FieldKind.CHOICE, "yes", "yes", "Yes, often"),
    ],
)
def test_an_answer_is_kept_as_what_it_is_and_read_as_words(
    kind: FieldKind, typed: str, value: object, reads: str
) -> None:
    field = an_intake_field(kind=kind, choices=YES if kind is FieldKind.CHOICE else ())

    kept = read_answer(field, typed)
    assert kept == value
    assert kept is not None
    assert said_of(field, kept) == reads


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (FieldKind.YES_NO, "perhaps", "Answer yes or no"),
        (FieldKind.NUMBER, "three", "is no number"),
        (FieldKind.NUMBER, "nan", "is no number"),
        (FieldKind.NUMBER, "1e400", "is no number"),
        (FieldKind.NUMBER, "٣", "is no number"),
        (FieldKind.DATE, "2027-02-29", "is no date"),
        (FieldKind.DATE, "29.2.2028", "Write year, month and day"),
        (FieldKind.CHOICE, "Never", "is not one of the choices"),
        (FieldKind.TEXT, "A" * 201, "at most 200"),
        (FieldKind.TEXT, "her number is A 123-456-789", "Nothing that identifies a person"),
        (FieldKind.TEXT, "write to ana@example.org", "Nothing that identifies a person"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_with_a_sentence(kind: FieldKind, typed: str, said: str) -> None:
    field = an_intake_field(kind=kind, choices=YES if kind is FieldKind.CHOICE else ())

    with pytest.raises(BadInput, match=said):
        read_answer(field, typed)


@given(st.sampled_from(list(FieldKind)), st.text())
def test_whatever_is_typed_is_taken_or_refused_and_what_was_taken_is_taken_again(kind: FieldKind, typed: str) -> None:
    field = an_intake_field(kind=kind, choices=YES if kind is FieldKind.CHOICE else ())
    try:
        value = read_answer(field, typed)
    except BadInput:
        return

    if value is not None:
        answer = Answer(value, said_of(field, value), kind, field.label, "a plugin")
        assert read_answer(field, typed_of(answer)) == value
