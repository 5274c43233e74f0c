"""Piccolo's queries as the databases take them: a statement with marks for its values, and the values.

Piccolo takes the templates of a query apart each time that it is asked, which is a sixth of what a query takes.
They are few, so each is taken apart once.
"""

from functools import lru_cache
from string import Formatter
from typing import Any, Final

from piccolo.querystring import QueryString

TEMPLATES: Final = 2048
"""How many are remembered: more than there are, but for those of many rows at once."""


def numbered(query: QueryString) -> tuple[str, list[Any]]:
    """With the marks of PostgreSQL: $1, $2 and so on."""
    parts, values = _taken_apart(query)
    return "".join(part if mark is None else f"{part}${mark}" for part, mark in parts), values


def unnumbered(query: QueryString) -> tuple[str, list[Any]]:
    """With the marks of SQLite, which are all the same."""
    parts, values = _taken_apart(query)
    return "".join(part if mark is None else f"{part}?" for part, mark in parts), values


def _taken_apart(query: QueryString) -> tuple[list[tuple[str, int | None]], list[Any]]:
    """What is written between the marks, each part with the number of the value that follows it, and the values."""
    parts: list[tuple[str, int | None]] = []
    values: list[Any] = []
    _take_apart(query, parts, values)
    return parts, values


def _take_apart(query: QueryString, parts: list[tuple[str, int | None]], values: list[Any]) -> None:
    args, last = query.args, len(query.args)
    for at, words in enumerate(_between(query.template)):
        if at >= last:
            parts.append((words, None))
        elif isinstance(value := args[at], QueryString):
            parts.append((words, None))
            _take_apart(value, parts, values)
        else:
            values.append(value)
            parts.append((words, len(values)))


@lru_cache(TEMPLATES)
def _between(template: str) -> tuple[str, ...]:
    """What stands before each place of a template, and after the last one."""
    return tuple(words for words, *_ in Formatter().parse(template))
