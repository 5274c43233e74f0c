"""The schema as SQL: what the tables say, for each dialect."""

import re

from piccolo.columns import Timestamptz, Varchar
from piccolo.table import Table

from core.tables import INDEXES, TABLES, UNIQUE


class SchemaMigration(Table, tablename="schema_migration"):
    """Which migrations this database has been through."""

    name = Varchar(length=80, primary_key=True)
    applied_at = Timestamptz(default=None, null=False)


def statements(dialect: str) -> list[str]:
    """Every CREATE statement of the tables as they are now; they must be bound to an engine of that dialect."""
    made = [step for table in TABLES for step in creation(table, dialect)]
    made += [_index(name, columns, unique=True, where=where) for name, columns, where in UNIQUE]
    made += [_index(name, columns) for name, columns in INDEXES]
    return made


def creation(table: type[Table], dialect: str) -> list[str]:
    """CREATE TABLE, then CREATE INDEX for each indexed column."""
    create, *indexes = (str(one) for one in table.create_table(if_not_exists=False).ddl)
    create = _steady(create)
    return [_strict(create, table) if dialect == "sqlite" else create, *indexes]


def _steady(create: str) -> str:
    """The statement without the random default that Piccolo writes for a generated key."""
    return re.sub(r"(PRIMARY KEY NOT NULL) DEFAULT '[0-9a-f-]{36}'", r"\1", create)


def _strict(create: str, table: type[Table]) -> str:
    """The statement for SQLite, so that it takes and gives back what PostgreSQL does.

    By itself it takes any text for a VARCHAR(12), and in a column of type JSON it turns the text 1.0 into the
    number 1: a type with TEXT in its name keeps text as it is.
    """
    columns = [column for column in table._meta.columns if isinstance(column, Varchar) and column.length]
    checks = [f'CHECK (length("{column._meta.db_column_name}") <= {column.length})' for column in columns]
    return ", ".join([create.replace('" JSON ', '" JSON TEXT ').removesuffix(")"), *checks]) + ")"


def _index(table: str, columns: tuple[str, ...], *, unique: bool = False, where: str = "") -> str:
    listed = ", ".join(f'"{column}"' if column.isidentifier() else f"({column})" for column in columns)
    name = f"{table}_{'_'.join(filter(str.isidentifier, columns))}{'_only' if unique else ''}"
    kind = "UNIQUE INDEX" if unique else "INDEX"
    return f'CREATE {kind} "{name}" ON "{table}" ({listed})' + (f" WHERE {where}" if where else "")
