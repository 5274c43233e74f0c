"""What a call of a plugin may make this process grow by, and how much it did.

Linux limits the memory of processes, not of threads (setrlimit(2), RLIMIT_AS). So the limit of the whole process is
drawn in, close above what it has, for as long as a plugin is called, and afterwards it is what it was before: a plugin
that wants more gets a MemoryError of its own. The room that is left is far more than our own work takes meanwhile.
"""

import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Final

MIB: Final = 1 << 20
WORTH_TELLING_MIB: Final = 64
"""Whoever makes the process grow by less in one call is not told of: others work at the same time."""
KNOWN_FOR: Final = 1.0
"""Seconds for which the size of the process is not measured again: calls may follow each other by the thousand."""


class Ceiling:
    """The limit that is drawn in while plugins are called, however many at the same time. One a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls, self._before = 0, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        self._size, self._measured = 0, float("-inf")

    @contextmanager
    def above(self, mebibytes: int | None, tell: Callable[[int], None]) -> Iterator[None]:
        """Let the process grow by at most so many MiB meanwhile (None: as it likes); tell by how many its peak rose."""
        peak = _peak_mib()
        if mebibytes is not None:
            self._draw_in(mebibytes * MIB)
        try:
            yield
        finally:
            if mebibytes is not None:
                self._let_out()
            if (grown := _peak_mib() - peak) >= WORTH_TELLING_MIB:
                tell(grown)

    def _draw_in(self, room: int) -> None:
        with self._lock:
            if not self._calls:
                self._before = resource.getrlimit(resource.RLIMIT_AS)
            self._calls += 1
            soft, hard = self._before
            limit = self._size_now() + room
            resource.setrlimit(resource.RLIMIT_AS, (limit if soft < 0 else min(soft, limit), hard))

    def _let_out(self) -> None:
        with self._lock:
            self._calls -= 1
            if not self._calls:
                resource.setrlimit(resource.RLIMIT_AS, self._before)

    def _size_now(self) -> int:
        now = monotonic()
        if now - self._measured > KNOWN_FOR:
            pages = int(Path("/proc/self/statm").read_text().split(maxsplit=1)[0])
            self._size, self._measured = pages * resource.getpagesize(), now
        return self._size


CEILING: Final = Ceiling()
"""This process's."""


def _peak_mib() -> int:
    """The most resident memory that this process has had (getrusage(2); Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
