"""The engines that the page of open cases is measured with."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from piccolo.engine.sqlite import SQLiteEngine
from piccolo.querystring import QueryString

from core import tables as t

OURS: Final = "Amparo's engine"
STOCK: Final = "Piccolo's own engine"
MEMORY: Final = "from memory"
Work = Callable[[], Awaitable[Any]]


class Remembering(SQLiteEngine):
    """Answers each statement with what it was answered the first time."""

    def __init__(self, behind: SQLiteEngine) -> None:
        self._behind, self._known = behind, dict[str, list[dict[str, Any]]]()
        super().__init__(path=behind.path)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[dict[str, Any]]:
        """Look the answer up by statement and values."""
        sql, values = querystring.compile_string(engine_type=self.engine_type)
        key = f"{sql}{values}"
        if key not in self._known:
            self._known[key] = await self._behind.run_querystring(querystring)
        return [dict(row) for row in self._known[key]]


def engines() -> dict[str, SQLiteEngine]:
    """Each engine by name, on the database that is open; "from memory" answers what ours answered once."""
    ours: Any = t.Case._meta.db
    return {OURS: ours, STOCK: SQLiteEngine(path=ours.path), MEMORY: Remembering(ours)}


def bind(engine: SQLiteEngine) -> None:
    """Let the tables ask this engine."""
    for table in t.TABLES:
        table._meta.db = engine


def bound(engine: SQLiteEngine, work: Work) -> Work:
    """The same work with the tables bound to another engine."""

    async def run() -> Any:
        bind(engine)
        return await work()

    return run
