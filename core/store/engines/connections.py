"""Connections to one SQLite file: how they are opened, the one that writes, and those for slow reads."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any, Final, TypeVar

from core.logs import Log
from core.store.engines.transactions import Row

STATEMENTS: Final = 512
"""How many prepared statements a connection keeps: more than the portal has queries."""

FOREIGN_KEYS: Final = "PRAGMA foreign_keys = ON"
PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten, and not only given free
    "PRAGMA temp_store = MEMORY",  # what is sorted is not written to a temporary file, which nobody overwrites
    FOREIGN_KEYS,
)
SLOW_READERS: Final = 2
LOOK_UP_EVERY: Final = 20_000
"""After how many steps of SQLite's machine a slow read looks whether somebody still waits for it."""
SLOW_READ: Final = 0.05
SLOW_STATEMENT: Final = 0.25
"""Seconds on the event loop that are logged: of a read, and of a statement of a transaction, which are fewer."""
FEW_ROWS: Final = 100
"""As many rows are written in the time of a few thread hops."""
AT_A_TIME: Final = 0.01
"""Seconds after which a transaction of many statements lets others have the event loop."""

log = Log("amparo.store")

Result = TypeVar("Result")


def connect(path: Path, *, patience: float, read_only: bool) -> sqlite3.Connection:
    """Open the file with Piccolo's types; ``patience`` is how many seconds to wait for another program's lock."""
    connection = sqlite3.connect(
        path,
        timeout=patience,
        isolation_level=None,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    try:
        for pragma in (*PRAGMAS, f"PRAGMA query_only = {'ON' if read_only else 'OFF'}"):
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def fetch(connection: sqlite3.Connection, sql: str, values: list[Any]) -> list[Row]:
    """Run one statement to its end, so that no cursor keeps an old state of the file open."""
    cursor = connection.execute(sql, values)
    if cursor.description is None:
        return []
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def fetch_here(connection: sqlite3.Connection, sql: str, values: list[Any], *, reads: bool) -> list[Row]:
    """Run one statement on the event loop. One that holds it up is logged without its values."""
    began = perf_counter()
    rows = fetch(connection, sql, values)
    seconds = perf_counter() - began
    if seconds > (SLOW_READ if reads else SLOW_STATEMENT):
        kind = "read" if reads else "statement of a transaction"
        log.warning(f"slow {kind} on the event loop", sql=sql, milliseconds=round(seconds * 1000))
    return rows


class Writer:
    """The one connection that writes, given to one transaction at a time.

    To begin and to end may have to wait for other programs and for the disk, and many rows take their time: that is
    done in a thread of its own. One statement in between waits for nothing and runs where it is asked for.
    """

    def __init__(self, path: Path, *, patience: float) -> None:
        self.turn = asyncio.Lock()
        self._since = perf_counter()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="amparo-writer")
        opening = self._thread.submit(connect, path, patience=patience, read_only=False)
        self._last: Future[Any] = opening
        try:
            self._connection = opening.result()
        except sqlite3.Error:
            self._thread.shutdown()
            raise

    async def run(self, sql: str, values: list[Any], *, here: bool = True) -> list[Row]:
        """Run one statement. ``here``: on the event loop, within a transaction whose last statement is done.

        A cancelled caller leaves the statement to finish in the thread.
        """
        if here and self._waits_for_nothing:
            rows = fetch_here(self._connection, sql, values, reads=False)
            await self._give_way()
            return rows
        return await self._in_thread(lambda: fetch(self._connection, sql, values))

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows of values."""
        if len(rows) <= FEW_ROWS and self._waits_for_nothing:
            self._connection.executemany(sql, rows)
            await self._give_way()
        else:
            await self._in_thread(lambda: self._connection.executemany(sql, rows))

    async def _give_way(self) -> None:
        if perf_counter() - self._since > AT_A_TIME:
            await asyncio.sleep(0)
            self._since = perf_counter()

    @property
    def _waits_for_nothing(self) -> bool:
        return self._last.done() and self._connection.in_transaction

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, to the end even if the caller is cancelled meanwhile."""
        ending = asyncio.ensure_future(self._in_thread(lambda: self._end("COMMIT" if commit else "ROLLBACK")))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await asyncio.wait([ending])
            raise

    def _end(self, word: str) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute(word)
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._connection.execute(FOREIGN_KEYS)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        self._last = working = self._thread.submit(work)
        result = await asyncio.wrap_future(working)
        self._since = perf_counter()
        return result

    def close(self) -> None:
        """Close the connection and end the thread."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()


class SlowReader:
    """Reads that may take their time: each on a connection of its own, in one of few threads."""

    def __init__(self, path: Path, *, patience: float) -> None:
        self._path, self._patience = path, patience
        self._threads = ThreadPoolExecutor(max_workers=SLOW_READERS, thread_name_prefix="amparo-reader")

    async def run(self, sql: str, values: list[Any]) -> list[Row]:
        """Read away from the event loop; a cancelled caller stops the query too."""
        stop = threading.Event()
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._read, stop, sql, values)
        finally:
            stop.set()

    def _read(self, stop: threading.Event, sql: str, values: list[Any]) -> list[Row]:
        connection = connect(self._path, patience=self._patience, read_only=True)
        try:
            connection.set_progress_handler(stop.is_set, LOOK_UP_EVERY)
            return fetch(connection, sql, values)
        finally:
            connection.close()

    def close(self) -> None:
        """End the threads, when the reads under way are done."""
        self._threads.shutdown()
