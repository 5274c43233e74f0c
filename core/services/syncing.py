"""The sync of a roster as a whole: what was interrupted is finished, the roster is read, and applied unless held."""

from core.errors import BadInput
from core.model.people import Actor
from core.model.roster_changes import RosterRun
from core.model.states import RosterRunState
from core.protocols import Roster
from core.services.clinic import Clinic
from core.services.proposing import Clock
from core.services.roster_applying import apply_run
from core.services.roster_previews import preview_roster
from core.store import roster_runs, rosters


def roster_named(name: str, clinic: Clinic) -> Roster:
    """The roster that a plugin brings under this name; BadInput says which there are."""
    found = {roster.name: roster for roster in clinic.host.rosters()}
    if name in found:
        return found[name]
    there = f"There are: {', '.join(sorted(found))}." if found else "No plugin that is on brings a roster."
    raise BadInput(f"There is no roster {name}. {there} `amparo plugins` says how each plugin fares.")


async def preview(name: str, *, clinic: Clinic, by: Actor, clock: Clock) -> RosterRun:
    """Read a roster and keep what it would change; see ``preview_roster``."""
    roster = roster_named(name, clinic)
    return await preview_roster(roster, lambda since: clinic.host.stream(roster, since), by=by, clock=clock)


async def sync(name: str, *, clinic: Clinic, by: Actor, clock: Clock) -> RosterRun:
    """Finish what was interrupted, read the roster and apply what it changes, or leave it held for a person."""
    roster = roster_named(name, clinic)
    await finish(roster, by=by, clock=clock)
    run = await preview(name, clinic=clinic, by=by, clock=clock)
    return run if run.state is RosterRunState.HELD else await apply_run(run, by=by, clock=clock)


async def finish(roster: Roster, *, by: Actor, clock: Clock) -> RosterRun | None:
    """Apply the rest of a run that was interrupted; None where none was."""
    row = await rosters.ensure_roster(roster.name, title=roster.title, bar=roster.bar)
    for run in await roster_runs.runs_in(row["id"], RosterRunState.APPLYING):
        return await apply_run(run, by=by, clock=clock)
    return None
