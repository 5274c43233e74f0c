"""What people ask a worker to do with a roster, in the database: one piece of work a roster at a time."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.model.rosters.work import RosterAct, RosterWork
from core.store.keys import new_id
from core.store.paths import via


async def begin_work(
    roster: UUID,
    act: RosterAct,
    *,
    subject: UUID | None,
    account: UUID | None,
    by: str,
    now: datetime,
    before: datetime,
) -> UUID | None:
    """Note what is to be done with a roster; None while something else is, unless that was asked for ``before``.

    One statement decides.
    """
    work = new_id()
    rows = await t.RosterWork.raw(
        "INSERT INTO roster_work (id, roster, act, subject, account, asked_by, asked_at, ended_at, problem) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, NULL, '') "
        "ON CONFLICT (roster) DO UPDATE SET id = excluded.id, act = excluded.act, subject = excluded.subject, "
        "account = excluded.account, asked_by = excluded.asked_by, asked_at = excluded.asked_at, ended_at = NULL, "
        "problem = '' WHERE roster_work.ended_at IS NOT NULL OR roster_work.asked_at < {} RETURNING id",
        work,
        roster,
        str(act),
        subject,
        account,
        by,
        now,
        before,
    )
    return work if rows else None


async def end_work(work: UUID, *, subject: UUID | None, problem: str, now: datetime) -> None:
    """Note that a piece of work is over, with the run that came of it and why it was not done, if it was not."""
    w = t.RosterWork
    changes: dict[Any, Any] = {w.ended_at: now, w.problem: problem}
    changes |= {w.subject: subject} if subject else {}
    await w.update(changes).where(w.id == work, w.ended_at.is_null())


async def find_work(work: UUID) -> RosterWork | None:
    """A piece of work; None where another took its place."""
    return next(iter(await _works(t.RosterWork.id == work)), None)


async def work_on(roster: UUID) -> RosterWork | None:
    """What was asked for last of a roster, be it over or not."""
    return next(iter(await _works(t.RosterWork.roster == roster)), None)


async def all_work() -> dict[UUID, RosterWork]:
    """The same of every roster."""
    return {work.roster: work for work in await _works()}


async def _works(*conditions: Any) -> list[RosterWork]:
    w = t.RosterWork
    query = w.select(*w.all_columns(), via(w.roster).name.as_alias("name"))
    rows = await (query.where(*conditions) if conditions else query)
    return [msgspec.convert(row, RosterWork) for row in rows]
