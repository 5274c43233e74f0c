"""What a transaction promises, the same on both databases."""

import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import lru_cache
from typing import Any, Final

from piccolo.engine.base import BaseTransaction

from core.errors import StoreError

Row = dict[str, Any]
PATIENCE: Final = 30.0
"""Seconds that a writer waits for its turn before it is told that the database is busy."""

READS: Final = re.compile(
    r"\s*(SELECT|VALUES|EXPLAIN|WITH(?!.*\b(INSERT|UPDATE|DELETE|REPLACE)\b))\b", re.IGNORECASE | re.DOTALL
)

Work = Callable[[], Awaitable[None]]
Current = ContextVar[Any]
"""Where an engine keeps the transaction of the task at hand; Piccolo types it by the engine."""


class Transaction(BaseTransaction, ABC):
    """All of it or nothing. Entered within another one, it joins that one: the outer one alone decides.

    Tasks started inside belong to it, and their statements run one after another. A statement that fails, or is
    cancelled, condemns the whole: later statements and the commit are refused, even if the error was caught.
    """

    def __init__(self, current: Current) -> None:
        self._current = current
        self._outer: Transaction | None = None
        self._token: Token[Any] | None = None
        self._over = False
        self._condemned = False
        self._owed: dict[str, Work] = {}

    @abstractmethod
    async def begin(self) -> None:
        """Take a connection and begin."""

    @abstractmethod
    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, and give the connection back whatever happens."""

    @abstractmethod
    async def execute(self, sql: str, values: list[Any]) -> list[Row]:
        """Run one statement on the transaction's connection."""

    @abstractmethod
    async def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement on the transaction's connection once for each of these rows of values."""

    async def __aenter__(self) -> "Transaction":
        outer: Transaction | None = self._current.get()
        if outer is not None:
            outer.require_usable()
            self._outer = outer
            return outer
        await self.begin()
        self._token = self._current.set(self)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        if self._outer is None and self._token is not None:
            paid = False
            try:
                if kind is None and not self._condemned:
                    await self.settle()
                    paid = True
            finally:
                self._current.reset(self._token)
                self._over = True
                await self.end(commit=paid and not self._condemned)
            if kind is None and self._condemned:
                raise StoreError("A part of this failed, so none of it was saved. Try again from the start.")
        return False

    def owe(self, what: str, work: Work) -> None:
        """Have something done once before the commit, however often it is owed: what must hold of what is saved."""
        self._owed[what] = work

    async def settle(self, what: str = "") -> None:
        """Do what is owed now: this one thing, or everything."""
        for name in [what] if what else list(self._owed):
            if work := self._owed.pop(name, None):
                await work()

    async def run(self, sql: str, values: list[Any]) -> list[Row]:
        """Run one statement of this transaction."""
        with self._condemning():
            return await self.execute(sql, values)

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement that gives nothing back, once for each of these rows of values."""
        with self._condemning():
            await self.execute_many(sql, rows)

    @contextmanager
    def _condemning(self) -> Iterator[None]:
        """Condemn the whole where what is within does not come to its end."""
        self.require_usable()
        done = False
        try:
            yield
            done = True
        finally:
            self._condemned |= not done

    def require_usable(self) -> None:
        """Refuse what comes too late: from a task that outlived the transaction, or after a failed statement."""
        if self._over:
            raise StoreError("This belongs to a transaction that is over. Nothing of it was saved; try again.")
        if self._condemned:
            raise StoreError("A statement of this transaction failed, so none of it will be saved. Try again.")


@lru_cache(maxsize=2048)
def only_reads(sql: str) -> bool:
    """Whether a statement changes nothing."""
    return READS.match(sql) is not None
