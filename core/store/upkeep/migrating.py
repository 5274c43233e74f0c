"""Bringing a database from what it is to what this version needs, by the files in ``core/migrations``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from core.errors import SchemaIsNewer, SchemaIsOld, StoreError
from core.store.database import Database
from core.store.engines.schema import SchemaMigration

SEPARATOR: Final = ";\n"
HISTORY: Final = resources.files("core.migrations")


def known(dialect: str, history: Traversable = HISTORY) -> list[str]:
    """The names of the migrations that this version ships, in order."""
    ending = f".{dialect}.sql"
    return sorted(file.name.removesuffix(ending) for file in history.iterdir() if file.name.endswith(ending))


def steps(name: str, dialect: str, history: Traversable = HISTORY) -> list[str]:
    """The statements of one migration."""
    text = history.joinpath(f"{name}.{dialect}.sql").read_text(encoding="utf-8")
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


async def applied() -> list[str]:
    """The migrations that the open database has been through, in order. Only looks."""
    if not await SchemaMigration.table_exists():
        return []
    rows = await SchemaMigration.select(SchemaMigration.name).order_by(SchemaMigration.name)
    return [row["name"] for row in rows]


async def pending(database: Database, history: Traversable = HISTORY) -> list[str]:
    """The migrations that this database still needs."""
    done = set(await applied())
    return [name for name in known(database.dialect, history) if name not in done]


async def migrate(database: Database, history: Traversable = HISTORY) -> list[str]:
    """Apply what is pending, all of it or nothing, one program at a time; return the names.

    Raises StoreError naming the migration that failed.
    """
    async with database.rebuilding():
        return await bring_to(database, known(database.dialect, history), history)


async def bring_to(database: Database, wanted: Sequence[str], history: Traversable = HISTORY) -> list[str]:
    """Apply those of these migrations that are pending, within the caller's transaction; return their names."""
    await SchemaMigration.create_table(if_not_exists=True)
    names = [name for name in await pending(database, history) if name in wanted]
    for name in names:
        await _apply(database, name, history)
    return names


async def _apply(database: Database, name: str, history: Traversable) -> None:
    try:
        for statement in steps(name, database.dialect, history):
            await database.engine.run_ddl(statement)
        await SchemaMigration.insert(SchemaMigration(name=name, applied_at=datetime.now(UTC)))
    except StoreError as failure:
        raise StoreError(f"Migration {name} failed, nothing was changed. {failure}") from failure


async def check_current(database: Database, history: Traversable = HISTORY) -> None:
    """Refuse a schema of another version: SchemaIsOld says to migrate, SchemaIsNewer to update Amparo."""
    done, ours = await applied(), known(database.dialect, history)
    if set(done) - set(ours):
        raise SchemaIsNewer("This database was made by a newer Amparo. Install that version; nothing was changed.")
    if not done:
        raise SchemaIsOld(
            "This database has no tables yet. To make them, run `amparo migrate`, and for the first sign-in "
            "`amparo account EMAIL --name NAME --role administrator`; then start again."
        )
    if missing := [name for name in ours if name not in done]:
        raise SchemaIsOld(
            f"This database needs {len(missing)} migration{'s' * (len(missing) > 1)}. "
            "Make a backup, run `amparo migrate`, then start again."
        )
