"""Old runs lose their teams and keep their numbers; the last ones, and what is on the board, keep all."""

from datetime import timedelta
from uuid import UUID

import pytest

from core.errors import BadInput, TooLate
from core.model.cases.case import Case
from core.model.people import SYSTEM
from core.model.plans.teams import Unmatched
from core.model.states import RosterRunState
from core.queries.runs.results import find_run, runs_before
from core.services.rosters.undoing import undo_run
from core.services.work.working import Worker
from core.settings import settings_from
from core.store import audit
from core.store.database import Database
from core.store.matches import plans
from core.store.rosters import roster_runs
from tests import worlds
from tests.rosters import listed, members, previewed, synced
from tests.web.coordinator.scenes import proposal_of, ran, team
from tests.worlds import NOW, attorney, joined, seat


async def some_runs(number: int) -> tuple[list[UUID], Case, Case]:
    """So many runs over two cases, of which one gets a team each time."""
    alma = await joined(attorney("Alma"))
    served, left = await worlds.waiting(worlds.case("NM-1")), await worlds.waiting(worlds.case("NM-2"))
    missing = [Unmatched(left.ref, "capacity", "All are full.")]
    return [await ran(team(served, seat(alma)), unmatched=missing) for _ in range(number)], served, left


async def work(day: int = 0, **settings: object) -> None:
    """A worker does what time brings, so many days later."""
    now = NOW + timedelta(days=day)
    await Worker(worlds.clinic(**settings), clock=lambda: now).run_once(now)


async def test_the_last_runs_keep_their_teams_and_older_ones_their_numbers(database: Database) -> None:
    runs, _served, _left = await some_runs(5)

    await work(keep_runs=2)

    assert [await plans.plan_of(run) is not None for run in runs] == [False, False, False, True, True]
    old, new = await find_run(runs[0]), await find_run(runs[-1])
    assert (old.detailed, new.detailed) == (False, True)
    assert old.summary.served == 1
    assert [(one.reason, one.cases, one.said) for one in old.why_not()] == [("capacity", 1, "All are full.")]
    assert old.why_not() == new.why_not()
    assert [run.id for run in await runs_before(runs[-1])] == [runs[-2]]
    assert [event.kind for event in await audit.events_of([runs[0]])].count("run_details_dropped") == 1


async def test_a_run_with_an_open_proposal_keeps_its_teams_however_old_it_is(database: Database) -> None:
    runs, served, _left = await some_runs(1)
    assert (await proposal_of(served)).run == runs[0]
    later = [await _a_run_that_leaves_it(runs[0]) for _ in range(3)]

    await work(keep_runs=2)

    assert [await plans.plan_of(run) is not None for run in (runs[0], *later)] == [True, False, True, True]


async def _a_run_that_leaves_it(first: UUID) -> UUID:
    """A later run without a plan for the case; its open proposal is put back as if it had never been taken down."""
    from core import tables as t

    run = await ran()
    await t.Proposal.update({t.Proposal.state: "open"}).where(t.Proposal.run == first)
    return run


async def test_nothing_is_dropped_twice_and_nothing_while_there_are_few(database: Database) -> None:
    runs, _served, _left = await some_runs(3)
    await work()
    assert all([await plans.plan_of(run) for run in runs])
    await work(1, keep_runs=2)
    await work(2, keep_runs=2)
    assert [event.kind for event in await audit.events_of([runs[0]])].count("run_details_dropped") == 1


def test_fewer_than_two_runs_cannot_be_kept() -> None:
    assert settings_from({"AMPARO_KEEP_RUNS": "3"}).keep_runs == 3
    with pytest.raises(BadInput, match="keep_runs"):
        settings_from({"AMPARO_KEEP_RUNS": "1"})


async def test_old_runs_over_a_roster_keep_what_they_counted_and_cannot_be_taken_back(database: Database) -> None:
    runs = [await synced(members(20 + number), now=NOW + timedelta(days=number)) for number in range(5)]
    held = await previewed(members(3), now=NOW + timedelta(days=5))

    await work(6, keep_runs=3)

    now = [await roster_runs.find_run(run.id) for run in runs]
    assert [run.forgotten for run in now] == [True, True, True, False, False]
    assert [run.tally for run in now] == [run.tally for run in runs]
    kept = [len(await roster_runs.changes_of(run.id, limit=99)) for run in (*runs, held)]
    assert kept == [0, 0, 0, 1, 1, 21]
    for run in reversed(runs[3:]):
        await undo_run(run, by=SYSTEM, clock=lambda: NOW)
    with pytest.raises(TooLate, match="is not kept any more"):
        await undo_run(runs[2], by=SYSTEM, clock=lambda: NOW)


async def test_the_run_that_was_applied_last_keeps_its_changes_however_many_failed_after_it(database: Database) -> None:
    applied = await synced(members(20))
    for day in range(1, 6):
        await previewed(members(2), now=NOW + timedelta(days=day))

    await work(6, keep_runs=2)

    undone = await undo_run(applied, by=SYSTEM, clock=lambda: NOW)
    assert (undone.state, await listed()) == (RosterRunState.UNDONE, [])
