"""Applying what a run over a roster found: some hundred changes a transaction, to the end or to be resumed."""

from collections.abc import Sequence
from datetime import datetime

from core.errors import Contradicts, TooLate
from core.model.people import Actor
from core.model.rosters.changes import Change, ChangeKind, Effect, RosterRun, standings_moved
from core.model.states import RosterRunState
from core.model.vocabulary import Standing
from core.services.cases.importing import AT_ONCE
from core.services.clinic import require_roster, require_staff
from core.services.notifying import tell_coordinators
from core.services.rosters.claims import Claim, claimed
from core.services.rosters.standings import take_standing
from core.services.runs.proposing import Clock
from core.store.alerts import raise_alert
from core.store.audit import record
from core.store.database import transaction
from core.store.matches import teams
from core.store.rosters import roster_runs, rosters


async def apply_run(found: RosterRun, *, accept: bool = False, by: Actor, clock: Clock) -> RosterRun:
    """Apply a run: entries first, then what follows for volunteers with these numbers; return it as it is then.

    Each transaction applies at most 500 changes with their audit events and messages. After a crash the same call goes
    on where it ended. Standings go through ``take_standing``; who is gone from the roster keeps her entry and her
    standing, and an alert asks a coordinator. A run that is applied already is returned as it is. Raises Contradicts
    for a run that is held unless a coordinator says by ``accept`` that all is as it should be, and TooLate where
    another run was applied since, where the run is over, or while another program works on the roster.
    """
    require_roster(by, found.name)
    if accept:
        require_staff(by)
    async with claimed(found.name, clock=clock) as claim:
        run = await roster_runs.find_run(found.id)
        if run.state is RosterRunState.APPLIED:
            return run
        await _begin(run, claim, accept=accept, by=by, clock=clock)
        last, done = "", run.done
        while changes := await roster_runs.changes_of(run.id, limit=AT_ONCE, after=last, done=False):
            done += len(changes)
            await _apply_some(run, changes, done, claim=claim, by=by, clock=clock)
            last = changes[-1].number
        await _end(run, done, claim=claim, by=by, clock=clock)
    return await roster_runs.find_run(run.id)


async def _begin(run: RosterRun, claim: Claim, *, accept: bool, by: Actor, clock: Clock) -> None:
    if run.state is RosterRunState.HELD and not accept:
        reasons = " ".join(guard.text for guard in run.guards)
        raise Contradicts(
            f"Run {run.short} of {run.title} is held for a person, nothing was changed. {reasons} If all is as it "
            f"should be, apply it with `amparo sync --accept {run.short}`."
        )
    async with transaction():
        await claim.hold(clock)
        if (await rosters.find_roster(run.name))["applied"] != run.base:
            raise TooLate(f"{run.title} has changed since this run was previewed. Preview it again.")
        if run.state is not RosterRunState.APPLYING:
            await roster_runs.move_run(run.id, RosterRunState.APPLYING, decided_by=by.label[:200])
            accepted = run.state is RosterRunState.HELD
            await _record("roster_apply_begun", run, by=by, now=clock(), accepted=accepted)


async def _apply_some(
    run: RosterRun, changes: Sequence[Change], done: int, *, claim: Claim, by: Actor, clock: Clock
) -> None:
    async with transaction():
        await claim.hold(clock)
        now = clock()
        await rosters.write_entries(run.roster, run.id, changes)
        gone = [change.number for change in changes if change.kind is ChangeKind.GONE]
        await rosters.mark_gone(run.roster, gone, since=run.began_at)
        await rosters.move_standings(run.roster, standings_moved(changes))
        effects = await _follow(run, changes, by=by, now=now)
        await roster_runs.note_applied(run.id, changes, effects)
        await roster_runs.note_done(run.id, done)
        await _record("roster_changes_applied", run, by=by, now=now, changes=len(changes), done=done)


async def _follow(
    run: RosterRun, changes: Sequence[Change], *, by: Actor, now: datetime
) -> dict[str, tuple[Effect, ...]]:
    """Do what follows for the volunteers who are these members; the standings that moved, by number."""
    by_number, gone = {change.number: change for change in changes}, False
    effects: dict[str, tuple[Effect, ...]] = {}
    admissions = await rosters.admissions_of(run.bar, list(by_number))
    await teams.lock_volunteers([volunteer for _, volunteer, _ in admissions])
    for number, volunteer, standing in admissions:
        change = by_number[number]
        if change.after is None:
            text = f"{run.title} does not list {number} any more. Nothing was changed: ask the volunteer, or the bar."
            await raise_alert("roster_gone", text=text, volunteer=volunteer, now=now)
            gone = True
        elif change.after.standing is not standing:
            said: Standing = change.after.standing
            await take_standing(volunteer, jurisdiction=run.bar, number=number, standing=said, by=by, now=now)
            effects[number] = (*effects.get(number, ()), Effect(volunteer, standing, said))
    if gone:
        await tell_coordinators("roster_gone", path="/today", now=now)
    return effects


async def _end(run: RosterRun, done: int, *, claim: Claim, by: Actor, clock: Clock) -> None:
    async with transaction():
        await claim.hold(clock)
        await roster_runs.move_run(run.id, RosterRunState.APPLIED, ended_at=clock())
        await rosters.set_applied(run.roster, run.id)
        await _record("roster_applied", run, by=by, now=clock(), changes=done)


async def _record(kind: str, run: RosterRun, *, by: Actor, now: datetime, **detail: int | bool) -> None:
    await record(kind, subject_kind="roster_run", subject=run.id, by=by, now=now, roster=run.name, **detail)
