"""Counting the statements that reach the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from core.store.database import current


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the SQL of every statement that is run within the block."""
    engine: Any = current().engine
    run = engine.run_querystring
    seen: list[str] = []

    async def noted(querystring: Any, *arguments: Any, **named: Any) -> Any:
        seen.append(str(querystring))
        return await run(querystring, *arguments, **named)

    engine.run_querystring = noted
    try:
        yield seen
    finally:
        engine.run_querystring = run
