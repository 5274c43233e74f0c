"""Rosters that are synchronised by the worker, when their time has come."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from core.host import PluginHost
from core.model.people import SYSTEM
from core.model.rosters.entries import RosterEntry
from core.model.states import RosterRunState
from core.queries.rosters.lists import roster_standings
from core.services.clinic import Clinic
from core.services.rosters import syncing
from core.services.rosters.undoing import undo_run
from core.services.work.working import Worker
from core.settings import Settings
from core.store.database import Database
from tests.plugins_for_tests.fixtures import shelf
from tests.plugins_for_tests.shelf import Shelf
from tests.rosters import PLUGIN, listed, members
from tests.worlds import NOW

__all__ = ["shelf"]
DAY = timedelta(days=1)


@pytest.fixture
def at(shelf: Shelf) -> Iterator[Clinic]:
    """A clinic with a roster that is read once a day."""
    module = shelf.module("our_bar", PLUGIN)
    settings = Settings()
    host = PluginHost.load([module], settings=settings, entry_points=False)
    yield Clinic(settings=settings, host=host)
    host.close()


def give(shelf: Shelf, entries: list[RosterEntry]) -> None:
    (shelf.folder / "roster.json").write_bytes(msgspec.json.encode(entries))


async def test_a_roster_is_read_and_applied_when_its_time_has_come(
    database: Database, at: Clinic, shelf: Shelf
) -> None:
    give(shelf, members(20))
    await syncing.sync("our-bar", clinic=at, by=SYSTEM, clock=lambda: NOW)
    give(shelf, members(21))
    worker = Worker(at)

    await worker.run_once(NOW + DAY / 2)
    before = len(await listed())
    await worker.run_once(NOW + DAY)

    assert (before, len(await listed())) == (20, 21)


async def test_the_first_run_is_a_persons_and_so_is_the_one_after_a_run_was_taken_back(
    database: Database, at: Clinic, shelf: Shelf
) -> None:
    give(shelf, members(20))
    assert await syncing.sync_due(clinic=at, clock=lambda: NOW) == 0

    await syncing.sync("our-bar", clinic=at, by=SYSTEM, clock=lambda: NOW)
    give(shelf, members(21))
    second = await syncing.sync("our-bar", clinic=at, by=SYSTEM, clock=lambda: NOW)
    await undo_run(second, by=SYSTEM, clock=lambda: NOW)

    assert await syncing.sync_due(clinic=at, clock=lambda: NOW + DAY) == 0
    assert len(await listed()) == 20


async def test_one_that_is_held_or_cannot_be_read_is_left_and_tried_again_the_next_day(
    database: Database, at: Clinic, shelf: Shelf
) -> None:
    give(shelf, members(40))
    await syncing.sync("our-bar", clinic=at, by=SYSTEM, clock=lambda: NOW)
    give(shelf, members(12))
    await syncing.sync_due(clinic=at, clock=lambda: NOW + DAY)
    (held,) = await roster_standings()
    (shelf.folder / "roster.json").write_text("[{]")
    assert await syncing.sync_due(clinic=at, clock=lambda: NOW + 2 * DAY) == 0
    (failed,) = await roster_standings()
    give(shelf, members(41))

    assert await syncing.sync_due(clinic=at, clock=lambda: NOW + 3 * DAY) == 1

    assert [one.last and one.last.state for one in (held, failed)] == [RosterRunState.HELD, RosterRunState.FAILED]
    assert len(await listed()) == 41
