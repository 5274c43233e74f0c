"""Checks of rosters: entries as they must be, one after another, and a fetch that can be stopped at any moment."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from core.conformance.asking import Asker, end_when_cancelled
from core.conformance.outcome import Advice, Check, Wrong
from core.errors import BadInput
from core.model.languages import language_tag
from core.model.places import STATES
from core.model.rosters.entries import RosterEntry, Spoken
from core.protocols import Roster

MOST_ENTRIES: Final = 200
"""How many entries of a roster are looked at: the first ones."""
LONG_AGO: Final = datetime(2001, 1, 1, tzinfo=UTC)
_LEAVE: Final = "Let GeneratorExit pass, and close what is open by with or finally."
YEARS: Final = range(1850, 2200)


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster under check. It is really read, the first entries of it."""

    provider: Roster
    asker: Asker

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("gives entries, one after another", self.gives_entries, basic=True)
        yield Check("entries are in our words", self.says_it_in_our_words)
        yield Check("since a moment", self.understands_since)
        yield Check("the same entries twice", self.gives_the_same_twice)
        yield Check("ends when it is cancelled", self.ends_when_cancelled)
        yield Check("ends when nobody reads on", self.ends_when_left)

    def gives_entries(self) -> None:
        """An asynchronous iterator of RosterEntry; the first must come within the limit."""
        for entry in self._first(None):
            if not isinstance(entry, RosterEntry):
                raise Wrong(f"It gives a {type(entry).__name__}.", "Yield amparo.RosterEntry objects.")

    def _first(self, since: datetime | None) -> list[RosterEntry]:
        return self.asker.wait_for(lambda: self._read(since))

    async def _read(self, since: datetime | None) -> list[RosterEntry]:
        found: list[RosterEntry] = []
        reading = self._begun(since)
        try:
            async for entry in reading:
                found.append(entry)
                if len(found) == MOST_ENTRIES:
                    break
        finally:
            await _left(reading)
        return found

    def _begun(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        reading: object = self.provider.fetch(since)
        if inspect.iscoroutine(reading):
            reading.close()
        if not isinstance(reading, AsyncIterator):
            raise Wrong(
                f"fetch answered a {type(reading).__name__}.",
                "Write async def fetch(self, since) with yield: an asynchronous generator.",
            )
        return reading

    def says_it_in_our_words(self) -> None:
        """Types, and values that there are."""
        for place, entry in enumerate(self._first(None), 1):
            if problem := _problem_of(entry):
                where = f" ({entry.origin})" if entry.origin else ""
                raise Wrong(f"Entry {place}{where}: {problem[0]}", problem[1])

    def understands_since(self) -> None:
        """Whoever is not in a whole roster counts as gone, so leaving out the unchanged must be declared."""
        whole, part = self._first(None), self._first(LONG_AGO)
        if len(part) < len(whole) and getattr(self.provider, "partial", False) is not True:
            raise Wrong(
                f"With since it gives {len(part)} entries instead of {len(whole)} and does not say so.",
                "Set partial = True, or always give everybody: who is missing counts as gone.",
            )

    def gives_the_same_twice(self) -> None:
        """Entries that change on their own would be shown as changes every night."""
        if _without_origins(self._first(None)) != _without_origins(self._first(None)):
            raise Advice("It gave other entries when it was read again.", "Give entries in a stable order.")

    def ends_when_cancelled(self) -> None:
        """A run that is stopped cancels the fetch."""
        self.asker.wait_for(lambda: end_when_cancelled(lambda: self._read(None), self.asker.seconds / 2))

    def ends_when_left(self) -> None:
        """A run that is held reads no further: files and connections must be closed then."""
        self.asker.wait_for(self._leave_after_the_first)

    async def _leave_after_the_first(self) -> None:
        reading = self._begun(None)
        with suppress(StopAsyncIteration):
            await anext(reading)
        try:
            async with asyncio.timeout(self.asker.seconds / 2):
                await _left(reading)
        except TimeoutError:
            raise Wrong(
                "It goes on when nobody reads further.", "End at GeneratorExit: use with and finally."
            ) from None
        except RuntimeError as problem:
            raise Wrong(f"It does not end when nobody reads further ({problem}).", _LEAVE) from None


async def _left(reading: Any) -> None:
    if hasattr(reading, "aclose"):
        await reading.aclose()


def _without_origins(entries: list[RosterEntry]) -> list[RosterEntry]:
    return [msgspec.structs.replace(entry, origin="") for entry in entries]


def _problem_of(entry: RosterEntry) -> tuple[str, str] | None:
    """What is wrong with an entry, and what would be right; None: nothing is."""
    try:
        msgspec.convert(msgspec.to_builtins(entry), RosterEntry)
    except (TypeError, msgspec.ValidationError) as problem:
        return f"{problem}.", "Give each field the type that amparo.RosterEntry declares; numbers of members are texts."
    if not entry.number.strip() or not entry.name.strip():
        return "it has no number or no name.", "Leave out lines that are about nobody."
    if entry.us_state and entry.us_state not in STATES:
        return f"the state is {entry.us_state!r}.", "Write two capital letters such as NM, or nothing."
    if entry.admitted and entry.admitted not in YEARS:
        return f"the year of admission is {entry.admitted}.", "Write a year such as 2011, or 0."
    return next(filter(None, map(_problem_of_language, entry.languages)), None)


def _problem_of_language(spoken: Spoken) -> tuple[str, str] | None:
    try:
        language_tag(spoken.tag)
    except BadInput as problem:
        return f"{problem}", "Write a BCP 47 tag such as es or mam."
    if not 0.0 <= spoken.confidence <= 1.0 or not 0.0 <= spoken.level <= 5.0:
        return f"{spoken.tag}: confidence or level is out of range.", "Confidence is 0 to 1, a level 0 to 5 (ILR)."
    return None
