"""What is typed about a client, as it is kept: one line, one form, nothing guessed.

The fields that hold JSON have readers of their own, beside this: ``households`` and ``safe_contact``.
"""

import re
from datetime import date
from typing import Final

from core.errors import BadInput
from core.model.clients.client import ClientField

OLDEST: Final = date(1900, 1, 1)
LINE: Final = 200
PROSE: Final = 10_000
"""How long a line and a story may be."""
LONG: Final = frozenset({ClientField.STORY, ClientField.OTHER_NAMES})
"""Fields of several lines: a story, and other names, one a line."""
_A_NUMBER: Final = re.compile(r"A?([0-9]{7,9})", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")


def read_entry(field: ClientField, text: str, *, today: date) -> str:
    """An entry as it is kept; empty where nothing was typed. Raises BadInput, which says what would be right."""
    if field in LONG:
        return _prose(text)
    line = " ".join(text.split())
    if len(line) > LINE:
        raise BadInput(f"Write at most {LINE} letters here; the rest belongs to the client’s story.")
    reader = {
        ClientField.BIRTH_DATE: lambda: _birthday(line, today),
        ClientField.A_NUMBER: lambda: _a_number(line),
        ClientField.EMAIL: lambda: _email(line),
    }.get(field)
    return reader() if reader and line else line


def _prose(text: str) -> str:
    kept = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if len(kept) > PROSE:
        raise BadInput(f"Write at most {PROSE:,} letters; what is longer is better kept as a document.")
    return kept


def _birthday(line: str, today: date) -> str:
    try:
        day = date.fromisoformat(line)
    except ValueError:
        raise BadInput("Write the date of birth as year, month and day: 1990-03-09.") from None
    if not OLDEST <= day <= today:
        raise BadInput("The date of birth lies in the future, or too far back to be meant.")
    return day.isoformat()


def _a_number(line: str) -> str:
    """Nine digits after the A, as forms print it: older numbers have seven or eight and get zeros before them."""
    found = _A_NUMBER.fullmatch(re.sub(r"[\s#.-]", "", line))
    if found is None:
        raise BadInput("An A-number has seven to nine digits, such as A 123 456 789. Leave it out if it is not known.")
    return f"A{found[1]:0>9}"


def _email(line: str) -> str:
    if not _EMAIL.fullmatch(line):
        raise BadInput("Write one e-mail address, such as name@example.org.")
    return line
