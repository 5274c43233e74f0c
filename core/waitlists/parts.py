"""The parts of a cell of a waitlist, which lists separate as they like."""

import re
from typing import Final

from core.spreadsheets import cells

_BETWEEN_LANGUAGES: Final = re.compile(r"\s*(?:[;,/|&+\r\n]|\band\b|\by\b)\s*", re.IGNORECASE)


def parts_of(column: str, text: str) -> list[str]:
    """The words of a cell: several for languages, "Mam/Spanish" or "Mam and Spanish"; else the cell as a whole."""
    if column == "language":
        return [part for part in _BETWEEN_LANGUAGES.split(text) if part]
    return [text] if text else []


def joined(words: list[str]) -> str:
    """Several words as a cell that is read again."""
    return "; ".join(part for word in words for part in cells.parts(word))
