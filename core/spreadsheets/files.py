"""A file from outside: how big it is and what it is, by its content and never by its name."""

import io
import stat
import zipfile
from enum import Enum, auto
from pathlib import Path
from typing import Final

from core.spreadsheets.problems import Unreadable

MAX_BYTES: Final = 200_000_000
"""The largest file that is opened. A larger one is refused by its size, without reading it."""
MAX_UNPACKED_BYTES: Final = 400_000_000
MAX_PARTS: Final = 10_000
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
_ARCHIVES: Final = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
)


def contents_of(path: Path) -> bytes:
    """Read a file whole. Raises Unreadable for what is missing, locked, empty, too big or not a file."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(f"{path} is not a file. Give the path of a CSV or Excel file.")
        _check_size(path, about.st_size)
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path}. Check the path.") from None
    except OSError as problem:
        raise Unreadable(f"{path} cannot be opened: {problem.strerror or problem}. Nothing was changed.") from None
    if not data.strip():
        raise Unreadable(f"{path} is empty: it has no header and no rows. Nothing was changed.")
    return data


def _check_size(path: Path, size: int) -> None:
    if size > MAX_BYTES:
        raise Unreadable(
            f"{path} has {size / 1e6:,.0f} MB; at most {MAX_BYTES / 1e6:,.0f} MB are read. It was not opened. "
            "Split it, or take out what is not needed."
        )


def kind_of(path: Path, data: bytes) -> Kind:
    """Tell text from an Excel workbook. Raises Unreadable, naming what the file is instead."""
    if data.startswith(b"PK\x03\x04"):
        return _archive(path, data)
    for beginning, what in _OTHERS:
        if data.startswith(beginning):
            raise _wrong(path, what)
    return Kind.TEXT


def _wrong(path: Path, what: str) -> Unreadable:
    return Unreadable(f"{path} is {what}, not a spreadsheet that can be read. {WANTED} Nothing was changed.")


def _archive(path: Path, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _wrong(path, "a broken or cut-off Excel file or archive") from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise _wrong(path, next((what for name, what in _ARCHIVES if name in names), "a compressed file (ZIP)"))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Unreadable(
            f"{path} would unpack to more than {MAX_UNPACKED_BYTES / 1e6:,.0f} MB. It was not unpacked. "
            "Take out what is not needed and save it again."
        )
    return Kind.WORKBOOK
