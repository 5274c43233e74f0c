"""Excel workbooks: the sheet that holds the table, its cells as text, and formulas whose values are missing."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, NamedTuple

import openpyxl
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.spreadsheets.files import WANTED
from core.spreadsheets.problems import Unreadable
from core.spreadsheets.separated import HEAD_ROWS, Recognises, Row, is_blank, recognised

EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)
MAX_ROWS: Final = 500_000
MAX_COLUMNS: Final = 200
ERRORS: Final = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
"""What Excel writes into a cell that it could not compute."""
_UNCOMPUTED: Final = re.compile(
    rb'<c\b([^>]*)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)  # fmt: skip


class Sheet(NamedTuple):
    """One sheet: rows, the day that date numbers count from, places (row, column from 0) without a saved value."""

    title: str
    rows: tuple[Row, ...]
    epoch: date
    uncomputed: frozenset[tuple[int, int]]


def sheet_of(path: Path, data: bytes, recognises: Recognises) -> tuple[Sheet, str]:
    """The visible sheet whose head has most headings that we know, and a note on the others. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations that a reader of values does not need
            sheets = _sheets(path, data)
    except Unreadable:
        raise
    except Exception as problem:  # a foreign file in a foreign library: whatever its parsers raise means unreadable
        raise Unreadable(
            f"{path} is a damaged Excel workbook ({type(problem).__name__}). "
            f"Open it in Excel and save it again. {WANTED} Nothing was changed."
        ) from problem
    best = max(sheets, key=lambda sheet: _score(sheet, recognises))
    others = ", ".join(f"“{sheet.title}”" for sheet in sheets if sheet is not best and sheet.rows)
    return best, f"Sheet “{best.title}” was read; not read: {others}." if others else ""


def _score(sheet: Sheet, recognises: Recognises) -> tuple[int, bool]:
    return max((recognised(row, recognises) for row in sheet.rows[:HEAD_ROWS]), default=0), bool(sheet.rows)


def _sheets(path: Path, data: bytes) -> list[Sheet]:
    _refuse_entities(path, data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        epoch = EPOCH_1904 if book.epoch == CALENDAR_MAC_1904 else EPOCH_1900
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise Unreadable(f"{path} has no visible sheet. Nothing was changed.")
        return [Sheet(each.title, _rows(path, each), epoch, _uncomputed(data, each)) for each in visible]
    finally:
        book.close()


def _refuse_entities(path: Path, data: bytes) -> None:
    """Excel writes no document types; a file with one wants to make a parser expand something."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    if b"<!DOCTYPE" in part.read(2048):
                        raise Unreadable(f"{path} is not a workbook that Excel wrote. {WANTED} Nothing was changed.")


def _rows(path: Path, sheet: Any) -> tuple[Row, ...]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    rows: list[Row] = []
    for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(value is not None for value in values):
            check_extent(path, len(rows), len(values))
            rows.append(Row(line, tuple(map(_text, values))))
    return tuple(row for row in rows if not is_blank(row))


def check_extent(path: Path, rows: int, columns: int) -> None:
    """Refuse a table that is too long or too wide."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unreadable(
            f"{path} has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns. Split it. Nothing was changed."
        )


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value)


def _uncomputed(data: bytes, sheet: Any) -> frozenset[tuple[int, int]]:
    """Formulas that were never computed: programs that write workbooks without computing leave them so."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read(sheet._worksheet_path)  # noqa: SLF001 -- openpyxl tells the part of a sheet nowhere else
    if b"<f" not in part:
        return frozenset()
    found = (attributes[1] for attributes in _UNCOMPUTED.finditer(part) if b't="str"' not in attributes[1])
    places = (re.search(rb'\br="([A-Z]+)([0-9]+)"', each) for each in found)
    return frozenset((int(at[2]), column_index_from_string(at[1].decode()) - 1) for at in places if at)
