"""The sync of a roster as a whole: what was interrupted is finished, the roster is read, and applied unless held."""

from datetime import datetime, timedelta
from typing import Final

from core.errors import AmparoError
from core.host.causes import told_without_data
from core.logs import Log
from core.model.people import SYSTEM, Actor
from core.model.rosters.changes import RosterRun, RosterStanding
from core.model.states import RosterRunState
from core.protocols import Roster
from core.queries.rosters.lists import roster_standings
from core.services.clinic import Clinic
from core.services.rosters.applying import apply_run
from core.services.rosters.previews import preview_roster
from core.services.rosters.sources import source_named
from core.services.runs.proposing import Clock
from core.store.rosters import roster_runs, rosters

SLACK: Final = timedelta(minutes=30)
"""How much before its time a roster is read, so that daily ones do not move on by a round every day."""
log = Log("amparo.rosters")


async def preview(name: str, *, clinic: Clinic, by: Actor, clock: Clock) -> RosterRun:
    """Read a roster and keep what it would change; see ``preview_roster``."""
    source = await source_named(name, clinic)
    return await preview_roster(source.roster, source.fetch, by=by, clock=clock)


async def sync(name: str, *, clinic: Clinic, by: Actor, clock: Clock) -> RosterRun:
    """Finish what was interrupted, read the roster and apply what it changes, or leave it held for a person."""
    source = await source_named(name, clinic)
    await finish(source.roster, by=by, clock=clock)
    run = await preview(name, clinic=clinic, by=by, clock=clock)
    return run if run.state is RosterRunState.HELD else await apply_run(run, by=by, clock=clock)


async def finish(roster: Roster, *, by: Actor, clock: Clock) -> RosterRun | None:
    """Apply the rest of a run that was interrupted; None where none was."""
    row = await rosters.ensure_roster(roster.name, title=roster.title, bar=roster.bar)
    for run in await roster_runs.runs_in(row["id"], RosterRunState.APPLYING):
        return await apply_run(run, by=by, clock=clock)
    return None


async def sync_due(*, clinic: Clinic, clock: Clock) -> int:
    """Synchronise each roster whose time has come; return how many. One that fails does not keep the others from it.

    The first run of a roster is a person's, and so is the next one after somebody took a run back.
    """
    known, done = {one.name: one for one in await roster_standings()}, 0
    for roster in clinic.host.rosters():
        if not _is_due(roster, known.get(roster.name), clock()):
            continue
        try:
            await sync(roster.name, clinic=clinic, by=SYSTEM, clock=clock)
            done += 1
        except AmparoError as problem:
            log.warning("roster not synchronised", roster=roster.name, cause=told_without_data(problem))
    return done


def _is_due(roster: Roster, known: RosterStanding | None, now: datetime) -> bool:
    if known is None or known.last is None or not known.applied or not roster.every:
        return False
    if known.last.state in (RosterRunState.UNDOING, RosterRunState.UNDONE):
        return False
    return known.last.began_at + roster.every <= now + SLACK
