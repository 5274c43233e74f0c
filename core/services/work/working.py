"""The worker: does jobs and delivers messages, as many workers as there are, each piece by one of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from core.errors import AmparoError
from core.host.causes import told_without_data
from core.logs import Log
from core.services.clinic import Clinic
from core.services.patience import MOST_ATTEMPTS, next_try
from core.services.plugins.faring import Telling
from core.services.plugins.switching import follow_switches
from core.services.runs.proposing import Clock, utc_now
from core.services.work.chores import chore_of, ensure_rounds, long_kinds, next_round
from core.services.work.delivering import deliver_messages
from core.store import jobs

log = Log("amparo.worker")
IDLE_SECONDS: Final = 1.0
STOP_SECONDS: Final = 5.0
BEATS_A_LEASE: Final = 3
Job = dict[str, Any]
Lane = Callable[[datetime], Awaitable[int]]


class LeaseLost(AmparoError):
    """Another worker has taken a job over, because this one was not heard of in time."""


class Worker:
    """Performs what verbs have queued: short jobs and rounds of periodic work, long jobs, deliveries, side by side.

    A job is leased and its lease extended while it is worked on; that of a worker that dies runs out, and another
    begins anew. What fails is tried again after growing pauses, eight times, and then kept as dead with its cause.
    """

    def __init__(
        self,
        clinic: Clinic,
        *,
        random: Random | None = None,
        clock: Clock = utc_now,
        idle_seconds: float = IDLE_SECONDS,
        lease: timedelta = jobs.LEASE,
    ) -> None:
        self._clinic, self.clock, self._idle, self._lease = clinic, clock, idle_seconds, lease
        self._telling = Telling()
        self._random = random or Random()  # noqa: S311 -- spreads retries; guards nothing

    async def run_once(self, now: datetime) -> int:
        """Do everything that is due at ``now``, and what follows from it; return how many pieces were done."""
        await follow_switches(self._clinic)
        await ensure_rounds(now)
        done = 0
        while pieces := await self._short(now) + await self._long(now) + await self._deliveries(now):
            done += pieces
        return done

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set. What is still under way a few seconds later is given back to the queue."""
        side_by_side = (self._plugins, self._rounds, self._long, self._deliveries)
        lanes = [asyncio.create_task(self._work_lane(lane, stop)) for lane in side_by_side]
        try:
            await stop.wait()
            await asyncio.wait(lanes, timeout=STOP_SECONDS)
        finally:
            for lane in lanes:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)

    async def _work_lane(self, lane: Lane, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await lane(self.clock())
            except Exception as problem:  # isolation boundary: a database that is away for a while comes back
                log.error("worker stumbles", cause=told_without_data(problem))
            await _first_of(stop, self._idle)

    async def _plugins(self, now: datetime) -> int:
        await follow_switches(self._clinic)
        await self._telling.tell(self._clinic, now)
        return 0

    async def _rounds(self, now: datetime) -> int:
        await ensure_rounds(now)
        return await self._short(now)

    async def _short(self, now: datetime) -> int:
        return await self._jobs(now, but=long_kinds())

    async def _long(self, now: datetime) -> int:
        return await self._jobs(now, only=long_kinds())

    async def _deliveries(self, now: datetime) -> int:
        return await deliver_messages(clinic=self._clinic, now=now, random=self._random)

    async def _jobs(self, now: datetime, *, only: Sequence[str] = (), but: Sequence[str] = ()) -> int:
        done = 0
        while job := await jobs.claim_job(now, lease=self._lease, only=only, but=but):
            await self._perform(job, _running_from(now))
            done += 1
        return done

    async def _perform(self, job: Job, clock: Clock) -> None:
        try:
            if job["attempts"] > MOST_ATTEMPTS and _every(job) is None:
                raise AmparoError("It ended its worker each time it was tried.")
            await self._keep_lease(job, self._work(job, clock), clock)
            await _done(job, clock())
        except LeaseLost as problem:
            log.warning("job taken over", kind=job["kind"], cause=str(problem))
        except asyncio.CancelledError:
            await asyncio.shield(jobs.fail_job(job["id"], error="The worker was stopped.", again_at=clock()))
            raise
        except Exception as problem:  # isolation boundary: one failing job must not end the worker
            await self._failed(job, problem, clock())

    async def _work(self, job: Job, clock: Clock) -> None:
        await chore_of(job["kind"]).work(job["payload"], self._clinic, clock)

    async def _keep_lease(self, job: Job, work: Awaitable[None], clock: Clock) -> None:
        working = asyncio.ensure_future(work)
        beat = self._lease.total_seconds() / BEATS_A_LEASE
        try:
            while not (await asyncio.wait({working}, timeout=beat))[0]:
                if not await jobs.extend_lease(job["id"], attempt=job["attempts"], until=clock() + self._lease):
                    raise LeaseLost("another worker has begun it anew")
            working.result()
        finally:
            if working.cancel():
                await asyncio.wait({working})

    async def _failed(self, job: Job, problem: Exception, now: datetime) -> None:
        error = told_without_data(problem)
        log.warning("job failed", kind=job["kind"], attempts=job["attempts"], cause=error)
        again_at = next_try(job["attempts"], now=now, random=self._random)
        if (every := _every(job)) is not None:
            again_at = min(again_at or datetime.max.replace(tzinfo=now.tzinfo), next_round(every, now))
        await jobs.fail_job(job["id"], error=error, again_at=again_at)
        if again_at is None:
            await _give_up(job, error, now)


async def _done(job: Job, now: datetime) -> None:
    every = _every(job)
    if every is None:
        await jobs.finish_job(job["id"])
    else:
        await jobs.repeat_job(job["id"], due_at=next_round(every, now))


def _every(job: Job) -> timedelta | None:
    try:
        return chore_of(job["kind"]).every
    except AmparoError:
        return None


async def _give_up(job: Job, error: str, now: datetime) -> None:
    try:
        await chore_of(job["kind"]).give_up(job["payload"], error, now)
    except AmparoError as problem:
        log.error("job given up", kind=job["kind"], cause=str(problem))


def _running_from(now: datetime) -> Clock:
    """A clock that shows ``now`` and runs on from there, so that a simulated time passes as real time does."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    return lambda: now + timedelta(seconds=loop.time() - began)


async def _first_of(stop: asyncio.Event, seconds: float) -> None:
    """Wait for ``stop``, but no longer than this."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
