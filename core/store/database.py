"""The database of this process: opened once, bound to the tables, closed at the end."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from core.errors import StoreError
from core.key_places import KeyPlace, place_of_keys
from core.settings import TIMEZONE
from core.store.engines.schema import SchemaMigration
from core.store.engines.sqlite import AmparoSQLite
from core.store.engines.transactions import PATIENCE, Transaction
from core.tables import TABLES

if TYPE_CHECKING:
    from core.store.engines.postgres import AmparoPostgres

CHAIN_LOCK: Final = 4_207_001
"""The advisory lock, on PostgreSQL, that lets one transaction at a time append to the audit chain."""

SCHEMA_LOCK: Final = 4_207_002
"""The advisory lock, on PostgreSQL, that lets one program at a time migrate."""

SHARING_LOCK: Final = 4_207_003
"""The advisory lock, on PostgreSQL, that lets one transaction at a time change how help is shared out."""

PLUGINS_LOCK: Final = 4_207_004
"""The advisory lock, on PostgreSQL, that lets one transaction at a time switch a plugin off or on."""

REFERENCE_LOCK: Final = 4_207_005
"""The advisory lock, on PostgreSQL, that gives one new case at a time its reference."""

THRESHOLDS_LOCK: Final = 4_207_006
"""The advisory lock, on PostgreSQL, that lets one transaction at a time set what the programme asks of its clients."""

LAW_LOCK: Final = 4_207_007
"""The advisory lock, on PostgreSQL, that lets one transaction at a time notice or make a change of a rule of law."""

JOINING_LOCK: Final = 4_207_011
"""The advisory lock, on PostgreSQL, that lets one transaction at a time make a volunteer of somebody who joins."""

RETENTION_LOCK: Final = 4_207_022
"""The advisory lock, on PostgreSQL, that lets one transaction at a time decide how long clients are kept."""

KEYS_LOCK: Final = 4_207_021
"""The advisory lock, on PostgreSQL, that all who seal with the clinic's key share; dropping a key needs it alone."""
LISTINGS_LOCK: Final = 4_207_031
"""The advisory lock, on PostgreSQL, that lets one transaction at a time work out the list of open cases."""

RECEIPT_LOCK: Final = 4_207_041
"""The advisory lock, on PostgreSQL, that lets one transaction at a time make the salt of receipt codes."""

OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True)
class Database:
    """An open database, used in the event loop that opened it. ``dialect`` is ``sqlite`` or ``postgres``.

    ``keys`` is where the key of what is confidential in it is kept, ``place`` the programme's time zone: what is kept
    by the day, such as urgency, is kept by the day there.
    """

    engine: "AmparoSQLite | AmparoPostgres"
    dialect: str
    keys: KeyPlace
    place: tzinfo

    async def close(self) -> None:
        """Close all connections and leave no thread behind; the tables go back to a database opened before."""
        if self in _open:
            _open.remove(self)
            _bind()
        if isinstance(self.engine, AmparoSQLite):
            self.engine.close()
        else:
            await self.engine.close()

    def transaction(self) -> AbstractAsyncContextManager[Any]:
        """A transaction: all of it or nothing. Within another one it joins that one."""
        whole: AbstractAsyncContextManager[Any] = self.engine.transaction()
        return whole

    @asynccontextmanager
    async def rebuilding(self) -> AsyncIterator[None]:
        """A transaction for migrations, one program at a time; foreign keys are checked at its end."""
        if isinstance(self.engine, AmparoSQLite):
            async with self.engine.rebuilding():
                yield
            return
        async with self.transaction():
            await SchemaMigration.raw("SELECT pg_advisory_xact_lock({})", SCHEMA_LOCK)
            yield


_open: list[Database] = []


async def open_database(
    url: str, *, patience: float = PATIENCE, key_file: str = "", place: tzinfo | None = None
) -> Database:
    """Open ``sqlite:///file`` or ``postgresql://...`` and bind the tables to it; StoreError says what is wrong.

    ``patience`` is how many seconds a writer waits for its turn before StoreBusy. ``key_file`` holds the key; empty: it
    is where ``place_of_keys`` says. ``place`` is the time zone of the programme
    where it is not the usual one.
    """
    keys, there = place_of_keys(url, key_file), place or ZoneInfo(TIMEZONE)
    if url.startswith("sqlite:"):
        engine = _open_sqlite(url, patience)
        database = Database(engine, "sqlite", replace(keys, needed=engine.holds_sealed), there)
    elif url.startswith(("postgresql:", "postgres:")):
        database = Database(await _open_postgres(url, patience), "postgres", keys, there)
    else:
        raise StoreError("This is not a database. Write sqlite:///amparo.db or postgresql://user@host/name.")
    _open.append(database)
    _bind()
    return database


def _bind() -> None:
    if _open:
        for table in (*TABLES, SchemaMigration):
            table._meta.db = _open[-1].engine


def _open_sqlite(url: str, patience: float) -> AmparoSQLite:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.name or path.name == ":memory:" or not path.absolute().parent.is_dir():
        raise StoreError(f"There is no folder for the database {url}. Write sqlite:///folder/amparo.db.")
    try:
        path.touch(mode=OWNER_ONLY)
        return AmparoSQLite(path, patience=patience)
    except (OSError, sqlite3.Error) as problem:
        raise StoreError(f"{path} cannot be opened: {problem}. Is it Amparo's file, and may you write it?") from problem


async def _open_postgres(url: str, patience: float) -> "AmparoPostgres":
    try:
        from core.store.engines.postgres import AmparoPostgres  # the driver is an extra that SQLite can do without
    except ImportError as missing:
        raise StoreError("PostgreSQL needs its driver. Install it: pip install 'amparo[postgres]'.") from missing
    engine = AmparoPostgres(url, patience=patience)
    await engine.open()
    return engine


def current() -> Database:
    """The open database; StoreError when there is none."""
    if not _open:
        raise StoreError("No database is open.")
    return _open[-1]


def on_postgres() -> bool:
    """Whether the open database is PostgreSQL."""
    return current().dialect == "postgres"


def at_hand() -> Transaction | None:
    """The transaction of the task at hand; None outside of one."""
    engine: Any = current().engine
    found: Transaction | None = engine.current_transaction.get()
    return found


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """One transaction on the open database: all of it or nothing."""
    async with current().transaction():
        yield


async def queue_for(lock: int) -> None:
    """Wait for one of these locks, and keep it until this transaction ends. SQLite has one writer anyway."""
    if on_postgres():
        await SchemaMigration.raw("SELECT pg_advisory_xact_lock({})", lock)


async def share(lock: int) -> None:
    """Wait until nobody has one of these locks alone, and share it with others until this transaction ends."""
    if on_postgres():
        await SchemaMigration.raw("SELECT pg_advisory_xact_lock_shared({})", lock)


async def give_way(milliseconds: int) -> None:
    """Let this transaction wait no longer than this for a lock, on PostgreSQL, so that it never makes others wait."""
    if on_postgres():
        await SchemaMigration.raw("SELECT set_config('lock_timeout', {}, true)", f"{milliseconds}ms")


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
