"""A file as a table: one header, rows with their line numbers, and notes on how it was understood."""

from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec

from core.spreadsheets.encoding import text_of
from core.spreadsheets.files import Kind, contents_of, kind_of
from core.spreadsheets.problems import Problems, Unreadable
from core.spreadsheets.separated import (
    HEAD_ROWS,
    SEPARATORS,
    Recognises,
    Row,
    is_blank,
    recognised,
    rows_of,
    separator_of,
)
from core.spreadsheets.workbook import EPOCH_1900, ERRORS, Sheet, check_extent, sheet_of

_INVISIBLE = {ord(letter): None for letter in "\ufeff\u200b\u200e\u200f\u00ad"} | {0xA0: " "}
_NEVER_COMPUTED = "the value of this formula is not saved in the file. Open and save it in Excel, or write the value."


class Table(msgspec.Struct, frozen=True):
    """A header and the rows below it, all as wide as the header. ``epoch`` is the day that date numbers count from."""

    file: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    epoch: date = EPOCH_1900


def read_table(path: Path, problems: Problems, recognises: Recognises) -> Table:
    """Read a CSV, TSV or Excel file. Raises Unreadable; notes rows of the wrong width and broken cells as problems."""
    data = contents_of(path)
    read: Callable[[Path, bytes, Recognises], tuple[Sheet, list[str]]]
    read = _workbook if kind_of(path, data) is Kind.WORKBOOK else _separated
    sheet, notes = read(path, data, recognises)
    at = _header_at(sheet.rows, recognises)
    header = _trimmed(tuple(map(clean, sheet.rows[at].cells)))
    if at:
        notes.append(f"Header in row {sheet.rows[at].line}; what stands above it was passed over.")
    rows = tuple(_fitted(row, header, problems, sheet) for row in sheet.rows[at + 1 :])
    if not rows:
        raise Unreadable(f"{path} has a header and no rows below it. Nothing was changed.")
    return Table(problems.file, header, sheet.rows[at].line, rows, tuple(filter(None, notes)), sheet.epoch)


def clean(cell: str) -> str:
    """A cell without what nobody sees: marks, soft hyphens, spaces around it."""
    return (cell if cell.isascii() else cell.translate(_INVISIBLE)).strip()


def _workbook(path: Path, data: bytes, recognises: Recognises) -> tuple[Sheet, list[str]]:
    sheet, note = sheet_of(path, data, recognises)
    if not sheet.rows:
        raise Unreadable(f"{path} is empty: its sheet “{sheet.title}” has no cells. Nothing was changed.")
    return sheet, [note]


def _separated(path: Path, data: bytes, recognises: Recognises) -> tuple[Sheet, list[str]]:
    text, note = text_of(path, data)
    separator = separator_of(path, text, recognises)
    rows: list[Row] = []
    for row in rows_of(path, text, separator):
        if not is_blank(row) and row.cells[0] != "sep=":
            check_extent(path, len(rows), len(row.cells))
            rows.append(row)
    if not rows:
        raise Unreadable(f"{path} is empty: it has no header and no rows. Nothing was changed.")
    told = f"Separator: {SEPARATORS.get(separator, separator)}." if separator != "," else ""
    _mark_cut_off(path, text, rows)
    return Sheet("", tuple(rows), EPOCH_1900, frozenset()), [note, told]


def _mark_cut_off(path: Path, text: str, rows: list[Row]) -> None:
    """A last row that is short and has no line break after it is half a row."""
    if not text.endswith(("\n", "\r")) and len(rows) > 1 and len(rows[-1].cells) < len(rows[-2].cells):
        raise Unreadable(
            f"{path} breaks off in the middle of row {rows[-1].line}. Export it again. Nothing was changed."
        )


def _header_at(rows: tuple[Row, ...], recognises: Recognises) -> int:
    """The place of the row among the first that has most headings that we know; the first where none has any."""
    head = list(islice(rows, HEAD_ROWS))
    return max(range(len(head)), key=lambda at: (recognised(head[at], recognises), -at))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    width = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:width]


def _fitted(row: Row, header: tuple[str, ...], problems: Problems, sheet: Sheet) -> Row:
    """A row made as wide as the header, its cells cleaned."""
    cells, width = tuple(map(clean, row.cells)), len(header)
    if any(cells[width:]):
        problems.error(
            f"the row has more cells than the header, which has {width}. "
            "A cell that holds the separator must stand in quotation marks.",
            row=row.line,
        )
    elif len(cells) < width and not sheet.title:
        problems.warning(f"the row has {len(cells)} of {width} cells; the others count as empty.", row=row.line)
    for at, text in enumerate(cells[:width]):
        if text.startswith("#") or sheet.uncomputed:
            _check_cell(row.line, at, text, header[at], problems, sheet)
    return Row(row.line, (*cells, *("",) * width)[:width])


def _check_cell(line: int, at: int, text: str, heading: str, problems: Problems, sheet: Sheet) -> None:
    if (line, at) in sheet.uncomputed:
        problems.error(_NEVER_COMPUTED, row=line, column=heading)
    elif text in ERRORS:
        problems.error("Excel could not compute this cell. Write the value.", row=line, column=heading, value=text)
