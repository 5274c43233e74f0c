"""Migrations: from empty to what the tables say, and a clear word about any other schema."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import tables as t
from core.errors import ConstraintBroken, SchemaIsNewer, SchemaIsOld, StoreError
from core.store.database import Database, open_database
from core.store.engines.schema import SchemaMigration, statements
from core.store.upkeep.migrating import applied, check_current, migrate, pending
from tests.core.store import other_program
from tests.core.store.live_schema import live_schema

NOW = datetime(2026, 11, 24, 9, 14, tzinfo=UTC)
REBUILD = """CREATE TABLE "next" (id UUID PRIMARY KEY, email VARCHAR(300) UNIQUE);
INSERT INTO "next" SELECT id, email FROM account;
DROP TABLE account;
ALTER TABLE "next" RENAME TO account;
"""


@pytest.fixture
async def empty(empty_database_url: str) -> AsyncIterator[Database]:
    """An open database without tables."""
    database = await open_database(empty_database_url)
    yield database
    await database.close()


def _history(folder: Path, **files: str) -> Path:
    """A history of our own: each keyword is a migration, the same for both dialects."""
    folder.mkdir()
    for name, text in files.items():
        for dialect in ("sqlite", "postgres"):
            (folder / f"{name}.{dialect}.sql").write_text(text)
    return folder


async def test_tables_and_migrations_agree(database: Database, empty_database_url: str) -> None:
    migrated = await live_schema(database)
    from_tables = await open_database(empty_database_url)
    try:
        await SchemaMigration.create_table()
        for statement in statements(from_tables.dialect):
            await from_tables.engine.run_ddl(statement)
        assert migrated == await live_schema(from_tables)
    finally:
        await from_tables.close()


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX seat_match_volunteer_only",
        "ALTER TABLE account ADD COLUMN shoe_size INTEGER",
        "ALTER TABLE account RENAME COLUMN name TO full_name",
        "ALTER TABLE legal_case ADD COLUMN wish VARCHAR(5) DEFAULT 'none'",
        "CREATE INDEX sooner ON offer (sent_at)",
        "CREATE TABLE stray (id INTEGER)",
        "ALTER TABLE offer ADD COLUMN of_case UUID REFERENCES legal_case (id)",
    ],
)
async def test_any_difference_between_tables_and_migrations_is_seen(database: Database, change: str) -> None:
    before = await live_schema(database)
    await database.engine.run_ddl(change)
    assert await live_schema(database) != before


async def test_an_empty_database_gets_every_table_in_one_go(empty: Database) -> None:
    with pytest.raises(SchemaIsOld, match=r"no tables yet.*amparo migrate.*amparo account"):
        await check_current(empty)
    assert await pending(empty) == await migrate(empty)
    await check_current(empty)
    assert [await table.count() for table in t.TABLES] == [0] * len(t.TABLES)


async def test_migrating_again_does_nothing(database: Database) -> None:
    assert await pending(database) == []
    assert await migrate(database) == []


async def test_looking_at_an_empty_database_leaves_it_empty(empty: Database) -> None:
    assert await applied() == []
    assert await live_schema(empty) == []


async def test_two_programs_that_migrate_at_once_do_it_once(empty_database_url: str) -> None:
    done = await asyncio.gather(*(other_program.start("migrate", empty_database_url) for _ in range(2)))
    database = await open_database(empty_database_url)
    try:
        assert sorted(map(int, done)) == [0, len(await applied())]
    finally:
        await database.close()


async def test_a_migration_that_fails_is_named_and_leaves_nothing(empty: Database, tmp_path: Path) -> None:
    history = _history(
        tmp_path / "history",
        a_first="CREATE TABLE first_one (id INTEGER);\n",
        b_second="CREATE TABLE second_one (id INTEGER);\nCREATE NONSENSE;\n",
    )
    with pytest.raises(StoreError, match=r"Migration b_second failed, nothing was changed\."):
        await migrate(empty, history)
    assert await live_schema(empty) == []


async def test_a_table_can_be_rebuilt_without_losing_the_rows_that_refer_to_it(tmp_path: Path) -> None:
    database = await _with_a_session(tmp_path)
    try:
        await migrate(database, _history(tmp_path / "history", **{"0001_first": "", "0002_rebuild": REBUILD}))
        assert await t.Session.count() == 1
        with pytest.raises(ConstraintBroken):
            await t.Session.insert(t.Session(id="b", account=t.new_id(), created_at=NOW, seen_at=NOW))
    finally:
        await database.close()


async def test_a_rebuilt_table_that_loses_rows_others_refer_to_is_refused(tmp_path: Path) -> None:
    database = await _with_a_session(tmp_path)
    losing = REBUILD.replace("FROM account", "FROM account WHERE false")
    try:
        with pytest.raises(ConstraintBroken, match="login_session"):
            await migrate(database, _history(tmp_path / "history", **{"0001_first": "", "0002_rebuild": losing}))
        assert await t.Account.count() == 1
        assert await applied() == ["0001_first"]
    finally:
        await database.close()


async def _with_a_session(folder: Path) -> Database:
    database = await open_database(f"sqlite:///{folder / 'amparo.db'}")
    await migrate(database)
    account = t.Account(id=t.new_id(), email="ana@example.org", created_at=NOW)
    await t.Account.insert(account)
    await t.Session.insert(t.Session(id="a", account=account.id, created_at=NOW, seen_at=NOW))
    return database


async def test_a_schema_from_a_newer_version_is_refused(database: Database) -> None:
    await SchemaMigration.insert(SchemaMigration(name="9999_future", applied_at=NOW))
    with pytest.raises(SchemaIsNewer, match="newer Amparo"):
        await check_current(database)
