"""What is wrong with a file, cell by cell, and what would be right."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Generic, TypeVar

import msgspec

from core.errors import BadInput

LISTED_AT_MOST: Final = 200
"""How many problems of each severity are listed; the rest is counted."""
ROWS_NAMED: Final = 5
"""How many rows are named of those in which the same is wrong."""

Row = TypeVar("Row")


class Severity(StrEnum):
    """An error keeps the whole file out; a warning is kept and shown."""

    ERROR = "error"
    WARNING = "warning"


class Unreadable(BadInput):
    """A file that cannot be read as a spreadsheet at all. Nothing of it was used."""


class Unfit(BadInput):
    """A cell whose text is not what its column holds. ``str()`` says what would be right."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong. ``row`` is the line in the file (0: the file as a whole), ``right`` what to do."""

    file: str
    row: int
    column: str
    value: str
    right: str
    severity: Severity = Severity.ERROR

    def sentence(self) -> str:
        """The problem in one line for a person."""
        place = ", ".join(part for part in (self.file, f"row {self.row}" * bool(self.row), self.column) if part)
        return f"{place}: “{self.value}”: {self.right}" if self.value else f"{place}: {self.right}"


class Alike(msgspec.Struct, frozen=True):
    """The same thing wrong in several rows: the first such problem, and the lines of all."""

    first: Problem
    rows: tuple[int, ...]

    def sentence(self) -> str:
        """All of them in one line for a person."""
        if len(self.rows) == 1:
            return self.first.sentence()
        shown = ", ".join(map(str, self.rows[:ROWS_NAMED])) + (", …" if len(self.rows) > ROWS_NAMED else "")
        such = f"such as “{self.first.value}”" if self.first.value else ""
        place = ", ".join(filter(None, (self.first.column, f"{len(self.rows)} rows ({shown})", such)))
        return f"{place}: {self.first.right}"


def alike(problems: Iterable[Problem]) -> tuple[Alike, ...]:
    """Problems, those together that want the same in the same column; what comes in most rows first."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        kinds.setdefault((one.column, one.right), []).append(one)
    found = [Alike(same[0], tuple(dict.fromkeys(one.row for one in same))) for same in kinds.values()]
    return tuple(sorted(found, key=lambda one: -len(one.rows)))


class Problems:
    """Collects the problems of one file: all are counted, the first ``most`` of each severity are kept."""

    def __init__(self, file: str, *, most: int = LISTED_AT_MOST) -> None:
        self.file, self._most = file, most
        self.listed: list[Problem] = []
        self.counts = dict.fromkeys(Severity, 0)

    def error(self, right: str, *, row: int = 0, column: str = "", value: str = "") -> None:
        """Note what keeps the file out."""
        self.note(Problem(self.file, row, column, _short(value), right, Severity.ERROR))

    def warning(self, right: str, *, row: int = 0, column: str = "", value: str = "") -> None:
        """Note what somebody should look at."""
        self.note(Problem(self.file, row, column, _short(value), right, Severity.WARNING))

    def note(self, problem: Problem) -> None:
        """Note a problem as it is."""
        self.counts[problem.severity] += 1
        if self.counts[problem.severity] <= self._most:
            self.listed.append(problem)


class Reading(msgspec.Struct, Generic[Row], frozen=True):
    """What a file says. With errors, ``rows`` holds what could be read, for a report only: use none of it.

    ``problems`` come in the order of the file; ``errors`` and ``warnings`` count all of them, those beyond the
    listed ones too. ``notes`` say how the file was understood (encoding, separator, sheet, header row).
    """

    file: str
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    errors: int = 0
    warnings: int = 0
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the rows may be used."""
        return self.errors == 0

    @property
    def unlisted(self) -> int:
        """How many problems are counted but not listed."""
        return self.errors + self.warnings - len(self.problems)


def reading(problems: Problems, rows: tuple[Row, ...], notes: tuple[str, ...]) -> Reading[Row]:
    """Close a collection of problems into a reading."""
    return Reading(
        file=problems.file,
        rows=rows,
        problems=tuple(sorted(problems.listed, key=lambda problem: problem.row)),
        errors=problems.counts[Severity.ERROR],
        warnings=problems.counts[Severity.WARNING],
        notes=notes,
    )


def _short(value: str) -> str:
    plain = " ".join(value.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
