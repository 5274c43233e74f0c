"""Jobs: work written in the transaction of the change that caused it, claimed by one worker at a time."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.model.states import JobState
from core.store.moving import try_move

LEASE = timedelta(minutes=10)


async def add_job(kind: str, *, due_at: datetime, unique_key: str | None = None, **payload: str) -> None:
    """Queue work. With ``unique_key`` the same work is queued once."""
    if unique_key and await t.Job.exists().where(t.Job.unique_key == unique_key):
        return
    body = msgspec.json.encode(payload).decode()
    await t.Job.insert(t.Job(kind=kind, payload=body, unique_key=unique_key, state=str(JobState.QUEUED), due_at=due_at))


async def claim_job(now: datetime) -> dict[str, Any] | None:
    """Take the next job that is due, or one whose worker did not come back; None when there is none."""
    j = t.Job
    waiting = (j.state == str(JobState.QUEUED)) & (j.due_at <= now)
    abandoned = (j.state == str(JobState.RUNNING)) & (j.claimed_until < now)
    for row in await j.select(j.id, j.state, j.attempts).where(waiting | abandoned).order_by(j.due_at).limit(10):
        mine = (
            await j.update(
                {
                    j.state: str(JobState.RUNNING),
                    j.claimed_until: now + LEASE,
                    j.attempts: row["attempts"] + 1,
                }
            )
            .where(j.id == row["id"], j.state == row["state"], j.attempts == row["attempts"])
            .returning(j.id)
        )
        if mine:
            taken: dict[str, Any] = await j.select().where(j.id == row["id"]).first().output(load_json=True)
            return taken
    return None


async def finish_job(job: UUID) -> None:
    """Note that a job is done."""
    await try_move(t.Job, job, JobState.DONE, claimed_until=None, error="")


async def fail_job(job: UUID, *, error: str, again_at: datetime | None) -> None:
    """Note a failure: queued again for ``again_at``, or dead when that is None."""
    changes: dict[str, Any] = {"claimed_until": None, "error": error}
    if again_at is None:
        await try_move(t.Job, job, JobState.DEAD, **changes)
    else:
        await try_move(t.Job, job, JobState.QUEUED, due_at=again_at, **changes)
