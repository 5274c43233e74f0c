"""The database of this process: opened once, bound to the tables, closed at the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from core.errors import StoreError
from core.store.schema import SchemaMigration
from core.store.sqlite import AmparoSQLite
from core.tables import TABLES

CHAIN_LOCK: Final = 4_207_001
"""The advisory lock, on PostgreSQL, that lets one transaction at a time append to the audit chain."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``dialect`` is ``sqlite`` or ``postgres``."""

    engine: AmparoSQLite | PostgresEngine
    dialect: str

    async def close(self) -> None:
        """Close all connections and leave no thread behind."""
        if _bound and _bound[0] is self:
            _bound.clear()
        if isinstance(self.engine, AmparoSQLite):
            self.engine.close()
        elif self.engine.pool is not None:
            await self.engine.close_connection_pool()

    def transaction(self) -> Any:
        """A transaction; within another one it joins that one."""
        return self.engine.transaction()


_bound: list[Database] = []


async def open_database(url: str) -> Database:
    """Open ``sqlite:///file`` or ``postgresql://...`` and bind the tables to it; StoreError says what is wrong."""
    database = _open_sqlite(url) if url.startswith("sqlite:") else await _open_postgres(url)
    for table in (*TABLES, SchemaMigration):
        table._meta.db = database.engine
    _bound[:] = [database]
    return database


def _open_sqlite(url: str) -> Database:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.name or not path.absolute().parent.is_dir():
        raise StoreError(f"There is no folder for the database {url}. Write sqlite:///folder/amparo.db.")
    return Database(AmparoSQLite(path), "sqlite")


async def _open_postgres(url: str) -> Database:
    if not url.startswith(("postgresql:", "postgres:")):
        raise StoreError(f"“{url}” is not a database. Write sqlite:///amparo.db or postgresql://user@host/name.")
    engine = _Postgres(config={"dsn": url})
    try:
        await engine.start_connection_pool(min_size=1, max_size=10)
    except (OSError, asyncpg.PostgresError) as problem:
        raise StoreError(f"PostgreSQL does not answer: {problem}. Check AMPARO_DATABASE and the server.") from problem
    return Database(engine, "postgres")


class _Postgres(PostgresEngine):
    """Piccolo's engine without its look at the server when it is merely constructed."""

    async def check_version(self) -> None:
        return None

    async def prep_database(self) -> None:
        return None


def current() -> Database:
    """The open database; StoreError when there is none."""
    if not _bound:
        raise StoreError("No database is open.")
    return _bound[0]


def on_postgres() -> bool:
    """Whether the open database is PostgreSQL."""
    return current().dialect == "postgres"


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """One transaction on the open database: all of it or nothing."""
    async with current().transaction():
        yield


async def lock_chain() -> None:
    """Queue for the head of the audit chain until this transaction ends. SQLite has one writer anyway."""
    if on_postgres():
        await TABLES[0].raw("SELECT pg_advisory_xact_lock({})", CHAIN_LOCK)


@asynccontextmanager
async def slow_reads() -> AsyncIterator[None]:
    """Let the reads within run away from the event loop: for reports and exports."""
    engine = current().engine
    if not isinstance(engine, AmparoSQLite):
        yield
        return
    token = engine.slow.set(True)
    try:
        yield
    finally:
        engine.slow.reset(token)
