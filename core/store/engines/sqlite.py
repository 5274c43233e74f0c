"""SQLite as the embedded database: short statements on the event loop, and a thread for a writer that has to wait.

A thread hop costs more than an indexed read, so a query outside a transaction runs where it is asked for, on one
connection with prepared statements. All writing goes through one connection: a transaction begins IMMEDIATE, so that
it cannot fail half-way for want of the lock, and waits for it and for its commit in a thread. What comes in between
waits for nothing, and runs where it is asked for too. WAL lets reading and writing go on at once. An engine belongs to
the event loop that opened it.
"""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from piccolo.engine.sqlite import SQLiteEngine
from piccolo.querystring import QueryString

from core.errors import ConstraintBroken, Duplicate, StoreBusy, StoreError
from core.store.engines.connections import SlowReader, Writer, connect, fetch, fetch_here
from core.store.engines.hiding import visible
from core.store.engines.statements import unnumbered
from core.store.engines.transactions import PATIENCE, Row, Transaction, only_reads
from core.store.engines.values import read_values_in_c
from core.tables import TABLES
from core.tables.keys import names_key

READ_PATIENCE: Final = 1.0
"""Seconds that a read may wait for a lock: it holds up the event loop, and in WAL mode it hardly ever has to."""

read_values_in_c()


class SQLiteTransaction(Transaction):
    """A transaction on the writer."""

    def __init__(self, engine: "AmparoSQLite") -> None:
        super().__init__(engine.current_transaction)
        self._engine, self._writer = engine, engine.writer

    async def begin(self) -> None:
        """Wait for the writer, then for other programs."""
        self._engine.require_open()
        await self._take_turn()
        try:
            await self._enter()
        except BaseException:
            await self.end(commit=False)
            raise

    async def _take_turn(self) -> None:
        try:
            async with asyncio.timeout(self._engine.patience):
                await self._writer.turn.acquire()
        except TimeoutError:
            raise _busy() from None

    async def _enter(self) -> None:
        await self.execute("BEGIN IMMEDIATE", [])

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, then let the next one write."""
        try:
            await self._finish(commit=commit)
        except sqlite3.Error as failure:
            raise _explained(failure) from None
        finally:
            self._writer.turn.release()

    async def _finish(self, *, commit: bool) -> None:
        await self._writer.end(commit=commit)

    async def execute(self, sql: str, values: list[Any]) -> list[Row]:
        """Run one statement."""
        try:
            return await self._writer.run(sql, values, here=not self._engine.slow.get())
        except sqlite3.Error as failure:
            raise _explained(failure) from None  # the cause adds nothing, and the sentence is fit for a log

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows, without coming back in between."""
        try:
            await self._writer.run_many(sql, rows)
        except sqlite3.Error as failure:
            raise _explained(failure) from None


class RebuildingTransaction(SQLiteTransaction):
    """A transaction that may drop and recreate a table which others refer to.

    SQLite changes a column by rebuilding its table, and with foreign keys enforced the drop would cascade. They
    are off within, and all of them are checked before the commit.
    """

    async def _enter(self) -> None:
        await self.execute("PRAGMA foreign_keys = OFF", [])
        await super()._enter()

    async def _finish(self, *, commit: bool) -> None:
        dangling: list[Row] | None = None
        try:
            if commit:
                dangling = await self.execute("PRAGMA foreign_key_check", [])
        finally:
            await super()._finish(commit=dangling == [])
        if dangling:
            tables = ", ".join(sorted({row["table"] for row in dangling}))
            raise ConstraintBroken(f"Rows of {tables} would refer to nothing. Nothing was changed.")


class AmparoSQLite(SQLiteEngine):
    """Piccolo's SQLite engine with the connections described above."""

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.writer = Writer(path, patience=patience)
        self.reader = connect(path, patience=min(patience, READ_PATIENCE), read_only=True)
        self.slow_reader = SlowReader(path, patience=patience)
        self.slow: ContextVar[bool] = ContextVar("slow_reads", default=False)
        self.closed = False
        super().__init__(path=str(path))

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        """Run a query: in the transaction at hand, else reading on the event loop or writing by the writer."""
        sql, values = unnumbered(querystring)
        current: Any = self.current_transaction.get()
        if current is not None or not only_reads(sql):
            return await self._write(sql, values)
        self.require_open()
        sql = visible(sql)
        try:
            if self.slow.get():
                return await self.slow_reader.run(sql, values)
            if self.reader.in_transaction:
                return fetch(self.reader, sql, values)
            return fetch_here(self.reader, sql, values, reads=True)
        except sqlite3.Error as failure:
            raise _explained(failure) from None

    async def _write(self, sql: str, values: list[Any]) -> list[Row]:
        async with self.transaction() as whole:
            rows: list[Row] = await whole.run(sql, values)
        return rows

    @contextmanager
    def reading_one_state(self) -> Iterator[None]:
        """Let all reads see the file as it is now, however long they take. In a process that does nothing else."""
        self.reader.execute("BEGIN")
        try:
            yield
        finally:
            self.reader.execute("ROLLBACK")

    async def empty_log(self) -> None:
        """Bring the write-ahead log into the file and cut it off; StoreBusy, at once, while others use an old state."""
        async with self.writer.turn:
            await self.writer.run("PRAGMA busy_timeout = 0", [])  # whoever writes would have to wait as well
            try:
                (done,) = await self.writer.run("PRAGMA wal_checkpoint(TRUNCATE)", [])
            finally:
                await self.writer.run(f"PRAGMA busy_timeout = {round(self.patience * 1000)}", [])
        if done["busy"]:
            raise _busy()

    def holds_sealed(self) -> bool:
        """Whether anything that is committed names one of the clinic's keys."""
        there = {row["name"] for row in fetch(self.reader, "SELECT name FROM sqlite_master WHERE type = 'table'", [])}
        named = (
            f'SELECT 1 FROM "{table._meta.tablename}" WHERE "{column._meta.db_column_name}" <> \'\' LIMIT 1'  # noqa: S608 -- names of columns
            for table in TABLES
            if table._meta.tablename in there
            for column in filter(names_key, table._meta.columns)
        )
        return any(fetch(self.reader, sql, []) for sql in named)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        """Run a statement that changes the schema, which may take its time: in the writer's thread."""
        before = self.slow.set(True)
        try:
            return await self._write(ddl, [])
        finally:
            self.slow.reset(before)

    def transaction(self, *_: object, **__: object) -> Any:
        """A transaction, which begins IMMEDIATE."""
        return SQLiteTransaction(self)

    def rebuilding(self) -> Any:
        """A transaction for migrations, with foreign keys checked at its end instead of all along."""
        return RebuildingTransaction(self)

    def require_open(self) -> None:
        """Refuse to work on after ``close``."""
        if self.closed:
            raise StoreError("The database was closed. Open it again first.")

    def close(self) -> None:
        """Close all connections; no thread is left. Closing twice is harmless."""
        if not self.closed:
            self.closed = True
            self.slow_reader.close()
            self.writer.close()
            self.reader.close()


def _explained(failure: sqlite3.Error) -> StoreError:
    text = str(failure)
    if isinstance(failure, sqlite3.IntegrityError):
        kind = Duplicate if "UNIQUE" in text else ConstraintBroken
        return kind(f"The database refuses this: {text}. Nothing was changed.")
    if isinstance(failure, sqlite3.OperationalError) and ("locked" in text or "busy" in text):
        return _busy()
    return StoreError(f"The database cannot do this: {text}.")


def _busy() -> StoreBusy:
    return StoreBusy(
        "The database is busy: another program has been writing to it for too long. Nothing was changed; "
        "try again in a moment."
    )
