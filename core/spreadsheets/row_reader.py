"""From a table's header to a way of reading each of its rows: every cell is tried, every problem noted."""

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from core.model.places import County, counties, county_of
from core.spreadsheets import cells
from core.spreadsheets.columns import Column, key_of, keys_of
from core.spreadsheets.problems import Problems, Unfit, Unreadable
from core.spreadsheets.separated import Row
from core.spreadsheets.table import Table

Value = TypeVar("Value")
Other = TypeVar("Other")
Key = TypeVar("Key", bound=str)
LONGEST_COUNTY: Final = 80
"""Longer names than any county has are cut off; the warning about an unknown county shows them whole."""


def places_of(table: Table, columns: Sequence[Column], problems: Problems) -> dict[str, int]:
    """Where each column stands. Unknown, unnamed, doubled and missing columns are errors of the header's row."""
    known = keys_of(columns)
    places: dict[str, int] = {}
    _note_unnamed(table, problems)
    _note_unknown(table, columns, problems)
    for at, heading in enumerate(table.header):
        name = known.get(key_of(heading))
        if name is None:
            continue
        if name in places:
            note_twice(table, problems, name, places[name], at)
        else:
            places[name] = at
    for column in columns:
        if column.required and column.name not in places:
            problems.error(f"the column {column.name} is missing: add it.", row=table.header_line)
    return places


def refuse_other_kind(table: Table, columns: Sequence[Column], other: str, others: Sequence[Column]) -> None:
    """Raise Unreadable where the header fits the other kind of file better."""
    own, foreign = keys_of(columns), keys_of(others)
    headings = {key_of(heading) for heading in table.header}
    if len(headings & foreign.keys()) > len(headings & own.keys()):
        raise Unreadable(
            f"{table.file} looks like a file of {other}. Check the order of the files. Nothing was changed."
        )


def note_twice(table: Table, problems: Problems, name: str, first: int, again: int) -> None:
    """Note a column that comes twice, under one name or two."""
    problems.error(
        f"the column {name} comes twice, also as “{table.header[first]}”: keep one.",
        row=table.header_line,
        column=table.header[again],
    )


def _note_unnamed(table: Table, problems: Problems) -> None:
    for at, heading in enumerate(table.header):
        if not heading and any(row.cells[at] for row in table.rows):
            problems.error(f"column {at + 1} holds values but has no name: name it.", row=table.header_line)


def _note_unknown(table: Table, columns: Sequence[Column], problems: Problems) -> None:
    """Note each unknown heading with the nearest column; where none is near, all columns are listed, once."""
    known, listed = keys_of(columns), f" Columns: {', '.join(column.name for column in columns)}."
    for heading in filter(None, table.header):
        if key_of(heading) in known:
            continue
        nearest = difflib.get_close_matches(key_of(heading), known, n=1, cutoff=0.6)
        advice = (
            f"did you mean {known[nearest[0]]}? Rename it or take it out." if nearest else "rename it or take it out."
        )
        problems.error(
            f"there is no such column: {advice}{'' if nearest else listed}", row=table.header_line, column=heading
        )
        listed = listed if nearest else ""


class RowReader:
    """Reads one row's cells by column; a cell that does not fit is noted and its default returned."""

    def __init__(self, table: Table, row: Row, places: dict[str, int], problems: Problems) -> None:
        self.row, self.line, self.epoch = row, row.line, table.epoch
        self._table, self._places, self._problems = table, places, problems

    def text(self, column: str) -> str:
        """A cell as it is written; empty where the column is missing."""
        at = self._places.get(column)
        return "" if at is None else self.row.cells[at]

    def error(self, column: str, right: str, value: str | None = None) -> None:
        """Note an error of a cell in this row."""
        shown = self.text(column) if value is None else value
        self._problems.error(right, row=self.line, column=self._heading(column), value=shown)

    def warning(self, column: str, right: str) -> None:
        """Note a warning about a cell in this row."""
        self._problems.warning(right, row=self.line, column=self._heading(column), value=self.text(column))

    def _heading(self, column: str) -> str:
        at = self._places.get(column)
        return column if at is None else self._table.header[at]

    def read(self, column: str, reader: Callable[[str], Value], default: Other) -> Value | Other:
        """A cell's value; the default where the cell is empty or does not fit."""
        text = self.text(column)
        return default if not text else self._try(column, reader, text, default)

    def needed(self, column: str, reader: Callable[[str], Value], default: Other) -> Value | Other:
        """A cell that must not be empty."""
        if column in self._places and not self.text(column):
            self.error(column, "the cell is empty: fill it in.")
        return self.read(column, reader, default)

    def each(self, column: str, reader: Callable[[str], Value]) -> tuple[Value, ...]:
        """The values of a cell that holds several, each once, in their order."""
        found = [self._try(column, reader, part, None) for part in cells.parts(self.text(column))]
        return tuple(dict.fromkeys(value for value in found if value is not None))

    def _try(self, column: str, reader: Callable[[str], Value], text: str, default: Other) -> Value | Other:
        try:
            return reader(text)
        except Unfit as problem:
            self.error(column, str(problem), text)
            return default

    def levels(self, column: str, found: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
        """Pairs as a mapping; one name with two levels is an error."""
        pairs = list(found)
        for name, times in Counter(name for name, _ in pairs).items():
            if times > 1:
                self.error(column, f"{name} comes with two levels: keep one.")
        return dict(pairs)

    def place(self) -> tuple[str, str]:
        """County and state. A county that we do not know is kept with a warning: no distance is known for it."""
        state = self.read("state", cells.state, "")
        if self.text("county") and not state:
            self.warning("county", "the county's state is not given, so its distance is not known: fill in state.")
        return self.county_in(state), state

    def county_in(self, state: str) -> str:
        """The county by its usual spelling where we know it."""
        county = self.text("county")
        if not county:
            return ""
        known = county_by_any_spelling(state, county)
        if known is None and any(each == state for each, _ in counties()):
            self.warning("county", f"no county of {state} that we know: distances from it are not known.")
        return known.name if known else county[:LONGEST_COUNTY]


@lru_cache(maxsize=4096)
def county_by_any_spelling(state: str, name: str) -> County | None:
    """A county by its name, with or without accents and the word "County", "Co." or "Condado de"."""
    if known := county_of(state, name):
        return known
    plain = key_of(name).removesuffix("_county").removesuffix("_co").removeprefix("condado_de_")
    return next((c for (where, _), c in counties().items() if where == state and key_of(c.name) == plain), None)


def note_doubles(problems: Problems, refs: Iterable[tuple[int, str]]) -> None:
    """Note every ref that comes again, with the line of its first row."""
    first: dict[str, int] = {}
    for line, ref in refs:
        if ref and first.setdefault(ref, line) != line:
            problems.error(
                f"this ref is also in row {first[ref]}: each may come once.", row=line, column="ref", value=ref
            )
