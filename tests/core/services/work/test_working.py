"""Workers: everything that is due is done once, what fails is tried again, what dies is begun anew."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core import tables as t
from core.model.cases.urgency import Tier
from core.model.states import CaseState, RunState
from core.model.vocabulary import SeatRole
from core.services.clinic import Clinic
from core.services.matches import claiming
from core.services.plugins.observing import POSITION
from core.services.runs import proposing
from core.services.work.chores import CHORES, Chore
from core.services.work.working import Worker
from core.store import jobs
from core.store.accounts import open_session
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import runs, teams
from core.store.settings import read_value
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf
from tests.worlds import (
    NOW,
    actor_of,
    attorney,
    case,
    clinic,
    coordinator,
    interpreter,
    joined,
    offered,
    seat,
    waiting,
)

LATER = timedelta(days=400)


async def job(kind: str) -> dict[str, Any]:
    (row,) = await t.Job.select().where(t.Job.kind == kind)
    return row


async def subjects(account: UUID | None) -> list[str]:
    rows = await t.Message.select(t.Message.subject).where(t.Message.account == account).order_by(t.Message.id)
    return [row["subject"] for row in rows]


async def test_an_offer_without_an_answer_is_reminded_of_and_then_expires(database: Database) -> None:
    at, alma, carmen = clinic(), await joined(attorney()), await coordinator()
    of = await waiting()
    match = await offered(of, seat(alma), by=carmen, at=at)
    (offer,) = await teams.offers_of_match(match)
    worker = Worker(at)

    await worker.run_once(NOW)
    assert await subjects(alma.account) == ["You have a new offer"]
    await worker.run_once(NOW + (offer.expires_at - NOW) / 2)
    assert (await subjects(alma.account))[1:] == ["An offer is waiting for your answer"]
    await worker.run_once(offer.expires_at)
    assert (await subjects(alma.account))[2:] == ["An offer has expired"]
    assert (await cases.find_case(of.id)).state is CaseState.WAITLISTED
    sent = await t.Delivery.count().where(t.Delivery.state == "sent", t.Delivery.channel == "inbox")
    assert sent == await t.Message.count()


async def test_time_alone_makes_a_case_urgent(database: Database) -> None:
    at = clinic()
    of = await waiting(case(deadline=NOW.date() + timedelta(days=20), deadline_kind="Hearing"))
    await Worker(at).run_once(NOW)
    assert [tier for _, tier in await cases.waiting_with_tier()] == [Tier.SOON]
    await Worker(at).run_once(NOW + timedelta(days=7))
    assert [(one.ref, tier) for one, tier in await cases.waiting_with_tier()] == [(of.ref, Tier.NOW)]


async def test_old_sessions_are_dropped(database: Database) -> None:
    carmen = await coordinator()
    assert carmen.account is not None
    await open_session(carmen.account, now=NOW)
    await Worker(clinic()).run_once(NOW + timedelta(hours=11))
    assert await t.Session.count() == 1
    await Worker(clinic()).run_once(NOW + timedelta(hours=13))
    assert await t.Session.count() == 0


async def test_two_workers_keep_one_row_for_each_round_and_do_none_twice(database: Database) -> None:
    one, other = Worker(clinic()), Worker(clinic())
    first, second = await asyncio.gather(one.run_once(NOW), other.run_once(NOW))
    rounds = [chore for chore in CHORES.values() if chore.every]
    assert first + second == len(rounds)
    assert await t.Job.count() == len(rounds)
    assert await other.run_once(NOW) == 0


async def test_a_claim_gets_its_team_looked_for(database: Database) -> None:
    at, alma = clinic(), await joined(attorney())
    isidro = await joined(interpreter())
    of = await waiting(case(languages=("mam",)))
    proposal = await claiming.claim_case(of.id, role=SeatRole.ATTORNEY, clinic=at, by=actor_of(alma), now=NOW)
    await Worker(at).run_once(NOW)
    team = (await teams.find_proposal(proposal)).team
    assert {UUID(one.volunteer) for one in team.seats} == {alma.id, isidro.id}
    assert (await job("complete_team"))["state"] == "done"


async def test_a_requested_run_ends_with_proposals(database: Database) -> None:
    at, carmen = clinic(), await coordinator()
    await joined(attorney())
    of = await waiting()
    run = await proposing.request_run(matcher="joint", clinic=at, by=carmen, now=NOW)
    await Worker(at).run_once(NOW)
    assert (await runs.find_run(run))["state"] == RunState.DONE
    assert [one.case for one in await teams.open_proposals()] == [of.id]
    assert await subjects(carmen.account) == ["The matcher has finished"]


async def test_a_run_whose_worker_died_begins_again(database: Database) -> None:
    at, carmen = clinic(), await coordinator()
    await joined(attorney())
    await waiting()
    run = await proposing.request_run(matcher="joint", clinic=at, by=carmen, now=NOW)
    assert await jobs.claim_job(NOW, only=("match",)) is not None
    await runs.start_run(run, waiting=1, now=NOW)

    await Worker(at).run_once(NOW + jobs.LEASE / 2)
    assert (await runs.find_run(run))["state"] == RunState.RUNNING
    await Worker(at).run_once(NOW + jobs.LEASE + timedelta(seconds=1))
    assert (await runs.find_run(run))["state"] == RunState.DONE


async def test_a_run_that_kills_its_worker_each_time_is_given_up_with_its_cause(database: Database) -> None:
    at, carmen = clinic(), await coordinator()
    run = await proposing.request_run(matcher="joint", clinic=at, by=carmen, now=NOW)
    now = NOW
    for _ in range(8):
        assert await jobs.claim_job(now) is not None
        now += jobs.LEASE + timedelta(seconds=1)
    await Worker(at).run_once(now)
    assert ((await job("match"))["state"], (await runs.find_run(run))["state"]) == ("dead", RunState.FAILED)
    assert (await runs.find_run(run))["error"] == "It ended its worker each time it was tried."
    assert await proposing.request_run(matcher="joint", clinic=at, by=carmen, now=now) != run


@pytest.fixture
def chores(monkeypatch: pytest.MonkeyPatch) -> dict[str, Chore]:
    """The chores of this version, to which a test may add."""
    known = dict(CHORES)
    monkeypatch.setattr("core.services.work.chores.CHORES", known)
    return known


async def test_work_that_fails_is_tried_again_with_pauses_and_kept_as_dead(
    database: Database, chores: dict[str, Chore]
) -> None:
    async def fail(payload: object, clinic: Clinic, clock: proposing.Clock) -> None:
        raise RuntimeError("somebody@example.org")

    chores["fails"] = Chore(fail)
    await jobs.add_job("fails", due_at=NOW)
    now, tries = NOW, 0
    while (found := await job("fails"))["state"] == "queued":
        now = max(now, found["due_at"])
        await Worker(clinic()).run_once(now)
        tries += 1
    assert (found["state"], found["attempts"], tries) == ("dead", 8, 8)
    assert found["error"].startswith("RuntimeError (test_working.py line")
    assert "example.org" not in found["error"]


async def test_a_failing_round_comes_round_again(database: Database, chores: dict[str, Chore]) -> None:
    times: list[datetime] = []

    async def fail(payload: object, clinic: Clinic, clock: proposing.Clock) -> None:
        times.append(clock())
        raise RuntimeError

    chores["hourly"] = Chore(fail, every=timedelta(hours=1))
    for hours in range(20):
        await Worker(clinic()).run_once(NOW + timedelta(hours=hours))
    assert len(times) == 20
    assert (await job("hourly"))["state"] == "queued"


async def test_a_long_job_keeps_its_lease(database: Database, chores: dict[str, Chore]) -> None:
    released = asyncio.Event()

    async def take_long(payload: object, clinic: Clinic, clock: proposing.Clock) -> None:
        await released.wait()

    chores["long"] = Chore(take_long)
    await jobs.add_job("long", due_at=NOW)
    working = asyncio.create_task(Worker(clinic(), lease=timedelta(milliseconds=30)).run_once(NOW))
    leases: set[datetime | None] = set()
    while len(leases) < 4:
        leases.add((await job("long"))["claimed_until"])
        await asyncio.sleep(0)
    released.set()
    await working
    assert ((await job("long"))["state"], (await job("long"))["attempts"]) == ("done", 1)


async def test_a_worker_that_lost_its_job_stops_doing_it(database: Database, chores: dict[str, Chore]) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def take_long(payload: object, clinic: Clinic, clock: proposing.Clock) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    chores["long"] = Chore(take_long)
    await jobs.add_job("long", due_at=NOW)
    working = asyncio.create_task(Worker(clinic(), lease=timedelta(milliseconds=30)).run_once(NOW))
    await begun.wait()
    while (other := await jobs.claim_job(NOW + LATER)) and other["kind"] != "long":
        pass
    await working
    assert ended.is_set()
    assert ((await job("long"))["state"], (await job("long"))["attempts"]) == ("running", 2)


async def test_a_stopped_worker_gives_back_what_it_does(
    database: Database, chores: dict[str, Chore], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, stop = asyncio.Event(), asyncio.Event()

    async def take_long(payload: object, clinic: Clinic, clock: proposing.Clock) -> None:
        begun.set()
        await asyncio.Event().wait()

    chores["long"] = Chore(take_long)
    monkeypatch.setattr("core.services.work.working.STOP_SECONDS", 0.0)
    await jobs.add_job("long", due_at=NOW)
    working = asyncio.create_task(Worker(clinic(), clock=lambda: NOW).run(stop))
    await begun.wait()
    stop.set()
    await working
    assert ((await job("long"))["state"], (await job("long"))["error"]) == ("queued", "The worker was stopped.")


async def test_a_running_worker_does_what_comes_in(database: Database) -> None:
    carmen, stop = await coordinator(), asyncio.Event()
    working = asyncio.create_task(Worker(clinic(), clock=lambda: NOW, idle_seconds=0.01).run(stop))
    alma = await joined(attorney())
    await offered(await waiting(), seat(alma), by=carmen, at=clinic())
    while not await t.Delivery.exists().where(t.Delivery.state == "sent"):  # noqa: ASYNC110 -- nobody tells of it
        await asyncio.sleep(0)
    stop.set()
    await working
    assert await t.Delivery.count() == 1


async def test_observers_see_each_event_once_and_a_failing_one_hurts_nobody(
    database: Database, load: Load, shelf: Shelf
) -> None:
    log = shelf.folder / "seen.txt"
    watching = shelf.module(
        "watching",
        f"""
        class Bad:
            name = "bad"
            async def seen(self, event):
                raise RuntimeError
        class Good:
            name = "good"
            async def seen(self, event):
                with open({str(log)!r}, "a") as file:
                    print(event.sequence, file=file)
        @hookimpl
        def amparo_observers():
            return [Bad(), Good()]
        """,
    )
    host = load(watching)
    at = Clinic(settings=host.settings, host=host)
    await waiting()
    await Worker(at).run_once(NOW)
    await Worker(at).run_once(NOW + timedelta(seconds=10))
    await waiting()
    await Worker(at).run_once(NOW + timedelta(seconds=20))
    events = await t.AuditEvent.count()
    assert log.read_text().split() == [str(number) for number in range(1, events + 1)]


async def test_an_observer_that_comes_late_begins_with_what_is_new(database: Database, load: Load) -> None:
    await waiting()
    await Worker(clinic()).run_once(NOW)
    assert await read_value(POSITION) == await t.AuditEvent.count()
