"""A worker's lanes: what takes minutes holds up nothing else."""

import asyncio

import pytest

from core.services.clinic import Clinic
from core.services.runs.proposing import Clock
from core.services.work.chores import CHORES, Chore
from core.services.work.working import Worker
from core.store import jobs
from core.store.database import Database
from tests.worlds import NOW, clinic


async def test_nothing_else_waits_for_work_that_takes_long(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, begun, released, ended = (asyncio.Event() for _ in range(4))

    async def take_long(payload: object, clinic: Clinic, clock: Clock) -> None:
        begun.set()
        await released.wait()
        ended.set()

    async def take_a_moment(payload: object, clinic: Clinic, clock: Clock) -> None:
        released.set()

    known = dict(CHORES) | {"run": Chore(take_long, long=True), "moment": Chore(take_a_moment)}
    monkeypatch.setattr("core.services.work.chores.CHORES", known)
    await jobs.add_job("run", due_at=NOW)
    working = asyncio.create_task(Worker(clinic(), clock=lambda: NOW, idle_seconds=0.01).run(stop))
    await begun.wait()
    await jobs.add_job("moment", due_at=NOW)
    async with asyncio.timeout(30.0):
        await ended.wait()
    stop.set()
    await working


async def test_runs_and_questions_take_long_and_answers_to_volunteers_do_not() -> None:
    assert {kind for kind, chore in CHORES.items() if chore.long} == {"match", "ask", "roster", "sync_rosters"}
