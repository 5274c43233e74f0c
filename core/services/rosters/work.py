"""Work on a roster that takes a while, done by a worker as somebody in the portal asked for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from core.errors import StoreBusy
from core.host.causes import told_to_staff
from core.model.people import Actor
from core.model.rosters.changes import RosterRun
from core.model.rosters.work import RosterAct, RosterWork
from core.services.accounts.signing_in import actor_of
from core.services.clinic import Clinic
from core.services.rosters import syncing
from core.services.rosters.applying import apply_run
from core.services.rosters.undoing import undo_run
from core.services.rosters.uploads import look_through
from core.services.runs.proposing import Clock
from core.store.rosters import roster_runs, roster_work


async def perform_work(payload: Mapping[str, Any], clinic: Clinic, clock: Clock) -> None:
    """Do what was asked for, and note how it ended. What is refused is told there and not tried again."""
    work = await roster_work.find_work(UUID(payload["work"]))
    if work is None or not work.under_way:
        return
    try:
        run = await _perform(work, clinic, clock)
        subject, problem = run.id if run else None, ""
    except StoreBusy:
        raise
    except Exception as refused:  # isolation boundary: whoever asked is told, whatever it was
        subject, problem = None, told_to_staff(refused)
    await roster_work.end_work(work.id, subject=subject, problem=problem, now=clock())


async def give_up_work(payload: Mapping[str, Any], error: str, now: datetime) -> None:
    """Note that no worker could do it, so that somebody may ask again."""
    await roster_work.end_work(UUID(payload["work"]), subject=None, problem=error, now=now)


async def _perform(work: RosterWork, clinic: Clinic, clock: Clock) -> RosterRun | None:
    by = await actor_of(work.account)
    if work.act is RosterAct.LOOK:
        return await _look(work, clinic, by, clock)
    if work.act is RosterAct.READ:
        return await syncing.preview(work.name, clinic=clinic, by=by, clock=clock)
    assert work.subject is not None
    run = await roster_runs.find_run(work.subject)
    if work.act is RosterAct.UNDO:
        return await undo_run(run, by=by, clock=clock)
    return await apply_run(run, accept=work.act is RosterAct.ACCEPT, by=by, clock=clock)


async def _look(work: RosterWork, clinic: Clinic, by: Actor, clock: Clock) -> RosterRun | None:
    """Look through an upload, and read it at once where nobody needs to be asked about its columns."""
    assert work.subject is not None
    if await look_through(work.name, work.subject, by=by, now=clock()):
        return await syncing.preview(work.name, clinic=clinic, by=by, clock=clock)
    return None
