"""Bringing a database from what it is to what this version needs, by the files in ``core/migrations``."""

from datetime import UTC, datetime
from importlib import resources
from typing import Final

from core.errors import SchemaIsNewer, SchemaIsOld
from core.store.database import Database
from core.store.schema import SchemaMigration

SEPARATOR: Final = ";\n"


def known(dialect: str) -> list[str]:
    """The names of the migrations that this version ships, in order."""
    ending = f".{dialect}.sql"
    files = (entry.name for entry in resources.files("core.migrations").iterdir())
    return sorted(name.removesuffix(ending) for name in files if name.endswith(ending))


def steps(name: str, dialect: str) -> list[str]:
    """The statements of one migration."""
    text = resources.files("core.migrations").joinpath(f"{name}.{dialect}.sql").read_text(encoding="utf-8")
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


async def applied(database: Database) -> list[str]:
    """The migrations that this database has been through, in order."""
    await SchemaMigration.create_table(if_not_exists=True)
    rows = await SchemaMigration.select(SchemaMigration.name).order_by(SchemaMigration.name)
    return [row["name"] for row in rows]


async def pending(database: Database) -> list[str]:
    """The migrations that this database still needs."""
    done = set(await applied(database))
    return [name for name in known(database.dialect) if name not in done]


async def migrate(database: Database) -> list[str]:
    """Apply what is pending, each step whole or not at all; return the names."""
    names = await pending(database)
    for name in names:
        async with database.transaction():
            for statement in steps(name, database.dialect):
                await database.engine.run_ddl(statement)
            await SchemaMigration.insert(SchemaMigration(name=name, applied_at=datetime.now(UTC)))
    return names


async def check_current(database: Database) -> None:
    """Refuse a schema of another version: SchemaIsOld says to migrate, SchemaIsNewer to update Amparo."""
    done, ours = await applied(database), known(database.dialect)
    if set(done) - set(ours):
        raise SchemaIsNewer("This database was made by a newer Amparo. Install that version; nothing was changed.")
    if missing := [name for name in ours if name not in done]:
        raise SchemaIsOld(
            f"This database needs {len(missing)} migration(s). Make a backup, run `amparo migrate`, then start again."
        )
