"""A clock for stories: what happens when, played in the order of time."""

import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import count

Act = Callable[[datetime], Awaitable[None]]


class Agenda:
    """Acts by the moment at which they happen. An act may put further ones on the agenda."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def add(self, at: datetime, act: Act) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self._acts, (at, next(self._numbers), act))

    async def play(self, until: datetime) -> None:
        """Let everything happen that lies before ``until``; what lies beyond it never does."""
        while self._acts and self._acts[0][0] < until:
            at, _, act = heapq.heappop(self._acts)
            await act(at)
