"""What reports and panels may answer, checked before a page sees it. Messages tell the place, never what stands there.

Values must be of the very types: a str of a plugin's own making could change under our hands, or say that it is markup.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from core.model.plugins.showing import Column, ColumnKind, PanelContent, PanelFact, PanelLink, Table, leads_somewhere

MOST_COLUMNS: Final = 20
MOST_ROWS: Final = 5_000
"""Of a report. A page shows the first of them and the download has them all."""
MOST_PANEL_ROWS: Final = 100
MOST_PARTS: Final = 50
"""How many paragraphs, facts or links a panel may have."""
LONGEST_CELL: Final = 300
LONGEST_TEXT: Final = 2_000
GREATEST: Final = 1e15
"""Up to here every whole number is one of a double's."""
_UNFIT: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What no line of text holds, and what cannot be written to a page at all."""


def is_a_line(text: str) -> bool:
    """Whether a text holds nothing that a line of a page cannot show."""
    return text.isprintable() or not _UNFIT.search(text)


def wrong_with_table(answer: Any, most_rows: int = MOST_ROWS) -> str:
    """What is wrong with a table, as the end of a sentence that begins with "It"; empty: nothing."""
    if type(answer) is not Table:
        return f"answered a {type(answer).__name__} instead of a Table"
    if wrong := _wrong_columns(answer.columns) or _wrong_text("a note", answer.note, LONGEST_TEXT, may_be_empty=True):
        return wrong
    rows: Any = answer.rows
    if type(rows) is not tuple:
        return f"has rows that are a {type(rows).__name__} instead of a tuple"
    if len(rows) > most_rows:
        return f"has {len(rows):,} rows: at most {most_rows:,} are taken"
    for number, row in enumerate(rows, 1):
        if wrong := _wrong_row(row, answer.columns):
            return f"has a row {number:,} {wrong}"
    return ""


def _wrong_columns(columns: Any) -> str:
    if type(columns) is not tuple or not columns or not all(type(column) is Column for column in columns):
        return "has columns that are not a tuple of Column, at least one"
    if len(columns) > MOST_COLUMNS:
        return f"has {len(columns):,} columns: at most {MOST_COLUMNS} are taken"
    for column in columns:
        if wrong := _wrong_text("a column's label", column.label, LONGEST_CELL):
            return wrong
        if type(column.kind) is not ColumnKind:
            return "has a column whose kind is not a ColumnKind"
    return ""


def _wrong_row(row: Any, columns: tuple[Column, ...]) -> str:
    if type(row) is not tuple:
        return f"that is a {type(row).__name__} instead of a tuple"
    if len(row) != len(columns):
        return f"of {len(row)} cells for {len(columns)} columns"
    for place, (cell, column) in enumerate(zip(row, columns, strict=True), 1):
        fits, wanted = _CELLS[column.kind]
        if cell is not None and not fits(cell):
            return f"whose cell {place} is not {wanted}"
    return ""


def _is_number(cell: Any) -> bool:
    return type(cell) in (int, float) and abs(cell) <= GREATEST  # which is not true of nan either


_CELLS: Final[Mapping[ColumnKind, tuple[Callable[[Any], bool], str]]] = {
    ColumnKind.TEXT: (
        lambda cell: type(cell) is str and len(cell) <= LONGEST_CELL and is_a_line(cell),
        f"one line of text of at most {LONGEST_CELL} characters",
    ),
    ColumnKind.NUMBER: (_is_number, "a finite number"),
    ColumnKind.PERCENT: (lambda cell: _is_number(cell) and 0 <= cell <= 1, "a share from 0 to 1"),
    ColumnKind.HOURS: (lambda cell: _is_number(cell) and cell >= 0, "a number of hours, zero or more"),
    ColumnKind.DATE: (lambda cell: type(cell) is date, "a date"),
}


def wrong_with_content(answer: Any) -> str:
    """What is wrong with the content of a panel, as the end of a sentence that begins with "It"; empty: nothing."""
    if type(answer) is not PanelContent:
        return f"answered a {type(answer).__name__} instead of a PanelContent"
    return (
        _wrong_parts("paragraphs", answer.paragraphs, _wrong_paragraph)
        or _wrong_parts("facts", answer.facts, _wrong_fact)
        or _wrong_parts("links", answer.links, _wrong_link)
        or ("" if answer.table is None else wrong_with_table(answer.table, MOST_PANEL_ROWS))
    )


def _wrong_parts(name: str, parts: Any, wrong_with: Callable[[Any], str]) -> str:
    if type(parts) is not tuple:
        return f"has {name} that are a {type(parts).__name__} instead of a tuple"
    if len(parts) > MOST_PARTS:
        return f"has {len(parts):,} {name}: at most {MOST_PARTS} are taken"
    return next(filter(None, map(wrong_with, parts)), "")


def _wrong_paragraph(paragraph: Any) -> str:
    return _wrong_text("a paragraph", paragraph, LONGEST_TEXT)


def _wrong_fact(fact: Any) -> str:
    if type(fact) is not PanelFact:
        return f"has a {type(fact).__name__} among its facts instead of a PanelFact"
    return _wrong_text("a term", fact.term, LONGEST_CELL) or _wrong_text("a value", fact.value, LONGEST_CELL)


def _wrong_link(link: Any) -> str:
    if type(link) is not PanelLink:
        return f"has a {type(link).__name__} among its links instead of a PanelLink"
    if wrong := _wrong_text("a link's label", link.label, LONGEST_CELL):
        return wrong
    return "" if leads_somewhere(link.href) else "has a link that is neither a path of this portal nor an https address"


def _wrong_text(what: str, text: Any, longest: int, *, may_be_empty: bool = False) -> str:
    if type(text) is not str:
        return f"has {what} that is a {type(text).__name__} instead of a text"
    if len(text) > longest:
        return f"has {what} of {len(text):,} characters: at most {longest:,} are taken"
    if not is_a_line(text):
        return f"has {what} with a line break or another character that no line of text holds"
    return "" if may_be_empty or text.strip() else f"has {what} that is empty"
