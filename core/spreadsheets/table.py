"""A file as a table: one header, rows with their line numbers, and notes on how it was understood."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from core.spreadsheets.files import STREAMED, WHOLE, Kind, Limits, kind_of, opened
from core.spreadsheets.problems import Problems, Unreadable
from core.spreadsheets.separated import HEAD_ROWS, Recognises, Row, recognised
from core.spreadsheets.separated_file import open_separated
from core.spreadsheets.workbook import EPOCH_1900, ERRORS, Sheet, open_workbook

_INVISIBLE = {ord(letter): None for letter in "\ufeff\u200b\u200e\u200f\u00ad"} | {0xA0: " "}
_NEVER_COMPUTED = "the value of this formula is not saved in the file. Open and save it in Excel, or write the value."


class OpenTable(NamedTuple):
    """A header and the rows below it, which come once and as wide as they stand in the file; see ``fitted``."""

    header: tuple[str, ...]
    header_line: int
    rows: Iterator[Row]
    notes: tuple[str, ...]
    sheet: Sheet

    @property
    def epoch(self) -> date:
        """The day that date numbers count from."""
        return self.sheet.epoch


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
    with open_table(path, recognises, WHOLE) as table:
        rows = tuple(fitted(row, table, problems) for row in table.rows)
        return Table(problems.file, table.header, table.header_line, rows, table.notes, table.epoch)


@contextmanager
def open_table(path: Path, recognises: Recognises, limits: Limits = STREAMED) -> Iterator[OpenTable]:
    """Open a CSV, TSV or Excel file to read its rows one after another; at most some dozens are held at once.

    Raises Unreadable at once, or while rows are read, for a file that is damaged further on, has no rows below its
    header, or is written to meanwhile: whatever came before is not to be used then.
    """
    with opened(path, limits) as handle:
        workbook = kind_of(path, handle, limits) is Kind.WORKBOOK
        read = open_workbook if workbook else open_separated
        with read(path, handle, limits, recognises) as (sheet, note):
            head = list(islice(sheet.rows, HEAD_ROWS))
            if not head:
                what = f"its sheet “{sheet.title}” has no cells" if workbook else "it has no header and no rows"
                raise Unreadable(f"{path} is empty: {what}. Nothing was changed.")
            at = _header_at(head, recognises)
            if at:
                note += f"\nHeader in row {head[at].line}; what stands above it was passed over."
            yield OpenTable(
                header=_trimmed(tuple(map(clean, head[at].cells))),
                header_line=head[at].line,
                rows=_some(path, chain(head[at + 1 :], sheet.rows)),
                notes=tuple(filter(None, note.split("\n"))),
                sheet=sheet,
            )


def _some(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    first = next(rows, None)
    if first is None:
        raise Unreadable(f"{path} has a header and no rows below it. Nothing was changed.")
    yield first
    yield from rows


def clean(cell: str) -> str:
    """A cell without what nobody sees: marks, soft hyphens, spaces around it."""
    return (cell if cell.isascii() else cell.translate(_INVISIBLE)).strip()


def _header_at(head: list[Row], recognises: Recognises) -> int:
    """The place of the row among the first that has most headings that we know; the first where none has any."""
    return max(range(len(head)), key=lambda at: (recognised(head[at], recognises), -at))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    width = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:width]


def fitted(row: Row, table: OpenTable, problems: Problems) -> Row:
    """A row made as wide as the header, its cells cleaned. Notes cells that are too many, missing or broken."""
    header, sheet = table.header, table.sheet
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
