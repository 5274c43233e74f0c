"""Further questions about a case, as data: what is asked, what an answer may be, and the answers that are kept."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec

from core.errors import BadInput
from core.model.plugins.plain_data import wrong_types
from core.model.vocabulary import PracticeArea

LABEL: Final = 120
HELP: Final = 300
MOST_CHOICES: Final = 40
LONGEST_TEXT: Final = 200
"""How long a label, a help and a free text may be, and how many choices a question may have."""
MOST_NUMBER: Final = 1e12
IDENTIFYING: Final = re.compile(r"(?:\d[\s.-]?){7,}|@")
"""What looks like the number or the address of somebody: seven digits in a row, or an at sign."""

Value = bool | float | str
"""An answer as it is kept: yes or no, a number, the code of a choice, a date as ISO 8601, a short text."""


class FieldKind(StrEnum):
    """What can be answered."""

    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class IntakeField(msgspec.Struct, frozen=True, kw_only=True):
    """One question about a case, as data.

    ``choices`` are codes with the words that people read; only for the kind ``choice``. ``practice_areas`` says about
    which cases it is asked; empty: about all. A ``required`` one is answered before a case is put on the waitlist.
    ``section`` is the heading above it; empty: the name of its plugin.
    """

    name: str
    label: str
    kind: FieldKind
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    practice_areas: tuple[PracticeArea, ...] = ()
    section: str = ""

    def is_asked(self, area: PracticeArea) -> bool:
        """Whether it is asked about a case of this practice area."""
        return not self.practice_areas or area in self.practice_areas


class Answer(msgspec.Struct, frozen=True):
    """An answer with everything that is needed to read it once its question is gone: ``said`` is how it reads."""

    value: Value
    said: str
    kind: FieldKind
    label: str
    plugin: str


Answers = Mapping[str, Answer]
"""Answers by the name of their field."""


def wrong_with_field(field: Any) -> str:
    """What is wrong with a question, as the end of a sentence that begins with it; empty: nothing is."""
    if type(field) is not IntakeField:
        return "is no amparo.IntakeField"
    return wrong_types(field) or _wrong_words(field) or _wrong_choices(field)


def _wrong_words(field: IntakeField) -> str:
    if not _is_code(field.name):
        return "has a name that is no word of letters, digits, hyphens and underscores"
    if not field.label.strip() or len(field.label) > LABEL:
        return f"has no label of 1 to {LABEL} letters"
    texts = (field.label, field.help, field.section, *(part for choice in field.choices for part in choice))
    if not all(map(str.isprintable, texts)):
        return "has a text with line breaks or other letters that cannot be seen"
    if len(field.help) > HELP or len(field.section) > LABEL:
        return f"has a help of more than {HELP} letters, or a section of more than {LABEL}"
    return ""


def _wrong_choices(field: IntakeField) -> str:
    if field.kind != FieldKind.CHOICE:
        return "has choices, which only the kind choice has" if field.choices else ""
    codes, said = [code for code, _ in field.choices], [words.strip() for _, words in field.choices]
    if not 2 <= len(codes) <= MOST_CHOICES:
        return f"has {len(codes)} choices: give 2 to {MOST_CHOICES}"
    if not all(map(_is_code, codes)) or not all(0 < len(words) <= LABEL for words in said):
        return f"has a choice without a code, or without words of 1 to {LABEL} letters"
    if len(set(codes)) < len(codes) or len(set(said)) < len(said):
        return "has two choices of one code, or of the same words"
    return ""


def _is_code(text: str) -> bool:
    return text.replace("-", "_").isidentifier() and len(text) <= LABEL


def read_answer(field: IntakeField, typed: str) -> Value | None:
    """What was typed, as it is kept; None where nothing was. Raises BadInput, saying what would be right."""
    text = " ".join(typed.split())
    if not text:
        return None
    return _READ[FieldKind(field.kind)](field, text)


def _choice(field: IntakeField, text: str) -> Value:
    if text not in dict(field.choices):
        raise BadInput(f"“{text[:40]}” is not one of the choices.")
    return text


def _yes_no(field: IntakeField, text: str) -> Value:
    if text not in ("yes", "no"):
        raise BadInput("Answer yes or no.")
    return text == "yes"


def _number(field: IntakeField, text: str) -> Value:
    try:
        number = float(text.replace(",", "")) if text.isascii() else math.nan
    except ValueError:
        number = math.nan
    if not -MOST_NUMBER <= number <= MOST_NUMBER:
        raise BadInput(f"“{text[:40]}” is no number. Write one such as 3 or 1250.50.")
    return number


def _date(field: IntakeField, text: str) -> Value:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(f"“{text[:40]}” is no date. Write year, month and day: 2026-03-09.") from None


def _text(field: IntakeField, text: str) -> Value:
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"This has {len(text)} letters. Say it in at most {LONGEST_TEXT}.")
    if IDENTIFYING.search(text):
        raise BadInput("This looks like somebody's number or address. Nothing that identifies a person belongs here.")
    return text


_READ: Final = {
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.TEXT: _text,
}


def said_of(field: IntakeField, value: Value) -> str:
    """How an answer reads."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return dict(field.choices).get(value, value)


def typed_of(answer: Answer) -> str:
    """What stands in the form for an answer that is kept."""
    if isinstance(answer.value, bool):
        return "yes" if answer.value else "no"
    return f"{answer.value:.15g}" if isinstance(answer.value, float) else answer.value


def missing(fields: Iterable[IntakeField], answers: Answers, area: PracticeArea) -> tuple[IntakeField, ...]:
    """The required questions about a case of this practice area that are not answered."""
    return tuple(one for one in fields if one.required and one.is_asked(area) and one.name not in answers)
