"""Many rows with one statement and one value: a JSON text, which both databases take apart themselves.

Piccolo makes an object of each row and a placeholder of each value. That is what most of the time goes into where there
are hundreds of thousands of them.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from piccolo.columns import JSON, UUID, Column, ForeignKey
from piccolo.table import Table

from core.store.database import on_postgres

CASTS: Final = ((UUID, "::uuid"), (ForeignKey, "::uuid"), (JSON, "::json"))
"""How PostgreSQL makes a value of a column's type of a text; the keys of all tables are UUIDs."""


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
