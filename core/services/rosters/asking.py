"""Asking a worker for what takes a while with a roster: one piece of work a roster at a time."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from core.errors import Contradicts, TooLate
from core.model.people import Actor
from core.model.rosters.changes import RosterRun
from core.model.rosters.work import PATIENCE, RosterAct, is_abandoned
from core.model.states import RosterRunState
from core.services.clinic import Clinic, require_roster, require_staff
from core.services.rosters.sources import source_named
from core.store import jobs
from core.store.audit import record
from core.store.database import transaction
from core.store.rosters import roster_runs, roster_work, rosters

JOB: Final = "roster"
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
FOR_STAFF: Final = (RosterAct.ACCEPT, RosterAct.UNDO)
"""What a bar's own staff may not ask for: what a guard holds, and taking back, are the clinic's to decide."""


async def ask_to_read(name: str, *, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Ask a worker to read a roster and keep what it would change. TooLate while something else is under way."""
    require_roster(by, name)
    roster = (await source_named(name, clinic)).roster
    row = await rosters.ensure_roster(name, title=roster.title, bar=roster.bar)
    await ask_for(row["id"], name, RosterAct.READ, by=by, now=now)


async def ask_about(run: RosterRun, act: RosterAct, *, by: Actor, now: datetime) -> None:
    """Ask a worker to apply a run, to apply it although it is held, or to take it back.

    Raises Contradicts at once for a run that is held and is to be applied like any other.
    """
    require_roster(by, run.name)
    if act is RosterAct.APPLY and run.state is RosterRunState.HELD:
        raise Contradicts(f"Run {run.short} of {run.title} is held: a coordinator must look. Nothing was changed.")
    await ask_for(run.roster, run.name, act, subject=run.id, by=by, now=now)


async def ask_for(
    roster: UUID, name: str, act: RosterAct, *, subject: UUID | None = None, by: Actor, now: datetime
) -> None:
    """Queue a piece of work on a roster, in the place of one that was abandoned half-way.

    Raises TooLate while another one waits or is being done.
    """
    require_roster(by, name)
    if act in FOR_STAFF:
        require_staff(by)
    async with transaction():
        before = now - PATIENCE if await _is_abandoned(roster, now) else LONG_AGO
        work = await roster_work.begin_work(
            roster, act, subject=subject, account=by.account, by=by.label[:200], now=now, before=before
        )
        if work is None:
            raise await _taken(roster)
        await jobs.add_job(JOB, due_at=now, work=str(work))
        told = {"roster": name, "act": str(act)}
        await record("roster_work_asked", subject_kind="roster", subject=roster, by=by, now=now, **told)


async def _is_abandoned(roster: UUID, now: datetime) -> bool:
    """Whether whoever did what was asked for last is not there any more, and left it half-way."""
    work, newest = await roster_work.work_on(roster), await roster_runs.runs_of(roster, limit=1)
    return is_abandoned(work, newest[0] if newest else None, await rosters.claimed_until(roster), now)


async def _taken(roster: UUID) -> TooLate:
    known = await roster_work.work_on(roster)
    who = known.asked_by if known else "Somebody"
    return TooLate(
        f"{who} has asked for something that is still being done with this roster. Wait until it has ended, then look "
        "at its page anew. Nothing was changed."
    )


async def leave_run(run: RosterRun, *, by: Actor, now: datetime) -> None:
    """Let a run that waits for a decision go: nothing of it is applied. TooLate where it does not wait any more."""
    require_roster(by, run.name)
    if run.state not in (RosterRunState.PREVIEWED, RosterRunState.HELD):
        raise TooLate(f"Run {run.short} of {run.title} is {run.state}: there is nothing to leave.")
    async with transaction():
        await roster_runs.move_run(run.id, RosterRunState.SUPERSEDED, decided_by=by.label[:200])
        await roster_runs.drop_changes(run.id)
        await record("roster_run_left", subject_kind="roster_run", subject=run.id, by=by, now=now, roster=run.name)
