"""Rosters, a program that is killed, and two programs at once."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta

import pytest

from core import tables as t
from core.errors import TooLate
from core.model.events import chain_breaks
from core.model.people import SYSTEM, BarAdmission
from core.model.rosters.changes import RosterRun
from core.model.rosters.entries import RosterEntry
from core.model.states import RosterRunState
from core.model.vocabulary import Standing
from core.services.rosters.applying import apply_run
from core.services.rosters.previews import preview_roster
from core.services.rosters.undoing import undo_run
from core.store import audit
from core.store.database import Database
from tests import worlds
from tests.core.services.rosters import roster_program
from tests.core.services.rosters.roster_program import the_run
from tests.rosters import OurBar, feed, kept, member, members, previewed, synced
from tests.worlds import NOW

LATER = NOW + timedelta(minutes=1)
IN_THE_THIRD_PART = 9
"""Looks at the clock until the third five hundred changes are begun."""


async def _started(url: str) -> Process:
    """A program that is in the middle of applying."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", roster_program.__name__, url, str(IN_THE_THIRD_PART), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"middle\n"
    return process


async def _killed(url: str) -> None:
    """A program was killed in the middle of applying."""
    process = await _started(url)
    process.kill()
    await process.communicate()


async def _big_change() -> None:
    """A roster with a volunteer in it, and a preview in which 1,200 members change and she is suspended."""
    await worlds.coordinator()
    await worlds.joined(worlds.attorney(bars=(BarAdmission("NM", "1001", Standing.ACTIVE),)))
    await synced(members(2_000))
    await previewed(_changed())


def _changed() -> list[RosterEntry]:
    changed = [member(number, _of(number), county="Taos") for number in range(1001, 2201)]
    return [*changed, *members(800, 2201)]


def _of(number: int) -> Standing:
    return Standing.SUSPENDED if number == 1001 else Standing.ACTIVE


async def _followed() -> tuple[list[str], list[str], list[str]]:
    """What followed for the volunteer: standings, alerts and messages."""
    bars = await t.BarAdmission.select(t.BarAdmission.standing)
    alerts = await t.Alert.select(t.Alert.kind)
    messages = await t.Message.select(t.Message.kind).order_by(t.Message.id)
    return [row["standing"] for row in bars], [row["kind"] for row in alerts], [row["kind"] for row in messages]


async def test_an_apply_that_is_killed_goes_on_to_the_same_end_state(database: Database, database_url: str) -> None:
    await _big_change()
    before = await kept()
    await _killed(database_url)
    middle = await the_run()
    assert (middle.state, middle.done, middle.tally.changes) == (RosterRunState.APPLYING, 1000, 1200)
    with pytest.raises(TooLate, match="try again after"):
        await apply_run(middle, by=SYSTEM, clock=lambda: NOW)

    resumed = await apply_run(middle, by=SYSTEM, clock=lambda: LATER)

    after = await kept()
    assert (resumed.state, resumed.done) == (RosterRunState.APPLIED, 1200)
    assert await _followed() == (["suspended"], [], ["standing_alert"])
    assert chain_breaks(await audit.events(limit=10_000)) is None
    await undo_run(resumed, by=SYSTEM, clock=lambda: LATER)
    assert await kept() == before
    await synced(_changed(), now=LATER)
    assert await kept() == after


async def test_an_apply_that_is_killed_can_be_taken_back_and_nothing_else_begins_before(
    database: Database, database_url: str
) -> None:
    await _big_change()
    await _killed(database_url)
    with pytest.raises(TooLate, match="was interrupted with 1,000 of 1,200 changes applied"):
        await preview_roster(OurBar(), feed(members(2_000)), by=SYSTEM, clock=lambda: LATER)

    undone = await undo_run(await the_run(), by=SYSTEM, clock=lambda: LATER)

    assert (undone.state, undone.done) == (RosterRunState.UNDONE, 0)
    assert not any("Taos" in entry for _, entry, _, _ in await kept())
    assert (await previewed(members(2_000), now=LATER)).tally.changes == 0


class Held:
    """A preview that has begun to read three members and waits until it may go on."""

    def __init__(self) -> None:
        self._reading, self._go_on = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(preview_roster(OurBar(), self._fetch, by=SYSTEM, clock=lambda: NOW))

    async def _fetch(self, since: datetime | None) -> AsyncGenerator[Sequence[RosterEntry], None]:
        self._reading.set()
        await self._go_on.wait()
        yield members(3)

    async def begun(self) -> None:
        await self._reading.wait()

    async def ended(self) -> RosterRun:
        self._go_on.set()
        return await self._task


async def test_of_two_at_once_one_runs_and_the_other_is_refused(database: Database) -> None:
    first = Held()
    await first.begun()

    with pytest.raises(TooLate, match=r"Another program is synchronising Members of our bar\. Nothing was changed"):
        await previewed(members(4))

    assert (await first.ended()).tally.new == 3


async def test_who_was_taken_for_dead_writes_nothing_any_more(database: Database) -> None:
    first = Held()
    await first.begun()
    second = await previewed(members(4), now=LATER)

    with pytest.raises(TooLate, match="has taken the sync of Members of our bar over"):
        await first.ended()
    assert await the_run() == second
    assert chain_breaks(await audit.events()) is None


async def test_a_sync_that_is_stopped_is_failed_and_leaves_the_roster_free(database: Database) -> None:
    reading = asyncio.Event()

    async def endless(since: datetime | None) -> AsyncGenerator[Sequence[RosterEntry], None]:
        reading.set()
        await asyncio.Event().wait()
        yield members(3)

    stopped = asyncio.create_task(preview_roster(OurBar(), endless, by=SYSTEM, clock=lambda: NOW))
    await reading.wait()
    stopped.cancel()
    await asyncio.wait({stopped})

    assert ((await the_run()).state, (await the_run()).error) == (RosterRunState.FAILED, "It was stopped.")
    assert (await previewed(members(3))).state is RosterRunState.PREVIEWED
