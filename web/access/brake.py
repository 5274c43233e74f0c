"""A brake on guessing passwords, on mails to strangers, on papers: so many tries from one place, then a pause.

The pause ends by itself. The count is for address and place together, so that a stranger's guesses do not lock the
owner out; a second, wider count for the place alone slows somebody who tries many addresses. Kept in this process's
memory, bounded.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from core.errors import AmparoError

WINDOW: Final = timedelta(minutes=15)
TRIES: Final = 8
TRIES_FROM_ONE_PLACE: Final = 100
REMEMBERED: Final = 10_000


class TooManyTries(AmparoError):
    """Sign-in, or joining, is paused for this address from this place."""


class Brake:
    """Counts failed tries at something in a sliding window. ``what`` opens again when the window has passed."""

    def __init__(
        self, what: str = "Sign-in", *, window: timedelta = WINDOW, from_one_place: int = TRIES_FROM_ONE_PLACE
    ) -> None:
        self._what, self._window, self._from_one_place = what, window, from_one_place
        self._failures: OrderedDict[str, list[datetime]] = OrderedDict()

    def check(self, address: str, place: str, *, now: datetime) -> None:
        """Raise TooManyTries, saying when to try again, after too many failures."""
        for key, most in self._keys(address, place):
            recent = self._recent(key, now)
            if len(recent) >= most:
                minutes = max(1, round((recent[0] + self._window - now).total_seconds() / 60))
                raise TooManyTries(f"Too many tries. {self._what} opens again in {minutes} minutes.")

    def failed(self, address: str, place: str, *, now: datetime) -> None:
        """Count a failure."""
        for key, most in self._keys(address, place):
            self._failures[key] = [*self._recent(key, now), now][-most:]
            self._failures.move_to_end(key)
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def count(self, place: str, *, now: datetime) -> None:
        """Count something that is done from a place for whomever, or raise TooManyTries: a brake on programs alone."""
        once = token_hex()
        self.check(once, place, now=now)
        self.failed(once, place, now=now)

    @contextmanager
    def trying(self, address: str, place: str, *, now: datetime) -> Iterator[None]:
        """Check, and count what is tried within before its end is known, lest many at once slip by uncounted.

        What ends without an error was no failure, and is taken back.
        """
        self.check(address, place, now=now)
        self.failed(address, place, now=now)
        yield
        for key, _most in self._keys(address, place):
            self._failures[key] = self._failures.get(key, [])[:-1]

    def succeeded(self, address: str, place: str) -> None:
        """Forget the failures of an address that has signed in from this place."""
        self._failures.pop(self._keys(address, place)[0][0], None)

    def _recent(self, key: str, now: datetime) -> list[datetime]:
        return [instant for instant in self._failures.get(key, ()) if now - instant < self._window]

    def _keys(self, address: str, place: str) -> tuple[tuple[str, int], ...]:
        both = hashlib.sha256(f"{address.strip().casefold()} {place}".encode()).hexdigest()
        return (both, TRIES), (f"from {place}", self._from_one_place)
