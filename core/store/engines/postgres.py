"""PostgreSQL for deployments: a pool of connections, and the same promises as on SQLite."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import asyncpg
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from core.errors import ConstraintBroken, Duplicate, StoreBusy, StoreError
from core.store.engines.hiding import visible
from core.store.engines.statements import numbered
from core.store.engines.transactions import PATIENCE, Row, Transaction, only_reads

CONNECTIONS: Final = 10
BUSY: Final = (
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.SerializationError,
    asyncpg.TooManyConnectionsError,
)


class PostgresTransaction(Transaction):
    """A transaction on one connection of the pool."""

    def __init__(self, engine: "AmparoPostgres") -> None:
        super().__init__(engine.current_transaction)
        self._engine = engine
        self._one_at_a_time = asyncio.Lock()

    async def begin(self) -> None:
        """Take a connection and begin."""
        self._connection = await self._engine.take()
        try:
            self._transaction = self._connection.transaction()
            await self._transaction.start()
        except BaseException:
            await self._engine.give_back(self._connection)
            raise

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, and give the connection back."""
        try:
            await (self._transaction.commit() if commit else self._transaction.rollback())
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
            raise _explained(failure) from None
        finally:
            await self._engine.give_back(self._connection)

    async def execute(self, sql: str, values: list[Any]) -> list[Row]:
        """Run one statement; a connection takes one at a time."""
        async with self._one_at_a_time:
            return await _fetch(self._connection, sql, values)

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows, prepared once and sent in one go."""
        async with self._one_at_a_time:
            try:
                await self._connection.executemany(sql, rows)
            except (asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
                raise _explained(failure) from None


class AmparoPostgres(PostgresEngine):
    """Piccolo's PostgreSQL engine, always with its pool, and with our transactions."""

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        self.patience = patience
        waits = f"{round(patience * 1000)}ms"
        super().__init__(
            config={
                "dsn": url,
                "server_settings": {"application_name": "amparo", "jit": "off", "lock_timeout": waits},
            }
        )

    async def check_version(self) -> None:
        """Do not look at the server when the engine is merely made."""

    async def prep_database(self) -> None:
        """Need no extensions."""

    async def open(self) -> None:
        """Connect; StoreError says what is wrong."""
        try:
            await self.start_connection_pool(min_size=1, max_size=CONNECTIONS, reset=_nothing_to_reset)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as problem:
            raise StoreError(
                f"PostgreSQL does not answer: {problem}. Check AMPARO_DATABASE and the server."
            ) from problem

    async def close(self) -> None:
        """Close all connections. Closing twice is harmless."""
        if self.pool is not None:
            await self.close_connection_pool()

    async def take(self) -> Any:
        """A connection of the pool, which must be given back."""
        if self.pool is None:
            raise StoreError("The database was closed. Open it again first.")
        try:
            return await self.pool.acquire(timeout=self.patience)
        except (TimeoutError, OSError, *BUSY):
            raise _busy() from None

    async def give_back(self, connection: Any) -> None:
        """Return a connection, whatever state it is in."""
        if self.pool is not None:
            await self.pool.release(connection, timeout=PATIENCE)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Row]:
        """Run a query: in the transaction at hand, else on a connection of the pool."""
        sql, values = numbered(querystring)
        return await self._run(sql, values)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Row]:
        """Run a statement that changes the schema."""
        return await self._run(ddl, [])

    async def _run(self, sql: str, values: list[Any]) -> list[Row]:
        current: Any = self.current_transaction.get()
        if current is not None:
            return list(await current.run(sql, values))
        connection = await self.take()
        try:
            return await _fetch(connection, visible(sql) if only_reads(sql) else sql, values)
        finally:
            await self.give_back(connection)

    def transaction(self, *_: object, **__: object) -> Any:
        """A transaction, read committed."""
        return PostgresTransaction(self)


async def _nothing_to_reset(_: object) -> None:
    """Spare each statement a second trip to the server: nothing of ours outlives its transaction on a connection.

    The pool itself still rolls back what somebody left open.
    """


async def _fetch(connection: Any, sql: str, values: list[Any]) -> list[Row]:
    try:
        return list(await connection.fetch(sql, *values))
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
        raise _explained(failure) from None  # the cause holds the values, which no log may hold


def _explained(failure: Exception) -> StoreError:
    if isinstance(failure, asyncpg.IntegrityConstraintViolationError):
        kind = Duplicate if isinstance(failure, asyncpg.UniqueViolationError) else ConstraintBroken
        return kind(f"The database refuses this: {failure.args[0]}. Nothing was changed.")
    if isinstance(failure, asyncpg.StringDataRightTruncationError):
        return ConstraintBroken(f"The database refuses this: {failure.args[0]}. Nothing was changed.")
    if isinstance(failure, BUSY):
        return _busy()
    if isinstance(failure, (asyncpg.DataError, ValueError)):
        return StoreError("A value does not fit the column that it is meant for. Nothing was changed.")
    return StoreError(f"The database cannot do this: {failure.args[0]}.")


def _busy() -> StoreBusy:
    return StoreBusy(
        "The database is busy: others have been changing the same thing for too long. Nothing was changed; "
        "try again in a moment."
    )
