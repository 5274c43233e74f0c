"""Whether an answer can be one: what is wrong with it, as a code that the pages have words for."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Final

from core.model.help.asking import ELSEWHERE, OTHER, Kind, Question
from core.model.places import county_of

HOME_STATE: Final = "NM"
LONGEST_LIFE: Final = 120
"""Years: no day that a client tells of lies further back, or ahead."""
_PHONE: Final = re.compile(r"\+?[\d\s().\-]+")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Wrong(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_CHOICE = "no_choice"
    NO_NUMBER = "no_number"
    NO_DAY = "no_day"
    AHEAD = "ahead"
    NO_PHONE = "no_phone"
    NO_EMAIL = "no_email"


def wrong_with(question: Question, answer: str, today: date) -> Wrong | None:
    """What is wrong with an answer; None where nothing is. An empty one is right where it may be skipped."""
    if not answer:
        return Wrong.MISSING if question.required else None
    return _CHECKS[question.kind](question, answer, today)


def _choice(question: Question, answer: str, today: date) -> Wrong | None:
    return None if answer in question.choices else Wrong.NO_CHOICE


def _many(question: Question, answer: str, today: date) -> Wrong | None:
    return None if set(answer.split(",")) <= set(question.choices) else Wrong.NO_CHOICE


def _text(question: Question, answer: str, today: date) -> Wrong | None:
    return None if len(answer) <= question.most else Wrong.TOO_LONG


def _language(question: Question, answer: str, today: date) -> Wrong | None:
    named = answer.removeprefix(OTHER).strip() if answer.startswith(OTHER) else ""
    if len(named) > question.most:
        return Wrong.TOO_LONG
    return None if named or answer in question.choices else Wrong.NO_CHOICE


def _number(question: Question, answer: str, today: date) -> Wrong | None:
    plain = answer.isascii() and answer.isdigit() and len(answer) <= len(str(question.most))
    return None if plain and int(answer) <= question.most else Wrong.NO_NUMBER


def _county(question: Question, answer: str, today: date) -> Wrong | None:
    return None if answer == ELSEWHERE or county_of(HOME_STATE, answer) else Wrong.NO_CHOICE


def _phone(question: Question, answer: str, today: date) -> Wrong | None:
    digits = sum(one.isdigit() for one in answer)
    return None if _PHONE.fullmatch(answer) and 7 <= digits <= 15 else Wrong.NO_PHONE


def _email(question: Question, answer: str, today: date) -> Wrong | None:
    return None if _EMAIL.fullmatch(answer) and len(answer) <= question.most else Wrong.NO_EMAIL


def _day(question: Question, answer: str, today: date) -> Wrong | None:
    earliest = earliest_day(answer)
    if earliest is None or abs(earliest.year - today.year) > LONGEST_LIFE:
        return Wrong.NO_DAY
    return Wrong.AHEAD if question.past and earliest > today else None


def earliest_day(answer: str) -> date | None:
    """The first day that an answer may mean: ``2026-03`` is some day of that March, ``2026`` of that year.

    None where it is no day.
    """
    found = _DAY.fullmatch(answer)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    if not year >= 1 or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def exact_day(answer: str) -> date | None:
    """The day, where the answer names one and not only a month or a year."""
    return earliest_day(answer) if answer.count("-") == 2 else None


_CHECKS: Final = {
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.LINE: _text,
    Kind.TEXT: _text,
    Kind.LANGUAGE: _language,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.COUNTY: _county,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
}
