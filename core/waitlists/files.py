"""A waitlist's file as a table. It is about clients: it is read in memory and never written to a disk in clear."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.spreadsheets.files import Limits
from core.spreadsheets.problems import Problem, Problems, Unreadable
from core.spreadsheets.table import Table, fitted, open_table
from core.waitlists.mapping import recognises

LIMITS: Final = Limits(bytes=10_000_000, unpacked_bytes=100_000_000, rows=2_000)
"""A file with more is split: each is taken over as a whole, in one transaction."""


def read_waitlist(content: bytes, *, source: str) -> tuple[Table, tuple[Problem, ...]]:
    """A CSV, TSV or Excel file as a table, and what is wrong with its rows. ``source`` names it in messages.

    Raises Unreadable for what is no table.
    """
    problems = Problems("", most=LIMITS.rows)
    with _path_of(content) as path:
        try:
            with open_table(path, recognises, LIMITS) as table:
                rows = tuple(fitted(row, table, problems) for row in table.rows)
                read = Table("", table.header, table.header_line, rows, table.notes, table.epoch)
        except BadInput as problem:
            raise Unreadable(str(problem).replace(str(path), source)) from problem
    return read, tuple(problems.listed)


@contextmanager
def _path_of(content: bytes) -> Iterator[Path]:
    """A path under which our readers find the bytes, without a file anywhere: it lives in memory and ends here."""
    handle = os.memfd_create("amparo-waitlist")
    try:
        with open(handle, "wb", closefd=False) as file:
            file.write(content)
        yield Path(f"/proc/self/fd/{handle}")
    finally:
        os.close(handle)
