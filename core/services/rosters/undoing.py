"""Taking a run over a roster back: entries as they were, and the standings that it moved, unless moved since."""

from collections.abc import Sequence
from datetime import datetime

from core.errors import TooLate
from core.model.people import Actor
from core.model.rosters.changes import Change, ChangeKind, RosterRun, standings_moved
from core.model.states import RosterRunState
from core.services.cases.importing import AT_ONCE
from core.services.clinic import require_staff
from core.services.rosters.claims import Claim, claimed
from core.services.rosters.standings import take_standing
from core.services.runs.proposing import Clock
from core.store.audit import record
from core.store.database import transaction
from core.store.matches import teams
from core.store.rosters import roster_runs, rosters
from core.store.volunteers import volunteers

UNDOABLE = frozenset({RosterRunState.APPLIED, RosterRunState.APPLYING, RosterRunState.UNDOING})


async def undo_run(found: RosterRun, *, by: Actor, clock: Clock) -> RosterRun:
    """Take back what a run changed, some hundred changes a transaction; return the run as it is then.

    Only the run applied last can be taken back, then the one before it. One that was interrupted can be as well, and an
    interrupted undo goes on. Alerts stay and offers stay frozen: a coordinator closes and thaws them. A standing that
    was changed since is left as it is. Raises TooLate where there is nothing to take back, or something newer first.
    """
    require_staff(by)
    async with claimed(found.name, clock=clock) as claim:
        run = await roster_runs.find_run(found.id)
        if run.state is RosterRunState.UNDONE:
            return run
        await _begin(run, claim, by=by, clock=clock)
        last, left = "", run.done
        while changes := await roster_runs.changes_of(run.id, limit=AT_ONCE, after=last, done=True):
            left -= len(changes)
            await _undo_some(run, changes, left, claim=claim, by=by, clock=clock)
            last = changes[-1].number
        await _end(run, claim=claim, by=by, clock=clock)
    return await roster_runs.find_run(run.id)


async def _begin(run: RosterRun, claim: Claim, *, by: Actor, clock: Clock) -> None:
    if run.state not in UNDOABLE:
        raise TooLate(f"Run {run.short} of {run.title} is {run.state}: there is nothing to take back.")
    if run.forgotten:
        raise TooLate(
            f"What run {run.short} of {run.title} changed in single members is not kept any more, since many runs came "
            "after it: it cannot be taken back. Nothing was changed."
        )
    async with transaction():
        await claim.hold(clock)
        newest = (await rosters.find_roster(run.name))["applied"]
        if run.state is RosterRunState.APPLIED and newest != run.id:
            raise TooLate(
                f"A newer run of {run.title} was applied after {run.short}. Take that back first: "
                f"`amparo sync --undo {newest.hex[-8:]}`."
            )
        for other in await roster_runs.runs_in(run.roster, RosterRunState.APPLYING, RosterRunState.UNDOING):
            if other.id != run.id:
                raise TooLate(f"Run {other.short} of {run.title} is {other.state}. Finish that first.")
        if run.state is not RosterRunState.UNDOING:
            await roster_runs.move_run(run.id, RosterRunState.UNDOING, decided_by=by.label[:200])
            await _record("roster_undo_begun", run, by=by, now=clock(), changes=run.done)


async def _undo_some(
    run: RosterRun, changes: Sequence[Change], left: int, *, claim: Claim, by: Actor, clock: Clock
) -> None:
    async with transaction():
        await claim.hold(clock)
        now = clock()
        await rosters.keep_entries(run.roster, [change.before for change in changes if change.before])
        new = [change.number for change in changes if change.kind is ChangeKind.NEW]
        await rosters.forget_entries(run.roster, new)
        back = {standing: -count for standing, count in standings_moved(changes).items()}
        await rosters.move_standings(run.roster, back)
        await _move_standings_back(run, changes, by=by, now=now)
        await roster_runs.note_undone(run.id, [change.number for change in changes])
        await roster_runs.note_done(run.id, left)
        await _record("roster_changes_undone", run, by=by, now=now, changes=len(changes), left=left)


async def _move_standings_back(run: RosterRun, changes: Sequence[Change], *, by: Actor, now: datetime) -> None:
    moved = {change.number: change.effects for change in changes if change.effects}
    present = {volunteer: standing for _, volunteer, standing in await rosters.admissions_of(run.bar, list(moved))}
    await teams.lock_volunteers(list(present))
    owners = await volunteers.kept_of(one.volunteer for effects in moved.values() for one in effects)
    for number, effects in moved.items():
        for one in effects:
            holder = owners.get(one.volunteer, one.volunteer)
            if present.get(holder) is one.after:
                await take_standing(holder, jurisdiction=run.bar, number=number, standing=one.before, by=by, now=now)


async def _end(run: RosterRun, *, claim: Claim, by: Actor, clock: Clock) -> None:
    async with transaction():
        await claim.hold(clock)
        await roster_runs.move_run(run.id, RosterRunState.UNDONE, ended_at=clock())
        await rosters.set_applied(run.roster, run.base)
        await _record("roster_undone", run, by=by, now=clock())


async def _record(kind: str, run: RosterRun, *, by: Actor, now: datetime, **detail: int) -> None:
    await record(kind, subject_kind="roster_run", subject=run.id, by=by, now=now, roster=run.name, **detail)
