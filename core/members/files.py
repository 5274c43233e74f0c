"""A roster's file, read row by row: CSV, TSV or Excel, in any shape that bars are known to send."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Generator, Iterator
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.members.mapping import AS_IT_IS, ColumnMapping
from core.members.reading import RecordReader
from core.model.rosters.entries import RosterEntry
from core.spreadsheets.table import OpenTable, open_table

_PIECE: Final = 500


async def read_members(
    path: str | PathLike[str], *, bar: str, mapping: ColumnMapping = AS_IT_IS, source: str = ""
) -> AsyncGenerator[RosterEntry, None]:
    """Give the entries of a CSV, TSV or Excel file of the bar ``bar``, read in a thread, never all at once.

    ``source`` names the file in messages; its path, if it is left out. Raises BadInput, with row, column, value and
    remedy, be it after many entries: what came before is not to be used then.
    """
    members = members_of_file(Path(path), bar=bar, mapping=mapping, source=source)
    reading: asyncio.Task[list[RosterEntry]] | None = None
    try:
        while reading is None or reading.result():
            for entry in reading.result() if reading else ():
                yield entry
            reading = asyncio.create_task(asyncio.to_thread(_some_of, members))
            await asyncio.shield(reading)
    finally:
        if reading is not None and not reading.done():
            # A file cannot be closed under the thread that reads it.
            await asyncio.gather(reading, return_exceptions=True)
        with contextlib.suppress(ValueError):  # the loop itself ends, and the thread does not know yet
            members.close()


def members_of_file(
    path: Path, *, bar: str, mapping: ColumnMapping = AS_IT_IS, source: str = ""
) -> Generator[RosterEntry, None, None]:
    """The same one after another, where nothing else waits for the thread."""
    try:
        with open_table(path, mapping.recognises()) as table:
            reader = RecordReader(bar=bar, source=str(path), mapping=mapping, epoch=table.epoch)
            reader.begin(table.header)
            yield from _entries(table, reader)
            reader.finish()
    except BadInput as problem:
        raise type(problem)(str(problem).replace(str(path), source or str(path))) from problem


def _entries(table: OpenTable, reader: RecordReader) -> Iterator[RosterEntry]:
    width, uncomputed, workbook = len(table.header), table.sheet.uncomputed, bool(table.sheet.title)
    for line, cells in table.rows:
        row = cells if len(cells) == width else reader.fitting(cells, line, may_end_early=workbook)
        broken = row is None or (uncomputed and reader.uncomputed(line, uncomputed))
        entry = None if row is None or broken else reader.entry(row, line)
        if entry is not None:
            yield entry
        elif reader.give_up():
            return


def _some_of(members: Iterator[RosterEntry]) -> list[RosterEntry]:
    return list(islice(members, _PIECE))
