"""Taking over a waitlist from elsewhere, its clients too: kept sealed, explained by a person, previewed, then applied.

All of a file is one transaction, and the same file again doubles nothing that has a reference. What is known of a
client already is left as it is: the record here may be newer than the list.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final
from uuid import UUID

import msgspec

from core.errors import BadInput
from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.people import Actor
from core.model.states import OPEN_CASE
from core.model.vocabulary import CameBy
from core.services.cases import intake
from core.services.cases.importing import (
    Imported,
    Outcome,
    Report,
    differences,
    facts_of,
    naming_the_row,
    new_case,
    note_import,
    open_cases,
    portions,
)
from core.services.clients.writing import correct_client
from core.services.clinic import require_staff
from core.spreadsheets.problems import Problem
from core.spreadsheets.separated import Row
from core.spreadsheets.table import Table
from core.store.audit import record
from core.store.cases import cases
from core.store.cases import waitlist_imports as store
from core.store.cases.references import next_references
from core.store.clients.clients import fields_known_of
from core.store.database import transaction
from core.store.days import day_of
from core.waitlists import LIMITS, Understood, WaitlistMapping, WaitlistRow, first_mapping, read_waitlist, understand

Read = Callable[[int], Awaitable[bytes]]
"""Gives up to so many bytes of a file; none at its end."""
ROWS_A_PIECE: Final = 200
DAYS_KEPT: Final = 7
"""How long a file waits to be taken over before it is forgotten."""


class Target(StrEnum):
    """Where the cases of a list go: to the waitlist, since they were screened there, or to be screened here."""

    WAITLIST = "waitlist"
    SCREENING = "screening"


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


async def foresee(understood: Understood) -> tuple[Imported, ...]:
    """What would become of each row that is understood, without writing anything."""
    found: list[Imported] = []
    for part in portions(understood.rows):
        known = await _known(part)
        found += [_foreseen(row, known.get(row.case.ref)) for row in part]
    return tuple(found)


class _Known(msgspec.Struct, frozen=True):
    """A case that is here already, and which fields of its client are."""

    case: Case
    fields: frozenset[ClientField]


async def _known(rows: Sequence[WaitlistRow]) -> dict[str, _Known]:
    """What is here already of the cases of some rows, by reference."""
    found = await cases.cases_by_ref(row.case.ref for row in rows if row.case.ref)
    fields = await fields_known_of([case.id for case in found.values()])
    return {ref: _Known(case, fields[case.id]) for ref, case in found.items()}


def _foreseen(row: WaitlistRow, there: _Known | None) -> Imported:
    if there is None:
        return Imported(row.case.line, row.case.ref, Outcome.NEW)
    known = there.case
    if known.state not in OPEN_CASE:
        return Imported(row.case.line, row.case.ref, Outcome.PASSED_OVER, f"The case is {known.state}.")
    corrected = _corrected(row, known)
    told = [differences(known, corrected), _told(_missing(row, there))]
    note = "; ".join(filter(None, told))
    return Imported(row.case.line, row.case.ref, Outcome.CHANGED if note else Outcome.UNCHANGED, note)


def _corrected(row: WaitlistRow, known: Case) -> Case:
    """A known case with what the row itself states; what a new case would begin with changes nothing."""
    facts = facts_of(row.case, known)
    return msgspec.structs.replace(known, **{name: value for name, value in facts.items() if name in row.stated})


def _missing(row: WaitlistRow, there: _Known) -> dict[ClientField, str]:
    """What a row tells of a client that is not known yet."""
    return {field: text for field, text in row.client.items() if field not in there.fields}


def _told(added: Mapping[ClientField, str]) -> str:
    return f"client: {', '.join(field.replace('_', ' ') for field in added)}" if added else ""


async def take_over(
    opened: Opened, *, target: Target, leave_out: bool, prefix: str, by: Actor, now: datetime
) -> Report:
    """Take over what a file says under its mapping, and forget the file.

    ``leave_out``: rows that cannot be understood are left out; otherwise they keep the whole file out (BadInput). Cases
    without a reference get the next ones that begin with ``prefix``. Side effects, in one transaction: those of
    ``receive_case`` and of what follows for each new case, corrections of known ones, audit events, the file is gone.
    """
    require_staff(by)
    understood = await understand_rows(opened, today=day_of(now))
    _require_clear(understood, leave_out=leave_out)
    done: list[Imported] = []
    async with transaction():
        if not await store.drop_import(opened.id):
            raise BadInput("This file is not kept any more: somebody has taken it over or put it aside.")
        refs = await _references(understood.rows, prefix, now=now)
        for part in portions(understood.rows):
            known = await _known(part)
            new = [row for row in part if row.case.ref not in known]
            coming = [intake.Coming(new_case(row.case, refs[row.case.line], CameBy.IMPORT), row.client) for row in new]
            await open_cases(coming, waitlisted=target is Target.WAITLIST, by=by, now=now)
            for row in part:
                async with naming_the_row(row.case.line, row.case.ref):
                    there = known.get(row.case.ref)
                    done.append(
                        await _taken(row, there, by=by, now=now)
                        if there
                        else Imported(row.case.line, refs[row.case.line], Outcome.NEW)
                    )
        await note_import("waitlist", done, by=by, now=now)
    return Report(rows=tuple(done), dry_run=False)


def _require_clear(understood: Understood, *, leave_out: bool) -> None:
    if understood.missing:
        raise BadInput(f"Choose the column for {' and '.join(understood.missing)} first. Nothing was changed.")
    if understood.faulty and not leave_out:
        raise BadInput(
            "Some rows cannot be understood. Correct them, or say that they are left out. Nothing was changed."
        )


async def _references(rows: Sequence[WaitlistRow], prefix: str, *, now: datetime) -> dict[int, str]:
    """By the line of each row its reference, or the next one that neither a case nor another row has."""
    given = {row.case.line: row.case.ref for row in rows if row.case.ref}
    bare = [row.case.line for row in rows if not row.case.ref]
    made = await next_references(len(bare), prefix, now=now, besides=given.values())
    return given | dict(zip(bare, made, strict=True))


async def _taken(row: WaitlistRow, there: _Known, *, by: Actor, now: datetime) -> Imported:
    foreseen = _foreseen(row, there)
    if foreseen.outcome is Outcome.CHANGED:
        corrected = _corrected(row, there.case)
        if corrected != there.case:
            await intake.correct_case(corrected, by=by, now=now)
        if added := _missing(row, there):
            await correct_client(there.case.id, added, by=by, now=now)
    return foreseen
