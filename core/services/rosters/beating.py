"""A claim that runs out unless it is renewed: renewed beside the work, for as long as the work goes on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from core.errors import AmparoError

BEATS: Final = 3
"""How many times in a lease a claim is renewed."""


@asynccontextmanager
async def beating(keep: Callable[[], Awaitable[object]], *, lease: timedelta) -> AsyncIterator[None]:
    """Call ``keep`` several times in a lease while the block runs. What fails is tried again with the next beat."""
    task = asyncio.create_task(_beat(keep, lease.total_seconds() / BEATS))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _beat(keep: Callable[[], Awaitable[object]], seconds: float) -> None:
    never = asyncio.Event()
    while True:
        try:
            async with asyncio.timeout(seconds):
                await never.wait()
        except TimeoutError:
            try:
                await keep()
            except AmparoError:
                continue
