"""Bytes to text: Unicode where it is marked or valid, else Windows-1252, and said so."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from core.spreadsheets.files import WANTED, chunks_of
from core.spreadsheets.problems import Unreadable

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES: Final = bytes((*range(0x09), *range(0x0E, 0x20), 0x7F))
_MARKUP: Final = re.compile(r"\s*(<!doctype|<html|<\?xml|<table)", re.IGNORECASE)
_JSON: Final = re.compile(r"\s*[\[{]\s*[\[{\"]")
_END_OF_FILE: Final = "\x1a"


class Encoding(NamedTuple):
    """How a file is to be decoded, a note on it (empty for UTF-8), and whether a mark of old ends the file."""

    codec: str
    note: str = ""
    end_mark: bool = False

    def line(self, text: str) -> str:
        """A line without the mark that ends the file."""
        return text.removesuffix(_END_OF_FILE) if self.end_mark else text


def encoding_of(path: Path, handle: BinaryIO) -> Encoding:
    """Find a file's encoding by decoding all of it, a piece at a time. Raises Unreadable for what is no text."""
    codec, name = _mark_of(handle)
    if name:
        note = "" if name == "UTF-8" else f"Encoding: {name}, by the mark at its beginning."
        try:
            return Encoding(codec, note, _checked(path, handle, codec))
        except UnicodeDecodeError:
            raise Unreadable(
                f"{path} begins as {name} and breaks off or goes on as something else. "
                "Export it again as UTF-8. Nothing was changed."
            ) from None
    try:
        return Encoding("utf-8", "", _checked(path, handle, "utf-8"))
    except UnicodeDecodeError:
        return _windows(path, handle)


def _mark_of(handle: BinaryIO) -> tuple[str, str]:
    handle.seek(0)
    begins = handle.read(4)
    return next(((codec, name) for mark, codec, name in _MARKS if begins.startswith(mark)), ("", ""))


def _decoded(handle: BinaryIO, codec: str) -> Iterator[tuple[bytes, str]]:
    """The pieces of a file with their text. Raises UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(codec)()
    for piece in chunks_of(handle):
        yield piece, decoder.decode(piece)
    decoder.decode(b"", final=True)


def _checked(path: Path, handle: BinaryIO, codec: str) -> bool:
    """Whether the text ends with the mark of old; raise Unreadable for what no table holds."""
    wide, lines, ended = codec in ("utf-16", "utf-32"), 0, False
    for at, (piece, text) in enumerate(_decoded(handle, codec)):
        if not at:
            _refuse_markup(path, text)
        odd = _CONTROL.search(text) if wide or len(piece.translate(None, _CONTROL_BYTES)) != len(piece) else None
        if ended or (odd and not (odd[0] == _END_OF_FILE and odd.end() == len(text))):
            line = lines + (text.count("\n", 0, odd.start()) if odd else 0) + 1
            raise Unreadable(
                f"{path} is not text: line {line} holds a character that no spreadsheet has. {WANTED} "
                "Nothing was changed."
            )
        ended, lines = bool(odd), lines + text.count("\n")
    return ended


def _refuse_markup(path: Path, text: str) -> None:
    for form, what in ((_MARKUP, "a web page or XML"), (_JSON, "JSON")):
        if form.match(text):
            raise Unreadable(f"{path} is {what}, not a spreadsheet. {WANTED} Nothing was changed.")


def _windows(path: Path, handle: BinaryIO) -> Encoding:
    line = _first_odd_line(path, handle)
    try:
        ended = _checked(path, handle, "cp1252")
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is neither text nor an Excel workbook. {WANTED} Nothing was changed.") from None
    note = (
        "Encoding: not UTF-8, so read as Windows-1252. That is a fallback: look at the accents, "
        f"first in line {line}. Saving as UTF-8 makes it certain."
    )
    return Encoding("cp1252", note, ended)


def _first_odd_line(path: Path, handle: BinaryIO) -> int:
    """The line of what is not UTF-8. Raises Unreadable where the file only breaks off in the middle of a letter."""
    lines = 1
    try:
        for piece, _ in _decoded(handle, "utf-8"):
            lines += piece.count(b"\n")
    except UnicodeDecodeError as problem:
        if problem.reason == "unexpected end of data":
            raise Unreadable(
                f"{path} breaks off in the middle of a letter. Export it again. Nothing was changed."
            ) from None
        lines += bytes(problem.object).count(b"\n", 0, problem.start)
    return lines
