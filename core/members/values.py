"""What the cells of a roster hold, read as freely as is safe; what cannot be settled raises Unfit."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from core.members.names import in_mixed_case
from core.model.rosters.entries import LONGEST
from core.model.vocabulary import PracticeArea
from core.spreadsheets import cells
from core.spreadsheets.cells import AREA
from core.spreadsheets.columns import key_of
from core.spreadsheets.problems import Unfit
from core.spreadsheets.roster_shape import HOME
from core.spreadsheets.row_reader import county_by_any_spelling
from core.spreadsheets.words import BOOLEAN_WORDS

_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
_NO_FRACTION: Final = re.compile(r"([0-9]+)\.0+")
_YEAR: Final = re.compile(r"(?<![0-9])(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2})(?![0-9])")
_SERIAL: Final = re.compile(r"([0-9]{3,5})(?:\.[0-9]+)?")
_EARLIEST: Final = 1900


def line_of(text: str) -> str:
    """A text as one line: no line breaks, no control characters, single spaces."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(letter for letter in line if unicodedata.category(letter) not in ("Cc", "Cs", "Cn"))
    return line


def number_in(text: str, length: int) -> str:
    """A member's number, with the leading zeros that a spreadsheet took away where ``length`` is known, not 0."""
    if len(text) == length and text.isdigit() and text.isascii():
        return text
    if _ROUNDED.fullmatch(text):
        raise Unfit("a spreadsheet has rounded this number. Format the column as text and export it again.")
    if whole := _NO_FRACTION.fullmatch(text):
        text = whole[1]
    if not length:
        if len(text) > LONGEST["number"] or not text.isprintable():
            raise Unfit("write the member's number: at most 40 characters.")
        return text
    if len(text) > length or not (text.isascii() and text.isdigit()):
        raise Unfit(f"write the number's {length} digits.")
    return text.zfill(length)


@lru_cache(maxsize=32768)
def admitted_in(text: str, epoch: date, latest: int) -> int:
    """The year in a text: a year, a day in any order, "Dec 2018", or the number by which Excel counts days."""
    if serial := _SERIAL.fullmatch(text):
        year = int(serial[1]) if len(serial[1]) == 4 else (epoch + timedelta(days=int(serial[1]))).year
        found = {year}
    else:
        found = {int(year) for year in _YEAR.findall(text)}
    if len(found) != 1:
        raise Unfit("write the year of admission, such as 1998.")
    year = found.pop()
    if not _EARLIEST <= year <= latest:
        raise Unfit(f"{year} cannot be meant: write a year from {_EARLIEST} to {latest}.")
    return year


@lru_cache(maxsize=32768)
def home_in(county: str, state: str, country: str) -> tuple[str, str]:
    """County and state by their usual spelling; neither for who lives abroad. Raises Unfit for an unknown state."""
    if key_of(country) not in HOME or key_of(county) == "out_of_usa":
        return "", ""
    letters = cells.state(state) if state else ""
    if not county or not letters:
        return "", letters
    if known := county_by_any_spelling(letters, county):
        return known.name, letters
    name = line_of(county)[: LONGEST["county"]]
    return (in_mixed_case(name) if name.isupper() else name), letters


@lru_cache(maxsize=4096)
def areas_in(text: str) -> tuple[PracticeArea, ...]:
    """The practice areas that a text names; others are not ours."""
    found: dict[PracticeArea, None] = {}
    for part in re.split(r"[;,|/\r\n]+", text):
        try:
            found[AREA(part.strip())] = None
        except Unfit:
            continue
    return tuple(found)


def interest_in(text: str) -> bool | None:
    """Whether she takes cases without a fee; None where the text is neither yes nor no."""
    return BOOLEAN_WORDS.get(text.casefold())
