"""A calendar as a file (RFC 5545): whole days with a title and a link, and nothing of a client."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from litestar.response import Response

LINE: Final = 75
"""How many octets a line may have before it is folded (RFC 5545, 3.1)."""


class Day(msgspec.Struct, frozen=True):
    """An event that takes a whole day. The same ``key`` is the same event when the file is read again."""

    key: UUID
    day: date
    title: str
    about: str
    link: str


def calendar_of(days: Iterable[Day], *, name: str, now: datetime) -> str:
    """The file, its lines ended and folded as the standard asks."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Amparo//Deadlines//EN", "METHOD:PUBLISH"]
    lines = [*head, f"X-WR-CALNAME:{_text(name)}"]
    for one in days:
        lines += _event(one, now)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(one: Day, now: datetime) -> list[str]:
    after = min(one.day, date.max - timedelta(days=1)) + timedelta(days=1)
    return [
        "BEGIN:VEVENT",
        f"UID:{one.key}@amparo",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(one.day)}",
        f"DTEND;VALUE=DATE:{_day(after)}",
        f"SUMMARY:{_text(one.title)}",
        f"DESCRIPTION:{_text(one.about)}",
        f"URL:{one.link}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 octets, each after the first begun by a space; no letter is cut in two."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece


def calendar_answer(text: str, name: str) -> Response[bytes]:
    """A download. ``name`` is a part of an address."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(text.encode(), media_type="text/calendar", headers=headers)
