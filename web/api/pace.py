"""How fast one program may ask: so many requests in a minute, counted for each token in this process's memory."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from core.errors import AmparoError

WINDOW: Final = timedelta(minutes=1)
MOST: Final = 120
"""Requests in a minute: 600,000 entries."""
REMEMBERED: Final = 10_000


class TooFast(AmparoError):
    """A program asks too often; ``seconds`` says when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"At most {MOST} requests a minute are taken. Ask again in {seconds} seconds.")
        self.seconds = seconds


class Pace:
    """Counts requests in a sliding window."""

    def __init__(self) -> None:
        self._seen: OrderedDict[UUID, deque[datetime]] = OrderedDict()

    def count(self, token: UUID, *, now: datetime) -> None:
        """Count a request; TooFast where there were too many within the last minute."""
        seen = self._seen.setdefault(token, deque(maxlen=MOST))
        self._seen.move_to_end(token)
        while seen and now - seen[0] >= WINDOW:
            seen.popleft()
        if len(seen) == MOST:
            raise TooFast(max(1, round((seen[0] + WINDOW - now).total_seconds())))
        seen.append(now)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
