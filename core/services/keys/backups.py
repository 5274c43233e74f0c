"""Backups: everything in the database in one sealed file, whatever the database, and back again.

What was erased since a backup was made is erased again when it is restored over the database that knows of it: a backup
must not bring back whom the clinic has forgotten, nor let anybody in who is kept off a case since.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import IO, Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.envelope import DataKey
from core.errors import BadInput, Refused, SchemaIsNewer, StoreError
from core.model.clients.retention import ErasureReason
from core.model.events import GENESIS, chain_breaks
from core.model.people import SYSTEM
from core.services.keys.standing_again import Standing, stand_again, standing
from core.services.privacy.erasing import erase_client
from core.services.privacy.holding import lift_hold
from core.store import audit
from core.store.cases.cases import cases_by_id
from core.store.clients import holds
from core.store.database import Database, transaction
from core.store.jobs import add_job
from core.store.keys import new_id
from core.store.sealed.clinic_keys import keyring, keys_named, sealing_key, uses_of_keys
from core.store.upkeep import copying
from core.store.upkeep.archive import Header, Writer, header_of, lines, read_header
from core.store.upkeep.erasing import is_reduced, reduced
from core.store.upkeep.migrating import applied, bring_to, check_current, known

Counts = dict[str, int]
PROGRAMME: Final = UUID(int=0)
AT_ONCE: Final = 1000
LIFTED: Final = "Lifted before the client was erased, after this backup was made."


class NotEmpty(Refused):
    """The database holds something already."""


class Contents(msgspec.Struct, frozen=True):
    """What a backup holds: rows by table; and, once it is restored, how many clients were erased again,
    and how many screens and holds of a later day stand again.

    ``others`` are the clinic's keys that its data need beside the one that opens it, as it was made while they were
    being changed; ``missing`` are those that are not at hand.
    """

    header: Header
    rows: Counts
    erased_again: int
    standing_again: int
    others: tuple[str, ...]
    missing: tuple[str, ...]


async def back_up(file: IO[bytes], database: Database, *, now: datetime) -> Contents:
    """Write everything as it is at this moment, while others write on. For a command.

    Raises SchemaIsOld, SchemaIsNewer, KeyMissing. Side effect: an audit event, which the backup holds already.
    """
    await check_current(database)
    async with transaction():
        by = await sealing_key()
        await audit.record("backup_made", subject_kind="programme", subject=PROGRAMME, by=SYSTEM, now=now, key=by.id)
    sealing, key = DataKey.fresh(), new_id()
    header = header_of(by, sealing, key=key, made_at=now, database=database.dialect, schema=await applied())
    writer, counts, keys = Writer(file, header, sealing), Counter[str](), set[str]()
    async with copying.one_moment():
        for table in t.TABLES:
            writer.line({"table": table._meta.tablename})
            async for rows in copying.rows_of(table):
                for row in rows:
                    writer.line(row)
                    keys |= keys_named(table, row)
                counts[table._meta.tablename] += len(rows)
    writer.line({"end": dict(counts)})
    writer.close()
    return _contents(header, dict(counts), keys)


async def check_backup(file: IO[bytes]) -> Contents:
    """Read a backup from its first to its last byte without writing anything; raises as ``restore``."""
    header, counts = read_header(file), Counter[str]()
    keys = set[str]()
    for table, row in _rows(lines(file, header, keyring())):
        keys |= keys_named(table, copying.read_row(table, row))
        counts[table._meta.tablename] += 1
    return _contents(header, dict(counts), keys)


async def restore(file: IO[bytes], database: Database, *, replace: bool, now: datetime) -> Contents:
    """Fill an empty database from a backup, of either kind of database, all of it or nothing.

    With ``replace`` what is there is dropped; who was erased there is erased again, and its screens and holds stand on.
    Everybody must sign in anew.
    Raises NotEmpty, SchemaIsNewer, KeyMissing, Tampered, BadInput. Side effect: an audit event.
    """
    header = read_header(file)
    if set(header.migrations) - set(known(database.dialect)):
        raise SchemaIsNewer("This backup was made by a newer Amparo. Install that version; nothing was changed.")
    found = lines(file, header, keyring())
    async with database.rebuilding():
        gone, stood = await _emptied(replace=replace)
        await bring_to(database, header.migrations)
        counts = await _filled(found)
        await copying.go_on_counting()
        await bring_to(database, known(database.dialect))
        await _require_unbroken_chain()
        for case in gone:
            await add_job("forget", due_at=now, case=str(case))  # so that a crash in between forgets nobody
        stands = await stand_again(stood, now=now)
        await t.Session.delete(force=True)
        await audit.record(
            "backup_restored", subject_kind="programme", subject=PROGRAMME, by=SYSTEM, now=now, backup=str(header.id)
        )
    again = [case for case in gone if await forget_again(case, now=now)]
    return _contents(header, counts, await uses_of_keys(), erased_again=len(again), standing_again=stands)


def _contents(
    header: Header, rows: Counts, keys: Iterable[str], *, erased_again: int = 0, standing_again: int = 0
) -> Contents:
    others = sorted(set(keys) - {header.key})
    at_hand = {key.id for key in keyring().keys}
    return Contents(
        header, rows, erased_again, standing_again, tuple(others), tuple(key for key in others if key not in at_hand)
    )


async def _emptied(*, replace: bool) -> tuple[frozenset[UUID], Standing]:
    """Drop what is there, where that is wanted; whom it knows to be erased, and what protects somebody in it."""
    if not await applied():
        return frozenset(), Standing()
    if not replace:
        raise NotEmpty(
            "This database is not empty. Name another one in AMPARO_DATABASE, or give --replace: all that is in it is "
            "lost then. Nothing was changed."
        )
    gone, stood = await reduced(), await standing()
    await copying.drop_everything()
    return gone, stood


async def forget_again(case: UUID, *, now: datetime) -> bool:
    """Erase a client whom a backup brought back; False where there is none. A hold of that time was lifted since."""
    async with transaction():
        if not await cases_by_id([case]) or await is_reduced(case):
            return False
        if await holds.is_held(case):
            await lift_hold(case, why=LIFTED, by=SYSTEM, now=now)
        await erase_client(case, reason=ErasureReason.CLIENT_REQUEST, by=SYSTEM, now=now)
    return True


async def _filled(found: Iterator[bytes]) -> Counts:
    """Write all rows, some at a time, then what rows of one table say of each other."""
    counts, own = Counter[str](), list[tuple[Any, copying.Values]]()
    for table, rows in _batches(_rows(found)):
        values = [copying.read_row(table, row) for row in rows]
        await copying.put_rows(table, values)
        counts[table._meta.tablename] += len(values)
        own += [(table, row) for row in values] if copying.refers_to_itself(table) else []
    for table, row in own:
        await copying.refer(table, [row])
    return dict(counts)


def _batches(found: Iterator[tuple[Any, copying.Values]]) -> Iterator[tuple[Any, list[copying.Values]]]:
    """Rows that follow each other in one table, as many as are written at once."""
    for table, group in groupby(found, key=itemgetter(0)):
        while batch := list(islice((row for _, row in group), copying.at_once(table))):
            yield table, batch


def _rows(found: Iterator[bytes]) -> Iterator[tuple[Any, copying.Values]]:
    """Each row of a backup with its table; Tampered where the end does not say as many rows as there were."""
    tables, counts = {table._meta.tablename: table for table in t.TABLES}, Counter[str]()
    table: Any = None
    for line in found:
        value: copying.Values = msgspec.json.decode(line)
        if value.keys() == {"table"}:
            table = tables.get(value["table"])
            if table is None:
                raise BadInput(f"This backup holds a table {value['table']}, which is not known here.")
        elif value.keys() == {"end"}:
            if value["end"] != dict(counts):
                raise BadInput("This backup has another number of rows than it says. Nothing was changed.")
            return
        else:
            counts[table._meta.tablename] += 1
            yield table, value
    raise BadInput("This backup has no end. Nothing was changed.")


async def _require_unbroken_chain() -> None:
    """Refuse a backup whose audit chain does not hold."""
    after, previous = 0, GENESIS
    while events := await audit.events(after=after, limit=AT_ONCE):
        if (broken := chain_breaks(events, previous=previous)) is not None:
            raise StoreError(f"The audit chain of this backup is broken at event {broken}. Nothing was changed.")
        after, previous = events[-1].sequence, events[-1].digest
