"""Jobs: work written in the transaction of the change that caused it, claimed by one worker at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.model.states import JobState
from core.store.bulk import insert_rows
from core.store.moving import try_move

LEASE = timedelta(minutes=10)


async def add_job(kind: str, *, due_at: datetime, unique_key: str | None = None, **payload: str) -> None:
    """Queue work. With ``unique_key`` the same work is queued once."""
    body = msgspec.json.encode(payload).decode()
    row = t.Job(kind=kind, payload=body, unique_key=unique_key, state=str(JobState.QUEUED), due_at=due_at)
    await t.Job.insert(row).on_conflict(target=t.Job.unique_key, action="DO NOTHING")


async def add_job_for_each(kind: str, cases: Iterable[UUID], *, due_at: datetime) -> None:
    """Queue the same work for each of these cases."""
    bodies = [msgspec.json.encode({"case": str(case)}).decode() for case in cases]
    await insert_rows(
        t.Job, [{"kind": kind, "payload": body, "state": str(JobState.QUEUED), "due_at": due_at} for body in bodies]
    )


async def claim_job(
    now: datetime, *, lease: timedelta = LEASE, only: Sequence[str] = (), but: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Take the next job that is due, or one whose worker did not come back; None when there is none.

    ``only`` these kinds, where any are given, and none of ``but``.

    Taking it counts as a try, so that work which kills its worker is not tried for ever.
    """
    j = t.Job
    waiting = (j.state == str(JobState.QUEUED)) & (j.due_at <= now)
    abandoned = (j.state == str(JobState.RUNNING)) & (j.claimed_until < now)
    due = j.select(j.id, j.state, j.attempts, j.due_at).where(waiting | abandoned).order_by(j.due_at).limit(10)
    due = due.where(j.kind.is_in(list(only))) if only else due
    due = due.where(j.kind.not_in(list(but))) if but else due
    for row in await due:
        # A round that another worker did meanwhile is queued again with no tries: only its time tells it apart.
        still_as_seen = (j.id == row["id"]) & (j.state == row["state"]) & (j.due_at == row["due_at"])
        still_as_seen = still_as_seen & (j.attempts == row["attempts"])
        mine = (
            await j.update(
                {
                    j.state: str(JobState.RUNNING),
                    j.claimed_until: now + lease,
                    j.attempts: row["attempts"] + 1,
                }
            )
            .where(still_as_seen)
            .returning(j.id)
        )
        if mine:
            taken: dict[str, Any] = await j.select().where(j.id == row["id"]).first().output(load_json=True)
            return taken
    return None


async def extend_lease(job: UUID, *, attempt: int, until: datetime) -> bool:
    """Keep a long job from being taken by others; False when it was taken, or is over."""
    j = t.Job
    mine = (j.id == job) & (j.state == str(JobState.RUNNING)) & (j.attempts == attempt)
    return bool(await j.update({j.claimed_until: until}).where(mine).returning(j.id))


async def finish_job(job: UUID) -> None:
    """Note that a job is done."""
    await try_move(t.Job, job, JobState.DONE, claimed_until=None, error="")


async def repeat_job(job: UUID, *, due_at: datetime) -> None:
    """Note that this round of periodic work is done, and when the next is due."""
    await try_move(t.Job, job, JobState.QUEUED, claimed_until=None, error="", attempts=0, due_at=due_at)


async def fail_job(job: UUID, *, error: str, again_at: datetime | None) -> None:
    """Note a failure: queued again for ``again_at``, or dead when that is None."""
    changes: dict[str, Any] = {"claimed_until": None, "error": error}
    if again_at is None:
        await try_move(t.Job, job, JobState.DEAD, **changes)
    else:
        await try_move(t.Job, job, JobState.QUEUED, due_at=again_at, **changes)
