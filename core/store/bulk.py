"""Many rows with one statement: their values one after another, or one JSON text that the database takes apart itself.

Piccolo makes an object of each row and a placeholder of each value. That is what most of the time goes into where there
are hundreds of thousands of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from piccolo.columns import JSON, UUID, Column, ForeignKey
from piccolo.columns.defaults.base import Default
from piccolo.table import Table

from core.store.database import current, on_postgres

CASTS: Final = ((UUID, "::uuid"), (ForeignKey, "::uuid"), (JSON, "::json"))
"""How PostgreSQL makes a value of a column's type of a text; the keys of all tables are UUIDs."""


async def insert_rows(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows, each its values by the names of columns; what is left out gets its column's default.

    One statement, prepared once and run for each row by the database's own library. None at all is fine.
    """
    if not rows:
        return
    columns = table._meta.columns
    if unknown := {name for row in rows for name in row} - {column._meta.name for column in columns}:
        raise ValueError(f"{table._meta.tablename} has no columns {', '.join(sorted(unknown))}.")
    marks = ", ".join(_mark(at) for at in range(1, len(columns) + 1))
    sql = f"INSERT INTO {table._meta.tablename} ({', '.join(map(_name, columns))}) VALUES ({marks})"  # noqa: S608 -- names of columns
    await _run_many(sql, [[_value_of(column, row) for column in columns] for row in rows])


async def update_rows(
    table: type[Table], key: Column, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Write these columns of rows that are there, each found by what it holds in ``key``. One statement, as above."""
    if not rows:
        return
    kept = ", ".join(f"{_name(column)} = {_mark(at)}" for at, column in enumerate(columns, 1))
    sql = f"UPDATE {table._meta.tablename} SET {kept} WHERE {_name(key)} = {_mark(len(columns) + 1)}"  # noqa: S608 -- names of columns
    names = [column._meta.name for column in (*columns, key)]
    await _run_many(sql, [[row[name] for name in names] for row in rows])


async def _run_many(sql: str, values: Sequence[Sequence[Any]]) -> None:
    async with current().transaction() as whole:
        await whole.run_many(sql, values)


def _mark(at: int) -> str:
    return f"${at}" if on_postgres() else "?"


def _value_of(column: Column, row: Mapping[str, Any]) -> Any:
    if column._meta.name in row:
        return row[column._meta.name]
    usual = column.get_default_value()
    return usual.python() if isinstance(usual, Default) else usual


async def put_rows(
    table: type[Table], columns: Sequence[Column], rows: Sequence[Sequence[str]], *, unique: Sequence[Column]
) -> None:
    """Write rows of texts, each value at the place of its column, in place of rows that are equal in ``unique``.

    ``unique`` are the columns of a unique index. Only columns of keys, texts and JSON can be written so.
    """
    if not rows:
        return
    names = [_name(column) for column in columns]
    values = ", ".join(_value(at, column) for at, column in enumerate(columns))
    kept = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    one_by_one = "jsonb_array_elements({}::jsonb)" if on_postgres() else "json_each({})"
    await table.raw(
        f"INSERT INTO {table._meta.tablename} ({', '.join(names)}) SELECT {values} FROM {one_by_one} WHERE true "  # noqa: S608 -- names of columns
        f"ON CONFLICT ({', '.join(map(_name, unique))}) DO UPDATE SET {kept}",
        msgspec.json.encode(rows).decode(),
    )


def _name(column: Column) -> str:
    return f'"{column._meta.db_column_name}"'


def _value(at: int, column: Column) -> str:
    if not on_postgres():
        return f"json_extract(value, '$[{at}]')"
    cast = next((cast for kind, cast in CASTS if isinstance(column, kind)), "")
    return f"(value->>{at}){cast}"
