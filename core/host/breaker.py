"""The circuit breaker of one provider: what fails again and again is left alone for a while, then tried once.

After M. T. Nygard, Release It! (2007), chapter 5. Whoever asks meanwhile gets the refusal at once, and does with it
what is done with any failure of that kind of provider: a rule blocks, a scorer is left out, a delivery is tried later.
"""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Final

Ticks = Callable[[], float]
"""Seconds that never run backwards; tests hand in their own."""

MOST_FAILURES: Final = 5
"""So many failures in a row, and a provider rests."""
FIRST_REST: Final = 30.0
LONGEST_REST: Final = 600.0
GROWTH: Final = 2
"""Seconds of the first rest and of the longest; each rest is so many times as long as the one before."""


class Breaker:
    """Counts failures in a row and says whether a provider may be asked. Used from several threads at once."""

    def __init__(self, ticks: Ticks = monotonic) -> None:
        self._ticks, self._lock = ticks, threading.Lock()
        self._failures, self._rest, self._until = 0, 0.0, 0.0
        self._trying: Passage | None = None

    @property
    def failures(self) -> int:
        """How often in a row it has failed."""
        return self._failures

    def left(self) -> float | None:
        """How many seconds it rests from now on; 0: the next call tries it; None: it does not rest."""
        with self._lock:
            return max(self._until - self._ticks(), 0.0) if self._rest else None

    def enter(self) -> "Passage | None":
        """Let a call pass, or None. Of those that come after a rest, one passes; the others wait for what it brings."""
        with self._lock:
            if not self._rest:
                return Passage(self)
            if self._trying is not None or self._ticks() < self._until:
                return None
            self._trying = Passage(self)
            return self._trying

    def ended(self, passage: "Passage", *, well: bool | None) -> float:
        """Take note how a call ended (None: nobody waited for its end); the seconds of a rest that begins, else 0."""
        with self._lock:
            tried = passage is self._trying
            if tried:
                self._trying = None
            if well is None or (self._rest and not tried):
                return 0.0  # a call that began before the rest says nothing of what comes after it
            if well:
                self._failures, self._rest = 0, 0.0
                return 0.0
            self._failures += 1
            if not tried and self._failures < MOST_FAILURES:
                return 0.0
            self._rest = min(self._rest * GROWTH or FIRST_REST, LONGEST_REST)
            self._until = self._ticks() + self._rest
            return self._rest


class Passage:
    """One call, or one stream of several, that a breaker let pass. Only the first word about its end counts."""

    def __init__(self, breaker: Breaker) -> None:
        self._breaker, self._open = breaker, True

    def end(self, *, well: bool | None) -> float:
        """Say how it ended, None where nobody waited; the seconds for which the provider rests now, else 0."""
        if not self._open:
            return 0.0
        self._open = False
        return self._breaker.ended(self, well=well)
