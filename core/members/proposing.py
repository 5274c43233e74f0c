"""A proposal of which column is which, from a roster's header and first rows, for a person to look at and settle."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from core.members.mapping import AS_IT_IS, ColumnMapping, missing_in, places_in
from core.members.reading import RecordReader
from core.members.values import admitted_in
from core.model.rosters.entries import RosterEntry
from core.spreadsheets.cells import STANDING
from core.spreadsheets.problems import Unfit
from core.spreadsheets.separated import Row
from core.spreadsheets.table import OpenTable, clean, open_table
from core.spreadsheets.workbook import EPOCH_1900

FIRST_ROWS: Final = 20
_ENOUGH: Final = 0.8
"""The share of the cells that must look like what a column holds, for it to be proposed by them."""
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE: Final = re.compile(r"\+?[0-9 ()./-]{10,20}(?: ?x[0-9]+)?")
_NAME: Final = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+)*, ?[^\W\d_][\w.'’ ,-]*")
_NUMBER: Final = re.compile(r"[A-Z]{0,3}-?[0-9]{3,10}")
Looks = Callable[[str], object]


class Proposal(msgspec.Struct, frozen=True):
    """What a roster's file seems to hold.

    ``mapping`` may be settled as it is, once a person agrees; ``guessed`` names those of our columns that were found
    by what their cells look like and not by their heading. ``unmapped`` headings are not taken over, and ``missing``
    tells what a roster needs and nobody found. ``rows`` are the first rows as they stand, ``entries`` what they would
    become, and ``problems`` what is wrong with them, in sentences. ``unknown_statuses`` counts words without a meaning.
    """

    mapping: ColumnMapping
    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[str, ...], ...]
    guessed: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    entries: tuple[RosterEntry, ...] = ()
    unknown_statuses: dict[str, int] = {}
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class FirstRows(msgspec.Struct, frozen=True):
    """How a file begins: its header and first rows, each with its line.

    ``epoch`` is the day that date numbers count from. ``workbook``: rows may leave out the empty cells at their end.
    """

    header: tuple[str, ...]
    header_line: int
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    epoch: date = EPOCH_1900
    workbook: bool = False


def propose_mapping(path: Path, *, bar: str, mapping: ColumnMapping = AS_IT_IS) -> Proposal:
    """Look at the first rows of a CSV, TSV or Excel file. What ``mapping`` settles stays. Raises Unreadable."""
    with open_table(path, mapping.recognises()) as table:
        first = first_rows(table, list(islice(table.rows, FIRST_ROWS)))
    return propose_for(first, bar=bar, mapping=mapping, source=str(path))


def first_rows(table: OpenTable, rows: Sequence[Row]) -> FirstRows:
    """How an open table begins, with these of its rows."""
    return FirstRows(
        header=table.header,
        header_line=table.header_line,
        lines=tuple(row.line for row in rows),
        rows=tuple(tuple(map(clean, row.cells)) for row in rows),
        notes=table.notes,
        epoch=table.epoch,
        workbook=bool(table.sheet.title),
    )


def propose_for(first: FirstRows, *, bar: str, source: str, mapping: ColumnMapping = AS_IT_IS) -> Proposal:
    """The same for first rows that somebody has kept; ``source`` names the file in messages."""
    columns, guessed, notes = columns_for(first.header, first.rows, mapping, source=source)
    proposed = msgspec.structs.replace(mapping, columns={**mapping.columns, **columns})
    missing = missing_in(columns)
    reader = RecordReader(bar=bar, source=source, mapping=proposed, epoch=first.epoch)
    entries: list[RosterEntry] = []
    if not missing:
        reader.begin(first.header)
        fitting = [
            (reader.fitting(text, line, may_end_early=first.workbook), line)
            for text, line in zip(first.rows, first.lines, strict=True)
        ]
        found = (reader.entry(cells, line) for cells, line in fitting if cells is not None)
        entries = [entry for entry in found if entry is not None]
    used = set(columns.values())
    return Proposal(
        mapping=proposed,
        header=first.header,
        header_line=first.header_line,
        rows=first.rows,
        guessed=guessed,
        unmapped=tuple(heading for heading in first.header if heading and heading not in used),
        missing=missing,
        entries=tuple(entries),
        unknown_statuses=dict(reader.unknown_statuses),
        problems=tuple(problem.sentence() for problem in reader.problems.listed),
        notes=(*first.notes, *notes),
    )


def columns_for(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: ColumnMapping = AS_IT_IS,
    *,
    source: str = "The roster",
) -> tuple[dict[str, str], tuple[str, ...], list[str]]:
    """Our columns with their headings; those of them that only their cells tell; and notes. Raises Unreadable."""
    places, notes = places_in(header, mapping, source=source)
    columns = {name: header[at] for name, at in places.items()}
    guessed: list[str] = []
    for name, looks in _LOOKS.items():
        if name in columns or name in mapping.columns or (name == "name" and "last_name" in columns):
            continue
        free = [at for at, heading in enumerate(header) if heading and heading not in columns.values()]
        found = next((at for at in free if _are(looks, rows, at, each_once=name == "number")), None)
        if found is not None:
            columns[name] = header[found]
            guessed.append(name)
    return columns, tuple(guessed), notes


def _are(looks: Looks, rows: Sequence[Sequence[str]], at: int, *, each_once: bool) -> bool:
    """Whether a column's cells look like something; numbers of members must also differ."""
    cells = [row[at] for row in rows if at < len(row) and row[at]]
    if len(cells) < 2 or (each_once and len(set(cells)) < len(cells) * _ENOUGH):
        return False
    return sum(bool(looks(cell)) for cell in cells) >= len(cells) * _ENOUGH


def _is_status(cell: str) -> bool:
    try:
        return bool(STANDING(cell))
    except Unfit:
        return False


def _is_year(cell: str) -> bool:
    try:
        return len(cell) == 4 and bool(admitted_in(cell, EPOCH_1900, 2100))
    except Unfit:
        return False


_LOOKS: Final[Mapping[str, Looks]] = {
    "email": _EMAIL.fullmatch,
    "status": _is_status,
    "admitted": _is_year,
    "number": _NUMBER.fullmatch,
    "name": _NAME.fullmatch,
    "phone": _PHONE.fullmatch,
}
