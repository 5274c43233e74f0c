"""A file of separated text as a sheet, decoded and split into rows while it is read."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from core.spreadsheets.encoding import Encoding, encoding_of
from core.spreadsheets.files import Limits
from core.spreadsheets.problems import Unreadable
from core.spreadsheets.separated import SEPARATORS, Recognises, Row, is_blank, rows_of, separator_of
from core.spreadsheets.workbook import Sheet

_LAST_BYTES: Final = 8


@contextmanager
def open_separated(path: Path, handle: BinaryIO, limits: Limits, recognises: Recognises) -> Iterator[tuple[Sheet, str]]:
    """The rows of a CSV or TSV file, and notes on how they were understood, a line each. Raises Unreadable."""
    encoding = encoding_of(path, handle)
    ends_whole = _ends_with_a_line_break(handle)
    text = io.TextIOWrapper(handle, encoding.codec, newline="")
    try:
        separator = separator_of(path, lambda: _lines(text, encoding), recognises)
        told = f"Separator: {SEPARATORS.get(separator, separator)}." if separator != "," else ""
        rows = _rows(path, _lines(text, encoding), separator, limits, ends_whole=ends_whole)
        yield Sheet("", rows), f"{encoding.note}\n{told}"
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper, encoding: Encoding) -> Iterator[str]:
    text.seek(0)
    return map(encoding.line, text) if encoding.end_mark else iter(text)


def _rows(path: Path, lines: Iterator[str], separator: str, limits: Limits, *, ends_whole: bool) -> Iterator[Row]:
    """The rows that are not blank. A last row that is short and has no line break after it is half a row."""
    count, before, row = 0, 0, Row(0, ())
    for found in rows_of(path, lines, separator):
        if is_blank(found) or found.cells[0] == "sep=":
            continue
        before, row = len(row.cells), found
        if count > limits.rows or len(row.cells) > limits.columns:
            raise limits.exceeded(path)
        count += 1
        yield row
    if count > 1 and not ends_whole and len(row.cells) < before:
        raise Unreadable(f"{path} breaks off in the middle of row {row.line}. Export it again. Nothing was changed.")


def _ends_with_a_line_break(handle: BinaryIO) -> bool:
    size = handle.seek(0, io.SEEK_END)
    handle.seek(max(0, size - _LAST_BYTES))
    return handle.read().rstrip(b"\x00\x1a").endswith((b"\n", b"\r"))
