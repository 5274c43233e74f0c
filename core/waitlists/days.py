"""How lists write days, besides year-month-day: numbers in either order, years of two digits, months by their names."""

import re
from enum import StrEnum
from typing import Final

from core.spreadsheets.cells import in_calendar
from core.spreadsheets.columns import key_of

_TIME: Final = r"(?:[ T][0-9]{1,2}:[0-9:.]+(?: ?[AaPp]\.?[Mm]\.?)?)?"
NUMBERS: Final = re.compile(rf"([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{4}}|[0-9]{{2}}){_TIME}")
"""A day in numbers with its year at the end; which of the others is the month, only who keeps the list can tell."""
_NAMED: Final = (
    re.compile(
        r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?_(?:de_|of_)?(?P<month>[a-z]+)_(?:del?_)?(?P<year>[0-9]{4}|[0-9]{2})"
    ),
    re.compile(r"(?P<month>[a-z]+)_(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?_(?P<year>[0-9]{4}|[0-9]{2})"),
)
_MONTHS: Final = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
_SHORTEST: Final = 3
"""Letters of a month's name: with three, each is known from the others in English and in Spanish."""


class DayOrder(StrEnum):
    """How a file writes days; which one it is, only who keeps the file can tell."""

    YEAR_FIRST = "ymd"
    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


def written_out(text: str, order: DayOrder, *, last_year: int) -> str:
    """A day as year-month-day; what is none that we know stays as it stands.

    A year of two digits is the last such year that is not after ``last_year``.
    """
    if found := NUMBERS.fullmatch(text):
        first, second, year = found.groups()
        if order is DayOrder.YEAR_FIRST:
            return text
        month, day = (first, second) if order is DayOrder.MONTH_FIRST else (second, first)
        return _written(_year(year, last_year), int(month), int(day)) or text
    plain = key_of(text)
    for pattern in _NAMED:
        if (named := pattern.fullmatch(plain)) and (number := _month(named["month"])):
            return _written(_year(named["year"], last_year), number, int(named["day"])) or text
    return text


def _written(year: int, month: int, number: int) -> str:
    """Year-month-day; empty for a day that no calendar has, so that a complaint can quote what the file says."""
    found = in_calendar(year, month, number)
    return found.isoformat() if found else ""


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it; 0 for any other word."""
    if len(word) < _SHORTEST:
        return 0
    return next((at for at, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)), 0)


def _year(digits: str, last_year: int) -> int:
    if len(digits) > 2:
        return int(digits)
    year = last_year - last_year % 100 + int(digits)
    return year if year <= last_year else year - 100
