"""The file of a waitlist from elsewhere: kept sealed, explained by a person, read under what she said, forgotten."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

import msgspec

from core.errors import BadInput
from core.model.people import Actor
from core.services.clinic import require_staff
from core.spreadsheets.problems import Problem
from core.spreadsheets.separated import Row
from core.spreadsheets.table import Table
from core.store.audit import record
from core.store.cases import waitlist_imports as store
from core.store.database import transaction
from core.waitlists import LIMITS, Understood, WaitlistMapping, first_mapping, read_waitlist, understand

Read = Callable[[int], Awaitable[bytes]]
"""Gives up to so many bytes of a file; none at its end."""
ROWS_A_PIECE: Final = 200
DAYS_KEPT: Final = 7
"""How long a file waits to be taken over before it is forgotten."""


class About(msgspec.Struct, frozen=True):
    """How a file is called, and how it was read."""

    name: str
    header: tuple[str, ...]
    header_line: int
    epoch: date
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Opened(msgspec.Struct, frozen=True):
    """A file that is kept, with what is settled of it so far."""

    id: UUID
    about: About
    table: Table
    mapping: WaitlistMapping


async def keep_waitlist(read: Read, *, file_name: str, by: Actor, now: datetime) -> UUID:
    """Keep a file, sealed, until it is taken over or a week is over; its id.

    Raises BadInput for a file that is empty or too large, Unreadable for one that is no table. Side effects: the file,
    an audit event without its name.
    """
    require_staff(by)
    content = await _whole(read)
    name = "".join(letter for letter in file_name.replace("\\", "/").split("/")[-1] if letter.isprintable())[:200]
    table, problems = await asyncio.to_thread(read_waitlist, content, source=name or "The file")
    about = About(name, table.header, table.header_line, table.epoch, table.notes, problems)
    async with transaction():
        key = await store.insert_import(
            _json(about),
            _json(first_mapping(table)),
            list(_pieces(table.rows)),
            length=len(table.rows),
            by=by.label[:200],
            now=now,
        )
        await record("waitlist_uploaded", subject_kind="import", subject=key, by=by, now=now, rows=len(table.rows))
    return key


async def _whole(read: Read) -> bytes:
    pieces, size = list[bytes](), 0
    while piece := await read(1 << 20):
        pieces.append(piece)
        size += len(piece)
        if size > LIMITS.bytes:
            raise BadInput(f"This file has more than {LIMITS.bytes // 10**6} MB. Split it. Nothing of it was kept.")
    if not size:
        raise BadInput("This file is empty. Export it again, or choose another one. Nothing was changed.")
    return b"".join(pieces)


def _pieces(rows: Sequence[Row]) -> Iterator[bytes]:
    for start in range(0, len(rows), ROWS_A_PIECE):
        yield msgspec.json.encode(rows[start : start + ROWS_A_PIECE])


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


async def open_waitlist(key: UUID, *, by: Actor, now: datetime) -> Opened:
    """A file that is kept, for a person to look at; NotFound where it is gone. Side effect: an audit event."""
    require_staff(by)
    async with transaction():
        kept, pieces = await store.find_import(key)
        await record("waitlist_viewed", subject_kind="import", subject=key, by=by, now=now)
    about = msgspec.json.decode(kept.about, type=About)
    rows = tuple(row for piece in pieces for row in msgspec.json.decode(piece, type=tuple[Row, ...]))
    table = Table("", about.header, about.header_line, rows, about.notes, about.epoch)
    return Opened(key, about, table, msgspec.json.decode(kept.settled, type=WaitlistMapping))


async def settle_waitlist(key: UUID, mapping: WaitlistMapping, *, by: Actor) -> None:
    """Remember which column is which, and what the words of the file mean."""
    require_staff(by)
    async with transaction():
        await store.keep_settled(key, _json(mapping))


async def forget_waitlist(key: UUID, *, by: Actor, now: datetime) -> None:
    """Forget a file that is not to be taken over. Side effect: an audit event."""
    require_staff(by)
    async with transaction():
        if await store.drop_import(key):
            await record("waitlist_forgotten", subject_kind="import", subject=key, by=by, now=now)


async def forget_old_waitlists(*, now: datetime) -> None:
    """Forget files that nobody has taken over in ``DAYS_KEPT``."""
    async with transaction():
        await store.drop_imports_before(now - timedelta(days=DAYS_KEPT))


async def understand_rows(opened: Opened, *, today: date) -> Understood:
    """What a file says under its mapping: worked out beside the event loop, since a long one takes a second."""
    read = partial(understand, opened.table, opened.mapping, today=today, noted=opened.about.problems)
    return await asyncio.to_thread(read)
