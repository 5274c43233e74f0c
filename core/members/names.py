"""Names of members: from parts or whole, in their spoken order, without the capitals of old card files."""

import re
from typing import Final

from core.spreadsheets.roster_shape import name_in_order

_NUMERAL: Final = re.compile(r"(?:II|III|IV|VI{0,3})", re.IGNORECASE)
_SMALL: Final = frozenset(("de", "del", "la", "las", "los", "y", "van", "von", "der", "den", "da", "dos", "di", "du"))
_WORD: Final = re.compile(r"[^\W\d_]+")
_INNER: Final = re.compile(r"(?<=^Mc)[a-z]")

_SHORT: Final = 3
"""Capitals of so few letters may be initials."""


def name_of(first: str, middle: str, last: str, suffix: str, whole: str) -> str:
    """The name in its spoken order, such as "Ana M. García, Jr."; empty where there is none."""
    if first or last or middle:
        if last.isupper() and len(last) > _SHORT and not first.isupper():
            last = in_mixed_case(last)
        name = " ".join([part for part in (first, middle, last) if part])
        name = f"{name}, {suffix}" if suffix else name
    else:
        name = name_in_order(whole)
    shouted = name.isupper() or name.partition(",")[0].isupper()
    return in_mixed_case(name) if shouted and len(name) > _SHORT else name


def in_mixed_case(name: str) -> str:
    """A name in capitals as people write it. What capitals hide (DeVito, MacLeod) stays hidden; who compares names
    does so without case."""
    words = name.split(" ")
    return " ".join(_word(word, at) for at, word in enumerate(words))


def _word(word: str, at: int) -> str:
    bare = word.strip(".,")
    if _NUMERAL.fullmatch(bare) and at:
        return word
    if at and bare.casefold() in _SMALL:
        return word.casefold()
    return _WORD.sub(lambda part: _INNER.sub(lambda inner: inner[0].upper(), part[0].capitalize()), word)
