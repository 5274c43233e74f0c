"""Migrations: from empty to what the tables say, and a clear word about any other schema."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import SchemaIsNewer, SchemaIsOld, StoreError
from core.store.database import Database, open_database
from core.store.migrating import SEPARATOR, check_current, known, migrate, pending, steps
from core.store.schema import SchemaMigration, statements


async def test_tables_and_migrations_agree(database: Database) -> None:
    """The migrations, taken together, create exactly what the tables are now."""
    made = [step for name in known(database.dialect) for step in steps(name, database.dialect)]
    assert SEPARATOR.join(made) == SEPARATOR.join(statements())


async def test_a_migrated_database_is_current_and_migrating_again_does_nothing(database: Database) -> None:
    await check_current(database)
    assert await pending(database) == []
    assert await migrate(database) == []


async def test_starting_on_an_old_schema_says_so_and_stops(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'old.db'}")
    try:
        with pytest.raises(SchemaIsOld, match="amparo migrate"):
            await check_current(database)
    finally:
        await database.close()


async def test_a_schema_from_a_newer_version_is_refused(database: Database) -> None:
    await SchemaMigration.insert(SchemaMigration(name="9999_future", applied_at=datetime.now(UTC)))
    with pytest.raises(SchemaIsNewer, match="newer Amparo"):
        await check_current(database)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("mysql://x", "not a database"),
        ("sqlite:////nowhere/at/all/amparo.db", "no folder"),
        ("postgresql://amparo@127.0.0.1:1/none", "does not answer"),
    ],
)
async def test_a_database_that_cannot_be_opened_is_named_with_what_to_do(url: str, word: str) -> None:
    with pytest.raises(StoreError, match=word):
        await open_database(url)
