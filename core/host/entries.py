"""What an entry of a roster must look like before anybody works with it. Messages tell the field, never its value.

An entry is made by a plugin, and nothing checks the types of its fields before.
"""

import math
import re
from typing import Any, Final

from core.model.places import STATES
from core.model.rosters.entries import LONGEST, RosterEntry, Spoken
from core.model.vocabulary import PracticeArea, Standing

MOST_LANGUAGES: Final = 50
EARLIEST_YEAR: Final = 1850
LATEST_YEAR: Final = 2200
_STATES: Final = frozenset(STATES)
_SHORT: Final = 200
"""What all texts of an entry together seldom exceed, and each of the longer ones may have."""
_UNFIT: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def wrong_with(entry: Any) -> str:
    """What is wrong with an entry, as the end of a sentence that begins with "It"; empty: nothing."""
    if not isinstance(entry, RosterEntry):
        return f"is a {type(entry).__name__} instead of a RosterEntry"
    return _wrong_text(entry) or _wrong_values(entry)


def _wrong_text(entry: Any) -> str:
    texts = (
        entry.number, entry.name, entry.status, entry.email, entry.phone,
        entry.firm, entry.county, entry.us_state, entry.origin,
    )  # fmt: skip
    if _is_plain(entry, texts):
        return ""
    for (field, most), text in zip(LONGEST.items(), texts, strict=True):
        if not isinstance(text, str):
            return f"has a {type(text).__name__} as its {field} instead of a text"
        if len(text) > most:
            return f"has a {field} of {len(text):,} characters: at most {most} are taken"
        if not text.isprintable() and _UNFIT.search(text):
            return f"has a {field} with a line break or another character that no line of text holds"
    for field, text in (("number", entry.number), ("name", entry.name)):
        if not text or text.isspace():
            return f"has an empty {field}"
    if entry.us_state and entry.us_state not in _STATES:
        return "has a us_state that is not the two letters of a state"
    return ""


def _is_plain(entry: Any, texts: tuple[Any, ...]) -> bool:
    """Whether the texts are surely right, told by looking at them together: nearly all are, and there are many."""
    try:
        together = "".join(texts)
    except TypeError:
        return False
    return (
        together.isprintable()
        and len(together) <= _SHORT
        and len(entry.number) <= LONGEST["number"]
        and len(entry.status) <= LONGEST["status"]
        and len(entry.phone) <= LONGEST["phone"]
        and len(entry.county) <= LONGEST["county"]
        and not entry.number.isspace()
        and not entry.name.isspace()
        and bool(entry.number and entry.name)
        and (not entry.us_state or entry.us_state in _STATES)
    )


def _wrong_values(entry: Any) -> str:
    if not isinstance(entry.standing, Standing):
        return f"has a {type(entry.standing).__name__} as its standing instead of a Standing"
    year = entry.admitted
    if not isinstance(year, int) or isinstance(year, bool) or (year and not EARLIEST_YEAR <= year <= LATEST_YEAR):
        return "has an admitted that is not a year (0 where it is not told)"
    if entry.pro_bono is not None and not isinstance(entry.pro_bono, bool):
        return f"has a {type(entry.pro_bono).__name__} as its pro_bono instead of True, False or None"
    if entry.languages != () and (wrong := _wrong_languages(entry.languages)):
        return wrong
    if entry.practice != () and not _are_areas(entry.practice):
        return "has a practice that is not a tuple of PracticeArea"
    return ""


def _wrong_languages(languages: Any) -> str:
    if not isinstance(languages, tuple) or not all(isinstance(one, Spoken) for one in languages):
        return "has languages that are not a tuple of Spoken"
    if len(languages) > MOST_LANGUAGES:
        return f"has {len(languages):,} languages: at most {MOST_LANGUAGES} are taken"
    for one in languages:
        if not isinstance(one.tag, str) or not _TAG.fullmatch(one.tag):
            return "has a language whose tag is not a BCP 47 tag such as es"
        if not _within(one.confidence, 1.0) or not _within(one.level, 5.0):
            return "has a language whose confidence is not from 0 to 1, or whose level is not from 0 to 5"
    return ""


def _within(value: Any, most: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return number and 0.0 <= value <= most


def _are_areas(practice: Any) -> bool:
    return isinstance(practice, tuple) and all(isinstance(area, PracticeArea) for area in practice)
