"""A file from outside: how big it is and what it is, by its content and never by its name."""

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from core.spreadsheets.problems import Unreadable

MAX_BYTES: Final = 200_000_000
"""The largest file that is opened. A larger one is refused by its size, without reading it."""
MAX_UNPACKED_BYTES: Final = 400_000_000
MAX_ROWS: Final = 500_000
MAX_COLUMNS: Final = 200
MAX_PARTS: Final = 10_000
CHUNK: Final = 1 << 20


class Limits(NamedTuple):
    """How much of a file is read at most. Its rows are counted without the blank ones."""

    bytes: int
    unpacked_bytes: int
    rows: int
    columns: int = MAX_COLUMNS

    def exceeded(self, path: Path) -> Unreadable:
        """What to say of a table that is too long or too wide."""
        return Unreadable(
            f"{path} has more than {self.rows:,} rows or {self.columns} columns. Split it. Nothing was changed."
        )


WHOLE: Final = Limits(MAX_BYTES, MAX_UNPACKED_BYTES, MAX_ROWS)
"""For a table that is held in memory as a whole."""
STREAMED: Final = Limits(2_000_000_000, 4_000_000_000, 3_000_000)
"""For a table that is read row by row: the roster of a whole state and more."""
WANTED: Final = "Save it as CSV or as an Excel workbook (.xlsx)."


class Kind(Enum):
    """What a readable file is."""

    TEXT = auto()
    WORKBOOK = auto()


_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", "an Excel file of the older kind (.xls) or one with a password"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
)
_HELD: Final = ("xl/sharedStrings.xml", "xl/styles.xml")
"""Parts of a workbook that are held in memory even where its rows are not."""
_ARCHIVES: Final = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[BinaryIO]:
    """Open a file to read. Raises Unreadable for what is missing, locked, empty, too big or not a file."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(f"{path} is not a file. Give the path of a CSV or Excel file.")
        _check_size(path, about.st_size, limits.bytes)
        handle = path.open("rb")
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path}. Check the path.") from None
    except OSError as problem:
        raise Unreadable(f"{path} cannot be opened: {problem.strerror or problem}. Nothing was changed.") from None
    with handle:
        if not any(chunk.strip() for chunk in chunks_of(handle)):
            raise Unreadable(f"{path} is empty: it has no header and no rows. Nothing was changed.")
        yield handle
        now = os.fstat(handle.fileno())
        if (now.st_size, now.st_mtime_ns) != (about.st_size, about.st_mtime_ns):
            raise Unreadable(f"{path} was written to while it was read. Read it again when it is whole.")


def chunks_of(handle: BinaryIO) -> Iterator[bytes]:
    """A file from its beginning, a piece at a time."""
    handle.seek(0)
    return iter(partial(handle.read, CHUNK), b"")


def _check_size(path: Path, size: int, most: int) -> None:
    if size > most:
        raise Unreadable(
            f"{path} has {size / 1e6:,.0f} MB; at most {most / 1e6:,.0f} MB are read. It was not opened. "
            "Split it, or take out what is not needed."
        )


def kind_of(path: Path, handle: BinaryIO, limits: Limits) -> Kind:
    """Tell text from an Excel workbook. Raises Unreadable, naming what the file is instead."""
    handle.seek(0)
    begins = handle.read(16)
    if begins.startswith(b"PK\x03\x04"):
        return _archive(path, handle, limits)
    for beginning, what in _OTHERS:
        if begins.startswith(beginning):
            raise _wrong(path, what)
    return Kind.TEXT


def _wrong(path: Path, what: str) -> Unreadable:
    return Unreadable(f"{path} is {what}, not a spreadsheet that can be read. {WANTED} Nothing was changed.")


def _archive(path: Path, handle: BinaryIO, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(handle) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _wrong(path, "a broken or cut-off Excel file or archive") from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise _wrong(path, next((what for name, what in _ARCHIVES if name in names), "a compressed file (ZIP)"))
    held = sum(part.file_size for part in parts if part.filename in _HELD)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > limits.unpacked_bytes or held > MAX_UNPACKED_BYTES:
        raise Unreadable(
            f"{path} would unpack to more than {limits.unpacked_bytes / 1e6:,.0f} MB. It was not unpacked. "
            "Take out what is not needed and save it again."
        )
    return Kind.WORKBOOK
