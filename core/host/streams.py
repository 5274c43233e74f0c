"""The entries of a roster, taken out of its plugin's event loop a batch at a time.

The whole of a ``fetch`` runs in one task there: time limits and task groups of its own may stand around a ``yield``.
It is at most one batch ahead of whoever reads, however many entries there are.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from time import monotonic
from typing import Any, Final

from core.host.contracts import Nonsense
from core.host.entries import wrong_with
from core.host.loading import SLOW_SHARE
from core.model.rosters.entries import RosterEntry

BATCH: Final = 1_000
"""How many entries a batch has at most."""
MOST_ENTRIES: Final = 5_000_000
"""A roster that goes on after so many entries never ends: there are 1.3 million attorneys in the United States."""

Batch = tuple[RosterEntry, ...]


class Stream:
    """One fetch. ``next_batch`` and ``close`` are awaited in the plugin's loop, one at a time.

    ``begin`` calls the plugin and checks what it answers. ``seconds`` is what a batch may take: a source that is slow
    hands over what it has after a share of it.
    """

    def __init__(self, begin: Callable[[], AsyncIterator[Any]], seconds: float) -> None:
        self._begin, self._seconds = begin, seconds
        self._ready: asyncio.Queue[Batch | BaseException] = asyncio.Queue(maxsize=1)
        self._task: asyncio.Task[None] | None = None
        self._count = 0

    async def next_batch(self) -> Batch:
        """The next entries, empty at the end. Raises what the plugin raised, or Nonsense for a wrong entry.

        Being cancelled cancels the fetch and waits until it has ended.
        """
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())
        try:
            got = await self._ready.get()
        except asyncio.CancelledError:
            await self.close()
            raise
        if isinstance(got, BaseException):
            raise got
        return got

    async def close(self) -> None:
        """End the fetch where it stands, so that it closes its files and connections."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        """Hand over batch by batch; then an empty one, or what went wrong."""
        try:
            await self._hand_over()
            last: Batch | BaseException = ()
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            last = error
        except BaseException as error:  # isolation boundary: SystemExit would end the loop's thread
            last = error
        await self._ready.put(last)

    async def _hand_over(self) -> None:
        batch, began, patience = list[RosterEntry](), monotonic(), self._seconds * SLOW_SHARE
        async with AsyncExitStack() as ending:
            entries = self._begin()
            if hasattr(entries, "aclose"):
                ending.push_async_callback(entries.aclose)
            async for entry in entries:
                batch.append(self._checked(entry))
                if len(batch) >= BATCH or monotonic() - began > patience:
                    await self._ready.put(tuple(batch))
                    batch, began = [], monotonic()
            if batch:
                await self._ready.put(tuple(batch))

    def _checked(self, entry: Any) -> RosterEntry:
        self._count += 1
        if wrong := wrong_with(entry):
            raise Nonsense(f"Its entry {self._count:,} {wrong}.")
        if self._count > MOST_ENTRIES:
            raise Nonsense(f"It goes on after {MOST_ENTRIES:,} entries.")
        checked: RosterEntry = entry
        return checked
