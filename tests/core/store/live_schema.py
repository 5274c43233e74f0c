"""What a live database says of its own schema, as sorted lines that can be compared."""

import re
from typing import Any

from core.store.database import Database
from core.store.engines.schema import SchemaMigration

SQLITE = {
    "column": """
        SELECT t.name AS place, c.name AS name, c.type AS kind, c."notnull" AS needed, c.dflt_value AS standard,
            c.pk AS in_key
        FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'""",
    "foreign key": """
        SELECT t.name AS place, f."from" AS name, f."table" AS target, f."to" AS target_column,
            f.on_update, f.on_delete
        FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'""",
    "index": """
        SELECT t.name AS place, i.name AS name, i."unique" AS alone, i.origin, i.partial,
            (SELECT group_concat(x.name) FROM pragma_index_info(i.name) x) AS columns,
            (SELECT m.sql FROM sqlite_master m WHERE m.type = 'index' AND m.name = i.name) AS sql
        FROM sqlite_master t, pragma_index_list(t.name) i WHERE t.type = 'table'""",
}
POSTGRES = {
    "column": """
        SELECT c.relname AS place, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS kind,
            a.attnotnull AS needed, pg_get_expr(d.adbin, d.adrelid) AS standard
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace""",
    "constraint": """
        SELECT conrelid::regclass::text AS place, conname AS name, pg_get_constraintdef(oid) AS kind
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "index": """
        SELECT tablename AS place, indexname AS name, indexdef AS kind
        FROM pg_indexes WHERE schemaname = 'public'""",
}
CHECK = re.compile(r"CHECK \(([^()]|\([^()]*\))*\)")


async def live_schema(database: Database) -> list[str]:
    """Columns with types, nullability and defaults, keys, checks and indexes: one line each, in order."""
    questions = SQLITE if database.dialect == "sqlite" else POSTGRES
    lines = [_line(what, row) for what, sql in questions.items() for row in await SchemaMigration.raw(sql)]
    return sorted(lines + (await _checks() if database.dialect == "sqlite" else []))


def _line(what: str, row: dict[str, Any]) -> str:
    return f"{what} " + " · ".join(f"{name}={value}" for name, value in row.items())


async def _checks() -> list[str]:
    """SQLite tells its checks only in the words of CREATE TABLE."""
    rows = await SchemaMigration.raw("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return [f"check {row['name']} · {found.group()}" for row in rows for found in CHECK.finditer(row["sql"])]
