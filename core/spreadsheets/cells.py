"""Cells: text in, a value out, or ``Unfit`` with what would be right."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Generic, TypeVar

from core.errors import BadInput
from core.model.languages import language_tag
from core.model.places import STATES
from core.model.vocabulary import Forum, Gender, Posture, PracticeArea, Standing, VolunteerRole
from core.spreadsheets.columns import key_of
from core.spreadsheets.problems import Unfit
from core.spreadsheets.words import (
    AREA_WORDS,
    BOOLEAN_WORDS,
    FORUM_WORDS,
    GENDER_WORDS,
    ILR_WORDS,
    POSTURE_WORDS,
    ROLE_WORDS,
    STANDING_WORDS,
    STATE_WORDS,
)

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2100, 1, 1)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,20})?")
_DAY: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T][0-9:.]+Z?)?")
OTHER_DAY: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_SERIAL: Final = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_ILR_PLUS: Final = re.compile(r"([0-4])\s*\+")

_ILR_NAMES: Final = {key_of(word): level for word, level in ILR_WORDS.items()}
_STATES_BY_NAME: Final = {key_of(name): letters for name, letters in STATE_WORDS.items()}

Code = TypeVar("Code", bound=StrEnum)


class Vocabulary(Generic[Code]):
    """Stable codes with the words that stand for them. Called with a cell, gives the code or raises Unfit."""

    def __init__(self, codes: Iterable[Code], words: Mapping[str, Code]) -> None:
        self.codes = tuple(codes)
        known = {str(one): one for one in self.codes} | {word: one for word, one in words.items() if one in self.codes}
        self._known = {key_of(word): one for word, one in known.items()}

    def __call__(self, text: str) -> Code:
        found = self._known.get(key_of(text))
        if found is None:
            raise Unfit(f"write one of {', '.join(self.codes)}.")
        return found


AREA: Final = Vocabulary(PracticeArea, AREA_WORDS)
FORUM: Final = Vocabulary(Forum, FORUM_WORDS)
POSTURE: Final = Vocabulary(Posture, POSTURE_WORDS)
ROLE: Final = Vocabulary(VolunteerRole, ROLE_WORDS)
STANDING: Final = Vocabulary(Standing, STANDING_WORDS)
GENDER: Final = Vocabulary(Gender, GENDER_WORDS)
WANTED_GENDER: Final = Vocabulary((Gender.FEMALE, Gender.MALE, Gender.NONBINARY), GENDER_WORDS)
NATIVE_ENGLISH: Final = 5.0
"""The ILR at which English counts where a volunteer's languages do not name it."""


def decimal(text: str, *, least: float = 0.0, most: float = 100_000.0, above: bool = False) -> float:
    """A number with a point or a comma, within bounds; ``above``: more than the least one."""
    wanted = f"write a number {'above' if above else 'from'} {least:g}{'' if above else ' to'} "
    wanted = f"{wanted.strip()} {'up to ' if above else ''}{most:g}"
    if not _NUMBER.fullmatch(text) or re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]{3}", text):
        raise Unfit(f"{wanted}, such as 40 or 4.5, without thousands separators.")
    value = float(text.replace(",", "."))
    if value < 0 <= least:
        raise Unfit(f"{wanted}: it cannot be negative.")
    if not least <= value <= most or (above and value == least):
        raise Unfit(f"{wanted}.")
    return value


def whole(text: str, *, least: int = 0, most: int = 1000) -> int:
    """A whole number within bounds; "2.0", as spreadsheets write it, is one."""
    value = decimal(text, least=least, most=most)
    if not value.is_integer():
        raise Unfit(f"write a whole number from {least} to {most}.")
    return int(value)


def boolean(text: str) -> bool:
    """Yes or no, in the words that spreadsheets use."""
    found = BOOLEAN_WORDS.get(text.casefold())
    if found is None:
        raise Unfit("write yes or no.")
    return found


def day(text: str, epoch: date, *, earliest: date = EARLIEST) -> date:
    """A day written year-month-day, or the number by which Excel counts days from ``epoch``."""
    if written := _DAY.fullmatch(text):
        return _within(_date(*map(int, written.groups()[:3])), earliest)
    if serial := _SERIAL.fullmatch(text):
        return _within(epoch + timedelta(days=int(serial[1])), earliest)
    raise Unfit(_advice(text))


def in_calendar(year: int, month: int, number: int) -> date | None:
    """The day of a year and month with this number; None where no calendar has it."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _date(year: int, month: int, number: int) -> date:
    if found := in_calendar(year, month, number):
        return found
    raise Unfit("there is no such day: write year-month-day, such as 2026-03-04.")


def _within(found: date, earliest: date) -> date:
    if not earliest <= found < LATEST:
        raise Unfit(f"{found.isoformat()} cannot be meant: write a day from {earliest.year} to {LATEST.year - 1}.")
    return found


def _advice(text: str) -> str:
    """What to write instead; where two readings are possible, both, since only the writer knows."""
    advice = "write the day as year-month-day, such as 2026-03-04"
    if not (written := OTHER_DAY.fullmatch(text)):
        return f"{advice}."
    first, second, year = map(int, written.groups())
    both = in_calendar(year, first, second), in_calendar(year, second, first)
    readings = sorted({one.isoformat() for one in both if one})
    return f"{advice}; here {' or '.join(readings)}." if readings else f"{advice}."


def period(text: str, epoch: date) -> tuple[date, date]:
    """Two days, both included: 2026-12-01..2026-12-20; a single day is a period too."""
    first, _, last = (part.strip() for part in text.partition(".."))
    starts = day(first, epoch)
    ends = day(last, epoch) if last else starts
    if ends < starts:
        raise Unfit("the period ends before it begins: write first..last, such as 2026-12-01..2026-12-20.")
    return starts, ends


def language(text: str) -> str:
    """A language by its tag or its name."""
    try:
        return language_tag(text)
    except BadInput:
        raise Unfit("no language that we know: write a BCP 47 tag such as es, mam or quc.") from None


def ilr(text: str) -> float:
    """A proficiency on the ILR scale: 0 to 5 in halves, "3+", or the scale's own name of a level."""
    if plus := _ILR_PLUS.fullmatch(text):
        return int(plus[1]) + 0.5
    level = _ILR_NAMES.get(key_of(text))
    if level is None and re.fullmatch(r"[0-5](?:[.,][05])?", text):
        level = float(text.replace(",", "."))
    if level is None or level > 5:
        raise Unfit("write the ILR level from 0 to 5 in halves, such as es:4.5; 3+ is 3.5.")
    return level


def language_level(text: str) -> tuple[str, float]:
    """A language with its ILR level: es:4.5."""
    name, found, level = (part.strip() for part in text.partition(":"))
    if not found or not level:
        raise Unfit("write the language with its ILR level, such as es:4.5.")
    return language(name), ilr(level)


def language_pair(text: str) -> tuple[str, str]:
    """Two languages between which somebody interprets: mam>es."""
    first, found, second = (part.strip() for part in text.partition(">"))
    if not found:
        raise Unfit("write two languages, such as mam>es; the pair counts both ways.")
    pair = language(first), language(second)
    if pair[0] == pair[1]:
        raise Unfit("write two different languages, such as mam>es.")
    return pair


def state(text: str) -> str:
    """A state, territory or DC by its two letters or its name."""
    if (letters := text.replace(".", "").upper()) in STATES:
        return letters
    found = _STATES_BY_NAME.get(key_of(text))
    if found is None:
        raise Unfit("write the state's two letters, such as NM.")
    return found


def reference(text: str) -> str:
    """A reference: one short line; ";" is kept for lists."""
    if len(text) > 100 or not text.isprintable() or ";" in text or "|" in text:
        raise Unfit("write a reference of at most 100 characters in one line, without ; and |.")
    return text


def prose(text: str, *, most: int = 2000) -> str:
    """Words for people, at most so many characters."""
    if len(text) > most:
        raise Unfit(f"write at most {most} characters.")
    return text


def email(text: str) -> str:
    """One mail address. Whether it works, only sending tells."""
    if not re.fullmatch(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>.]{2,}", text):
        raise Unfit("write one mail address, such as name@example.org.")
    return text


def parts(text: str) -> list[str]:
    """The parts of a cell that holds several, separated by ";", "|" or line breaks."""
    return [part.strip() for part in re.split(r"[;|\r\n]+", text) if part.strip()]
