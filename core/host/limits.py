"""Calling code that may raise anything or never come back: in a thread of its own, with a time limit.

Python cannot stop a thread. What overruns is left behind in a daemon thread; the caller learns it in time.
"""

import asyncio
import threading
import weakref
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextvars import copy_context
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from core.host.causes import told_without_data
from core.logs import Log

log = Log("amparo.plugins")
T = TypeVar("T")
GRACE = 1.25
"""A cancelled coroutine has a quarter of its limit to end; after that its event loop counts as blocked."""


class Overran(Exception):
    """A call did not come back within its limit. ``stopped`` tells whether it was at least ended."""

    def __init__(self, *, stopped: bool) -> None:
        super().__init__("no answer within the time limit")
        self.stopped = stopped


class Raised(Exception):
    """A call raised ``error``, which may be any BaseException, SystemExit included."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(type(error).__name__)
        self.error = error


class _Job(Generic[T]):
    def __init__(self, function: Callable[[], T]) -> None:
        self.function, self.context = function, copy_context()
        self.done = threading.Event()
        self.value: T
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.value = self.context.run(self.function)
        except BaseException as error:  # isolation boundary: SystemExit of a plugin is the plugin's failure
            self.error = error
        self.done.set()


class _Worker:
    """A daemon thread that does one job after another until it is told that nobody waits for it any more."""

    def __init__(self) -> None:
        self.jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        threading.Thread(target=self._work, name="plugin", daemon=True).start()

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            job.run()


class Aside:
    """Runs functions aside. A thread that came back in time is used again, so a call costs a hand-over only."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        weakref.finalize(self, _let_end, self._idle)

    def run(self, function: Callable[[], T], seconds: float) -> T:
        """Return what the function returns; raise Raised or Overran. A person's own Ctrl-C passes through."""
        worker = self._take()
        job = _Job(function)
        worker.jobs.put(job)
        if not job.done.wait(seconds):
            worker.jobs.put(None)
            raise Overran(stopped=False)
        self._idle.append(worker)
        if job.error is not None:
            raise Raised(job.error)
        return job.value

    def _take(self) -> _Worker:
        try:
            return self._idle.pop()
        except IndexError:
            return _Worker()

    def close(self) -> None:
        """Let the waiting threads end, as they do by themselves where nobody has this any more."""
        _let_end(self._idle)


def _let_end(idle: list[_Worker]) -> None:
    while idle:
        idle.pop().jobs.put(None)


class LoopAside:
    """An event loop in a daemon thread: a coroutine that blocks it freezes nobody else."""

    def __init__(self, name: str) -> None:
        self.loop, self._ended, self._name = asyncio.new_event_loop(), False, name
        self.loop.set_exception_handler(self._left_behind)
        self._thread = threading.Thread(target=self._turn, name=f"plugin {name}", daemon=True)
        self._thread.start()

    def _turn(self) -> None:
        while not self._ended and not self.loop.is_closed():
            try:
                self.loop.run_forever()
            except BaseException as error:  # isolation boundary: sys.exit in a task that a plugin began
                log.error("a task of a plugin ended its event loop", plugin=self._name, cause=type(error).__name__)
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        if left:
            self.loop.run_until_complete(asyncio.wait(left))
        self.loop.close()

    def _left_behind(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Take note of what failed in a task that nobody waited for. What it said may be about people."""
        error = context.get("exception")
        cause = told_without_data(error) if isinstance(error, BaseException) else str(context.get("message", ""))
        log.warning("a task of a plugin failed and nobody waited for it", plugin=self._name, cause=cause)

    async def run(self, function: Callable[[], Awaitable[T]], seconds: float) -> T:
        """Await a coroutine function there; raise Raised or Overran. Being cancelled cancels it there too."""
        waiting: Future[T] = asyncio.run_coroutine_threadsafe(_limited(function, seconds), self.loop)
        answer = asyncio.wrap_future(waiting)
        try:
            done, _ = await asyncio.wait({answer}, timeout=seconds * GRACE)
        except asyncio.CancelledError:
            answer.cancel()
            raise
        if not done:
            answer.cancel()
            raise Overran(stopped=False)
        return answer.result()

    def close(self) -> None:
        """Cancel what is left in the loop and end it, as soon as it turns."""
        self._ended = True
        self.loop.call_soon_threadsafe(self.loop.stop)


async def _limited(function: Callable[[], Awaitable[T]], seconds: float) -> T:
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            return await function()
    except TimeoutError as error:
        raise (Overran(stopped=True) if limit.expired() else Raised(error)) from None
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise Raised(error) from None
    except BaseException as error:  # isolation boundary: SystemExit would end the loop's thread
        raise Raised(error) from None
