"""``amparo sync``: read a bar's roster, see what it would change, apply that, take it back."""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from core.errors import BadInput
from core.model.people import SYSTEM
from core.model.rosters.changes import RosterRun
from core.model.states import RosterRunState
from core.queries.rosters.lists import first_changes, roster_standings
from core.services.clinic import Clinic
from core.services.rosters import syncing
from core.services.rosters.applying import apply_run
from core.services.rosters.undoing import undo_run
from core.services.runs.proposing import utc_now
from core.settings import settings_from
from core.store.rosters.roster_runs import run_called
from web.cli.opening import clinic_at_work
from web.cli.sync_result import ListedRoster, ShownRun, as_json, list_rosters, show_run, shown_run

FIRST = 20
"""How many changes are shown unless somebody asks for more."""
Answer = TypeVar("Answer")
Work = Callable[[Clinic], Awaitable[RosterRun]]


@click.command
@click.argument("name", required=False)
@click.option("--apply", "applies", is_flag=True, help="Apply what the roster changes, unless a guard holds it.")
@click.option("--accept", metavar="RUN", help="Apply a run that is held: you have looked, and all is as it should be.")
@click.option("--undo", metavar="RUN", help="Take back what a run changed.")
@click.option("--show", type=click.IntRange(0), default=FIRST, show_default=True, help="How many changes to show.")
@click.option("--json", "json", is_flag=True, help="Write JSON instead of tables.")
def sync(name: str | None, applies: bool, accept: str | None, undo: str | None, show: int, json: bool) -> None:
    """List the rosters, or read the roster NAME and show what it would change.

    Nothing is changed without --apply. A roster that looks unlike the last one, such as one with far fewer members, is
    held: the last good roster stays until somebody has looked. What a crash interrupted, the next --apply finishes.
    RUN is what a run is called in the lists here. With --apply, a roster that is held ends with exit code 1.
    """
    work = _work(name, applies, accept, undo)
    if work is None:
        listed = _quietly(_rosters)
        click.echo(as_json(listed)) if json else list_rosters(listed)
        return
    shown = _quietly(lambda clinic: _run(work, clinic, show))
    click.echo(as_json(shown)) if json else show_run(shown)
    if applies and shown.run.state is RosterRunState.HELD:
        raise SystemExit(1)


def _work(name: str | None, applies: bool, accept: str | None, undo: str | None) -> Work | None:
    """What is asked for; None: the list. BadInput where it contradicts itself."""
    asked = [bool(name), accept is not None, undo is not None]
    if sum(asked) > 1 or (applies and not name):
        raise BadInput("Give the NAME of a roster, or --accept RUN, or --undo RUN; --apply goes with a NAME.")
    if accept is not None:
        return lambda _: _accepted(accept)
    if undo is not None:
        return lambda _: _undone(undo)
    if name is None:
        return None
    verb = syncing.sync if applies else syncing.preview
    return lambda clinic: verb(name, clinic=clinic, by=SYSTEM, clock=utc_now)


async def _accepted(run: str) -> RosterRun:
    return await apply_run(await run_called(run), accept=True, by=SYSTEM, clock=utc_now)


async def _undone(run: str) -> RosterRun:
    return await undo_run(await run_called(run), by=SYSTEM, clock=utc_now)


async def _run(work: Work, clinic: Clinic, show: int) -> ShownRun:
    run = await work(clinic)
    return shown_run(run, await first_changes(run, show))


async def _rosters(clinic: Clinic) -> tuple[ListedRoster, ...]:
    known = {one.name: one for one in await roster_standings()}
    brought = {one.name: one for one in clinic.host.rosters()}
    return tuple(ListedRoster.of(name, brought.get(name), known.get(name)) for name in sorted(known | brought))


def _quietly(work: Callable[[Clinic], Awaitable[Answer]]) -> Answer:
    """Do something with the database and the plugins; what these print must not get into the result."""
    with contextlib.redirect_stdout(sys.stderr):
        return asyncio.run(_with_clinic(work))


async def _with_clinic(work: Callable[[Clinic], Awaitable[Answer]]) -> Answer:
    async with clinic_at_work(settings_from()) as clinic:
        return await work(clinic)
