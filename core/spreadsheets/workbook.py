"""Excel workbooks: the sheet that holds the table, its cells as text, and formulas whose values are missing."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from core.spreadsheets.files import CHUNK, WANTED, Limits
from core.spreadsheets.problems import Unreadable
from core.spreadsheets.separated import HEAD_ROWS, Recognises, Row, is_blank, recognised

EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)
ERRORS: Final = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
"""What Excel writes into a cell that it could not compute."""
_MAC: Final = datetime(1904, 1, 1)  # noqa: DTZ001 -- a day of the calendar, as openpyxl tells it
_PIECE: Final = 500
_UNCOMPUTED: Final = re.compile(
    rb'<c\b([^>]*)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)  # fmt: skip


class Sheet(NamedTuple):
    """One sheet: rows, the day that date numbers count from, places (row, column from 0) without a saved value.

    ``title`` is empty for separated text. ``rows`` come once, one after another, none of them blank.
    """

    title: str
    rows: Iterator[Row]
    epoch: date = EPOCH_1900
    uncomputed: frozenset[tuple[int, int]] = frozenset()


@contextmanager
def open_workbook(path: Path, handle: BinaryIO, limits: Limits, recognises: Recognises) -> Iterator[tuple[Sheet, str]]:
    """The visible sheet whose head has most headings that we know, and a note on the others. Raises Unreadable."""
    _refuse_entities(path, handle)
    with ExitStack() as ending:
        with _foreign(path):
            import openpyxl  # -- here: it takes a tenth of a second, and few start to read a workbook

            book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
            ending.callback(book.close)
            visible = [each for each in book.worksheets if each.sheet_state == "visible"]
            if not visible:
                raise Unreadable(f"{path} has no visible sheet. Nothing was changed.")
            scores = [_score(list(islice(_rows(each), HEAD_ROWS)), recognises) for each in visible]
            best = max(range(len(visible)), key=scores.__getitem__)
            epoch = EPOCH_1904 if book.epoch == _MAC else EPOCH_1900
            uncomputed = _uncomputed(handle, visible[best])
        others = ", ".join(
            f"“{each.title}”"
            for each, (_, any_) in zip(visible, scores, strict=True)
            if any_ and each is not visible[best]
        )
        rows = _in_pieces(path, visible[best], limits)
        title = visible[best].title
        yield Sheet(title, rows, epoch, uncomputed), f"Sheet “{title}” was read; not read: {others}." if others else ""


@contextmanager
def _foreign(path: Path) -> Iterator[None]:
    """Whatever the parsers of a foreign library raise about a foreign file means that it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations that a reader of values does not need
            yield
    except Unreadable:
        raise
    except Exception as problem:
        raise Unreadable(
            f"{path} is a damaged Excel workbook ({type(problem).__name__}). "
            f"Open it in Excel and save it again. {WANTED} Nothing was changed."
        ) from problem


def _score(head: list[Row], recognises: Recognises) -> tuple[int, bool]:
    return max((recognised(row, recognises) for row in head), default=0), bool(head)


def _refuse_entities(path: Path, handle: BinaryIO) -> None:
    """Excel writes no document types; a file with one wants to make a parser expand something."""
    with _foreign(path), zipfile.ZipFile(handle) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    if b"<!DOCTYPE" in part.read(2048):
                        raise Unreadable(f"{path} is not a workbook that Excel wrote. {WANTED} Nothing was changed.")


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
        row = Row(line, tuple(map(_text, values)))
        if not is_blank(row):
            yield row


def _in_pieces(path: Path, sheet: Any, limits: Limits) -> Iterator[Row]:
    """All rows. What a library warns of is kept silent for a piece at a time, never while somebody else works."""
    rows, count = _rows(sheet), 0
    while True:
        with _foreign(path):
            piece = list(islice(rows, _PIECE))
        if not piece:
            return
        for row in piece:
            if count > limits.rows or len(row.cells) > limits.columns:
                raise limits.exceeded(path)
            count += 1
            yield row


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


def _uncomputed(handle: BinaryIO, sheet: Any) -> frozenset[tuple[int, int]]:
    """Formulas that were never computed: programs that write workbooks without computing leave them so."""
    found: set[tuple[int, int]] = set()
    with zipfile.ZipFile(handle) as archive:
        part = sheet._worksheet_path  # noqa: SLF001 -- openpyxl tells the part of a sheet nowhere else
        for rows in _pieces_of_rows(archive, part):
            if b"<f" in rows:
                found.update(_places_uncomputed(rows))
    return frozenset(found)


def _pieces_of_rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A sheet's XML in pieces that end with a row."""
    left = b""
    with archive.open(part) as xml:
        while piece := xml.read(CHUNK):
            whole, end, left = (left + piece).rpartition(b"</row>")
            yield whole + end
    yield left


def _places_uncomputed(rows: bytes) -> Iterator[tuple[int, int]]:
    from openpyxl.utils.cell import column_index_from_string  # -- as above

    for attributes in _UNCOMPUTED.finditer(rows):
        place = re.search(rb'\br="([A-Z]+)([0-9]+)"', attributes[1])
        if place and b't="str"' not in attributes[1]:
            yield int(place[2]), column_index_from_string(place[1].decode()) - 1
