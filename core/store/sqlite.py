"""SQLite as the embedded database: short reads on the event loop, one writer in a thread of its own.

A thread hop costs more than an indexed read, so a query outside a transaction runs where it is asked for, on one
connection with prepared statements. All writing goes through one connection in one thread, and a transaction
begins IMMEDIATE, so that it cannot fail half-way for want of the lock. WAL lets both go on at once.
"""

import asyncio
import contextvars
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import structlog
from piccolo.engine.base import BaseTransaction
from piccolo.engine.sqlite import SQLiteEngine, dict_factory
from piccolo.querystring import QueryString

from core.errors import StoreError

BUSY_SECONDS: Final = 10.0
SLOW_SECONDS: Final = 0.05
STATEMENTS: Final = 512
"""How many prepared statements a connection keeps: more than the portal has queries."""

log = structlog.get_logger("amparo.store")
Row = dict[str, Any]
Result = TypeVar("Result")


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    connection.row_factory = dict_factory
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    return connection


class Writer:
    """The one connection that writes, in its own thread, given to one transaction at a time."""

    def __init__(self, path: Path) -> None:
        self.turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="amparo-writer")
        self._connection = self._thread.submit(_connect, path, read_only=False).result()

    async def run(self, sql: str, values: list[Any]) -> list[Row]:
        """Run one statement in the writer's thread. A cancelled caller leaves the statement to finish there."""
        return await self._in_thread(lambda: self._connection.execute(sql, values).fetchall())

    async def end(self, word: str) -> None:
        """COMMIT or ROLLBACK, to the end even if the caller is cancelled meanwhile."""
        ending = asyncio.ensure_future(self._in_thread(lambda: self._end(word)))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await asyncio.wait([ending])
            raise

    def _end(self, word: str) -> None:
        if self._connection.in_transaction:
            self._connection.execute(word)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """Close the connection and end the thread."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown(wait=True)


class SQLiteTransaction(BaseTransaction):
    """A transaction on the writer. Within another one it joins that one."""

    def __init__(self, engine: "AmparoSQLite") -> None:
        self.engine = engine
        self.joined = engine.current_transaction.get() is not None
        self.over = False

    async def __aenter__(self) -> Self:
        if self.joined:
            return self
        writer = self.engine.writer
        await writer.turn.acquire()
        try:
            await writer.run("BEGIN IMMEDIATE", [])
        except BaseException as failure:
            await writer.end("ROLLBACK")
            writer.turn.release()
            if isinstance(failure, sqlite3.OperationalError):
                raise _locked(failure) from failure
            raise
        current: contextvars.ContextVar[Any] = self.engine.current_transaction
        self.context = current.set(self)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        if self.joined:
            return False
        self.over = True
        self.engine.current_transaction.reset(self.context)
        try:
            await self.engine.writer.end("ROLLBACK" if kind else "COMMIT")
        finally:
            self.engine.writer.turn.release()
        return False


def _locked(failure: sqlite3.OperationalError) -> StoreError:
    return StoreError(
        f"The database stays locked ({failure}). Another program writes to it for longer than {BUSY_SECONDS:.0f} s: "
        "wait for it to end, then try again. Nothing was changed."
    )


class AmparoSQLite(SQLiteEngine):
    """Piccolo's SQLite engine with the connections described above."""

    def __init__(self, path: Path) -> None:
        self.reader = _connect(path, read_only=True)
        self.writer = Writer(path)
        self.closed = False
        self.slow = contextvars.ContextVar("slow_reads", default=False)
        super().__init__(path=str(path))

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        """Run a query: in the transaction at hand, else reading on the event loop or writing by the writer."""
        sql, values = querystring.compile_string(engine_type=self.engine_type)
        current: Any = self.current_transaction.get()
        if current is not None and not current.over:
            return await self.writer.run(sql, values)
        if sql.lstrip()[:6].upper() != "SELECT":
            return await self._write(sql, values)
        if self.slow.get():
            return await asyncio.to_thread(self._read_apart, sql, values)
        return self._read(sql, values)

    def _read(self, sql: str, values: list[Any]) -> list[Row]:
        began = time.perf_counter()
        rows: list[Row] = self.reader.execute(sql, values).fetchall()
        seconds = time.perf_counter() - began
        if seconds > SLOW_SECONDS:
            log.warning("slow read on the event loop", sql=sql[:300], milliseconds=round(seconds * 1000))
        return rows

    def _read_apart(self, sql: str, values: list[Any]) -> list[Row]:
        connection = _connect(Path(self.path), read_only=True)
        try:
            rows: list[Row] = connection.execute(sql, values).fetchall()
        finally:
            connection.close()
        return rows

    async def _write(self, sql: str, values: list[Any]) -> list[Row]:
        async with self.transaction():
            rows = await self.writer.run(sql, values)
        return rows

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        """Run a statement that changes the schema."""
        async with self.transaction():
            rows = await self.writer.run(ddl, [])
        return rows

    def transaction(self, *_: object, **__: object) -> Any:
        """A transaction, which begins IMMEDIATE."""
        return SQLiteTransaction(self)

    def close(self) -> None:
        """Close both connections; no thread is left. Closing twice is harmless."""
        if not self.closed:
            self.closed = True
            self.writer.close()
            self.reader.close()
