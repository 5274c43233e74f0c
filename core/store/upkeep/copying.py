"""Rows out of the database and into it again, table by table, the same for both databases."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec
from piccolo.columns import Bytea, Column, ForeignKey, Serial
from piccolo.table import Table

from core import tables as t
from core.errors import BadInput
from core.store.database import current, on_postgres
from core.store.engines.schema import SchemaMigration
from core.store.engines.sqlite import AmparoSQLite

ROWS: Final = 200
LARGE_ROWS: Final = 4
"""How many rows are in memory at once; fewer of those that hold pieces of documents."""
Values = dict[str, Any]


@asynccontextmanager
async def one_moment() -> AsyncIterator[None]:
    """Let all reads of this process within see the database as it is now, while others write on. For a command."""
    engine = current().engine
    if isinstance(engine, AmparoSQLite):
        with engine.reading_one_state():
            yield
        return
    async with current().transaction():
        await SchemaMigration.raw("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


async def rows_of(table: type[Table]) -> AsyncIterator[list[Values]]:
    """All rows of a table in the order of their keys, some at a time."""
    key, after = table._meta.primary_key, None
    name, limit = key._meta.name, at_once(table)
    while True:
        query = table.select().order_by(key).limit(limit)
        rows = await (query if after is None else query.where(key > after))
        if not rows:
            return
        yield rows
        after = rows[-1][name]


def at_once(table: type[Table]) -> int:
    """How many rows of a table are read or written together."""
    return LARGE_ROWS if any(isinstance(column, Bytea) for column in table._meta.columns) else ROWS


def read_row(table: type[Table], values: Values) -> Values:
    """A row as JSON gave it, its values of the columns' types; BadInput where it does not fit the table."""
    columns = {column._meta.name: column for column in table._meta.columns}
    if values.keys() != columns.keys():
        raise BadInput(f"The table {table._meta.tablename} of this backup has other columns. Nothing was changed.")
    return {name: _read(value, columns[name]) for name, value in values.items()}


def _read(value: Any, column: Column) -> Any:
    return None if value is None else msgspec.convert(value, column.value_type)


async def put_rows(table: type[Table], rows: Sequence[Values]) -> None:
    """Write rows. What refers to another row of the same table is written by ``refer`` when all of them are there."""
    own = [column._meta.name for column in _own_references(table)]
    await table.insert(*[table(**(row | dict.fromkeys(own))) for row in rows])


async def refer(table: type[Table], rows: Iterable[Values]) -> None:
    """Write the references of rows to others of the same table."""
    for row in rows:
        for column in _own_references(table):
            if row[column._meta.name] is not None:
                await table.update({column: row[column._meta.name]}).where(
                    table._meta.primary_key == row[table._meta.primary_key._meta.name]
                )


def refers_to_itself(table: type[Table]) -> bool:
    """Whether rows of a table refer to others of it."""
    return bool(_own_references(table))


def _own_references(table: type[Table]) -> list[ForeignKey[Any]]:
    references = [column for column in table._meta.columns if isinstance(column, ForeignKey)]
    return [column for column in references if column._meta.params["references"] in (table, "self")]


async def go_on_counting() -> None:
    """Let keys that PostgreSQL counts itself go on behind those that were written."""
    if not on_postgres():
        return
    for table in t.TABLES:
        key = table._meta.primary_key
        if isinstance(key, Serial):
            name, column = table._meta.tablename, key._meta.db_column_name
            last = f'(SELECT MAX("{column}") FROM "{name}")'  # noqa: S608 -- names of columns
            await table.raw(f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), {last})")


async def drop_everything() -> None:
    """Drop all tables, in the running transaction."""
    for table in (*reversed(t.TABLES), SchemaMigration):
        cascade = " CASCADE" if on_postgres() else ""
        await current().engine.run_ddl(f'DROP TABLE IF EXISTS "{table._meta.tablename}"{cascade}')
