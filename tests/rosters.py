"""A bar of tests: its roster as a provider, its members, and reading, applying and looking at what is known of it."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from core import tables as t
from core.model.people import SYSTEM
from core.model.rosters.changes import RosterRun
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import Standing
from core.services.rosters.applying import apply_run
from core.services.rosters.previews import Fetch, preview_roster
from tests.worlds import NOW

PLUGIN = """
    import json
    from datetime import timedelta
    from pathlib import Path
    import msgspec

    class OurBar:
        name, title, bar, every = "our-bar", "Members of our bar", "NM", timedelta(days=1)

        async def fetch(self, since):
            said = Path(__file__).with_name("roster.json").read_bytes()
            for entry in msgspec.json.decode(said, type=list[RosterEntry]):
                yield entry

    @hookimpl
    def amparo_rosters(settings):
        print("a plugin that talks")
        return [OurBar()]
"""
"""A plugin for a shelf: a roster that reads ``roster.json`` beside it."""


class OurBar:
    """The roster of a bar, with the members that a test gives it."""

    name, title, bar, every = "our-bar", "Members of our bar", "NM", timedelta(days=1)
    partial = False
    as_of: datetime | None = None

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Nobody: tests give the entries themselves."""
        for entry in list[RosterEntry]():
            yield entry


def member(number: int, standing: Standing = Standing.ACTIVE, **said: Any) -> RosterEntry:
    """A member of the bar."""
    return RosterEntry(number=str(number), name=said.pop("name", f"Member {number}"), standing=standing, **said)


def members(count: int, first: int = 1001) -> list[RosterEntry]:
    """So many members in good standing."""
    return [member(number) for number in range(first, first + count)]


def feed(entries: Iterable[RosterEntry], size: int = 100) -> Fetch:
    """A fetch that gives these entries, so many at a time."""
    given = list(entries)

    async def fetch(since: datetime | None) -> AsyncGenerator[Sequence[RosterEntry], None]:
        for start in range(0, len(given), size):
            yield given[start : start + size]

    return fetch


async def previewed(entries: Iterable[RosterEntry], *, roster: OurBar | None = None, now: datetime = NOW) -> RosterRun:
    """The run that reads these entries."""
    return await preview_roster(roster or OurBar(), feed(entries), by=SYSTEM, clock=lambda: now)


async def synced(entries: Iterable[RosterEntry], *, roster: OurBar | None = None, now: datetime = NOW) -> RosterRun:
    """The run that reads these entries and applies what they change."""
    run = await previewed(entries, roster=roster, now=now)
    return await apply_run(run, by=SYSTEM, clock=lambda: now)


async def kept() -> list[tuple[str, str, str, datetime | None]]:
    """What is known of each member: number, entry, the mark of the version before, and since when she is gone."""
    rows = await t.RosterEntry.select().order_by(t.RosterEntry.number)
    return [(row["number"], row["entry"], row["previous"], row["gone_since"]) for row in rows]


async def listed() -> list[str]:
    """The numbers of the members who are listed."""
    return [number for number, _, _, gone in await kept() if gone is None]
