"""The schema as SQL: what the tables say, for each dialect."""

import re

from piccolo.columns import Timestamptz, Varchar
from piccolo.table import Table

from core.tables import INDEXES, TABLES, UNIQUE


class SchemaMigration(Table, tablename="schema_migration"):
    """Which migrations this database has been through."""

    name = Varchar(length=80, primary_key=True)
    applied_at = Timestamptz(default=None, null=False)


def statements() -> list[str]:
    """Every CREATE statement of the tables as they are now, for the dialect that they are bound to."""
    made = [_steady(str(one)) for table in TABLES for one in table.create_table(if_not_exists=False).ddl]
    made += [_index(name, columns, unique=True, where=where) for name, columns, where in UNIQUE]
    made += [_index(name, columns) for name, columns in INDEXES]
    return made


def _steady(ddl: str) -> str:
    """The statement without the random default that Piccolo writes for a generated key."""
    return re.sub(r"(PRIMARY KEY NOT NULL) DEFAULT '[0-9a-f-]{36}'", r"\1", ddl)


def _index(table: str, columns: tuple[str, ...], *, unique: bool = False, where: str = "") -> str:
    listed = ", ".join(f'"{column}"' for column in columns)
    name = f"{table}_{'_'.join(columns)}{'_only' if unique else ''}"
    kind = "UNIQUE INDEX" if unique else "INDEX"
    return f'CREATE {kind} "{name}" ON "{table}" ({listed})' + (f" WHERE {where}" if where else "")
