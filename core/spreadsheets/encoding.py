"""Bytes to text: Unicode where it is marked or valid, else Windows-1252, and said so."""

import codecs
import re
from pathlib import Path
from typing import Final

from core.spreadsheets.files import WANTED
from core.spreadsheets.problems import Unreadable

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP: Final = re.compile(r"\s*(<!doctype|<html|<\?xml|<table)", re.IGNORECASE)
_JSON: Final = re.compile(r"\s*[\[{]\s*[\[{\"]")
_END_OF_FILE: Final = "\x1a"


def text_of(path: Path, data: bytes) -> tuple[str, str]:
    """Decode a file: its text, and a note on the encoding (empty for UTF-8). Raises Unreadable for what is no text."""
    text, note = _decoded(path, data)
    text = text.removesuffix(_END_OF_FILE)
    if odd := _CONTROL.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        raise Unreadable(
            f"{path} is not text: line {line} holds a character that no spreadsheet has. {WANTED} Nothing was changed."
        )
    for form, what in ((_MARKUP, "a web page or XML"), (_JSON, "JSON")):
        if form.match(text):
            raise Unreadable(f"{path} is {what}, not a spreadsheet. {WANTED} Nothing was changed.")
    return text, note


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _marked(path, data, codec, name)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as problem:
        return _windows(path, data, problem)


def _marked(path: Path, data: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        return data.decode(codec), "" if name == "UTF-8" else f"Encoding: {name}, by the mark at its beginning."
    except UnicodeDecodeError:
        raise Unreadable(
            f"{path} begins as {name} and breaks off or goes on as something else. "
            "Export it again as UTF-8. Nothing was changed."
        ) from None


def _windows(path: Path, data: bytes, problem: UnicodeDecodeError) -> tuple[str, str]:
    if problem.end >= len(data) and problem.reason == "unexpected end of data":
        raise Unreadable(f"{path} breaks off in the middle of a letter. Export it again. Nothing was changed.")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is neither text nor an Excel workbook. {WANTED} Nothing was changed.") from None
    line = data.count(b"\n", 0, problem.start) + 1
    return text, (
        "Encoding: not UTF-8, so read as Windows-1252. That is a fallback: look at the accents, "
        f"first in line {line}. Saving as UTF-8 makes it certain."
    )
