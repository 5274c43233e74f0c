"""How the read side asks: one statement for both databases, rows out, JSON columns decoded."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from core import tables as t
from core.store.engines.hiding import names_any, unnamed

Row = dict[str, Any]
T = TypeVar("T")


class Where:
    """Conditions that are joined with AND, each with its values. Placeholders are ``{}``, on both databases."""

    def __init__(self, condition: str, *values: Any) -> None:
        self._conditions = [condition]
        self.values: list[Any] = list(values)

    def also(self, condition: str, *values: Any) -> "Where":
        """Add a condition."""
        self._conditions.append(condition)
        self.values.extend(values)
        return self

    def __str__(self) -> str:
        return " AND ".join(self._conditions)


async def select(sql: str, *values: Any) -> list[Row]:
    """Run one reading statement."""
    rows: list[Row] = await t.Case.raw(sql, *values)
    return rows


async def select_one(sql: str, *values: Any) -> Row | None:
    """Run one reading statement for its first row."""
    rows = await select(sql, *values)
    return rows[0] if rows else None


def marks(keys: Iterable[Any]) -> str:
    """Placeholders for a list of values: ``{}, {}, {}``."""
    return ", ".join("{}" for _ in keys)


def loaded(text: Any, kind: type[T]) -> T:
    """Decode a JSON column. No text of it names a case that is hidden from whoever asks."""
    if names_any():
        return msgspec.convert(unnamed(msgspec.json.decode(text)), kind)
    return msgspec.json.decode(text, type=kind)


def made(row: Row, kind: type[T], **more: Any) -> T:
    """Make a Struct of the columns that carry its fields' names."""
    return msgspec.convert({**row, **more}, kind)
