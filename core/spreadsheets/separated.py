"""Separated text: which separator it uses, and its rows with the lines they begin on."""

import contextlib
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from core.spreadsheets.problems import Unreadable

SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_NOTHING: Final = "".join(SEPARATORS) + " \r\n\v\f\xa0\ufeff\u200b"
HEAD_ROWS: Final = 30
"""Within how many rows the header must come."""

Recognises = Callable[[str], bool]
"""Whether a cell is the heading of a column that we know."""


class Row(NamedTuple):
    """A row with the line of the file that it begins on (1 is the first)."""

    line: int
    cells: tuple[str, ...]


def is_blank(row: Row) -> bool:
    """Whether there is nothing in a row but separators and spaces."""
    for cell in row.cells:  # noqa: SIM110 -- a generator for each of a million rows takes four times as long
        if cell.strip(_NOTHING):
            return False
    return True


def recognised(row: Row, recognises: Recognises) -> int:
    """How many different headings that we know stand in a row."""
    return len({cell.strip().casefold() for cell in row.cells if recognises(cell)})


def rows_of(path: Path, lines: Iterable[str], separator: str) -> Iterator[Row]:
    """The rows of a text's lines, blank ones included. Raises Unreadable at a quotation that does not end."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise Unreadable(f"{path}, row {line}: {_broken(problem)} Nothing was changed.") from None
        yield Row(line, tuple(cells))


def _broken(problem: csv.Error) -> str:
    if "field larger" in str(problem):
        return f"a cell is longer than {csv.field_size_limit():,} characters. Shorten it, or end its quotation."
    return (
        "a quotation mark opens or ends where it should not, or the file breaks off. "
        f"Export it again, or mend that row ({problem})."
    )


def separator_of(path: Path, lines: Callable[[], Iterator[str]], recognises: Recognises) -> str:
    """The separator under which a row among the first has most headings that we know, else most cells.

    ``lines`` begins the text anew each time that it is called.
    """
    if told := re.match(r"sep=(.)\r?\n", next(lines(), "")):
        return told[1]
    return max(SEPARATORS, key=lambda separator: _score(path, lines(), separator, recognises))


def _score(path: Path, lines: Iterator[str], separator: str, recognises: Recognises) -> tuple[int, int]:
    head: list[Row] = []
    with contextlib.suppress(Unreadable):  # told when the file is read with the separator that is chosen
        head.extend(islice((row for row in rows_of(path, lines, separator) if not is_blank(row)), HEAD_ROWS))
    known = max((recognised(row, recognises) for row in head), default=0)
    return known, len(head[0].cells) if head else 0
