"""A run over a roster: its figures, guards and changes; applying it, letting it go, taking it back."""

from typing import Any, Final

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from core.errors import NotFound
from core.model.rosters.changes import ChangeKind, RosterRun
from core.model.rosters.work import HALF_WAY, RosterAct, stopped_half_way
from core.model.states import RosterRunState
from core.services.clinic import require_roster
from core.services.rosters.asking import ask_about, ask_to_read, leave_run
from core.store.rosters import roster_runs
from web.access.roles import ROSTER_KEEPERS, STAFF, only
from web.addresses import Key, Text, address, chosen
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.pages.rosters.listing import found_roster
from web.shapes.rosters import runs as shapes
from web.shapes.rosters.listing import is_busy, roster_path, run_path

Name = FromPath[str]
ROWS: Final = 30
"""How many changes a page shows."""


async def _run(frame: Frame, name: str, key: Any) -> RosterRun:
    """A run of this roster, if this person keeps it."""
    require_roster(frame.by, name)
    run = await roster_runs.find_run(key)
    if run.name != name:
        raise NotFound(_("There is no such run of this roster."))
    return run


@get("/rosters/{name:str}/runs/{key:uuid}", opt=only(ROSTER_KEEPERS))
async def roster_run_page(frame: Framed, name: Name, key: Key, kind: Text = "", after: Text = "") -> Template:
    """A run under way with how far it is, or what it found and what may be done about it."""
    run, roster = await _run(frame, name, key), await found_roster(frame, name)
    known, work = roster.known, roster.work
    busy = is_busy(roster, frame.times.now)
    stopped = not busy and stopped_half_way(run, known.claimed_until if known else None, frame.times.now)
    asked = work if work is not None and busy and work.subject == run.id else None
    context: dict[str, Any] = {
        "run": run,
        "path": run_path(run),
        "back": {"label": run.title, "href": roster_path(name)},
        "title": shapes.run_title(run, frame.by, stopped=stopped, asked=asked),
        "kicker": shapes.kicker(run, frame.times),
    }
    if asked or (run.state in HALF_WAY and not stopped):
        told = shapes.progress_of(run, frame.by, roster.members)
        return frame.page("rosters/under_way.html", progress_told=told, **context)
    newest = known is not None and known.applied == run.id
    return frame.page(
        "rosters/run.html",
        staff=frame.by.is_staff(),
        decision=shapes.decision(run, frame.by, newest=newest, stopped=stopped, busy=busy),
        busy=busy,
        problem=work.problem if work and work.subject == run.id and not busy else "",
        figures=shapes.figures(run, frame.by),
        guards=shapes.guard_texts(run, frame.by),
        remarks=shapes.remarks(run),
        **await _changes(frame, run, kind, after),
        **context,
    )


async def _changes(frame: Frame, run: RosterRun, kind: str, after: str) -> dict[str, Any]:
    """A page of the changes of one kind."""
    there = [one for one in shapes.kinds_for(frame.by) if shapes.count_of(run, one)]
    wanted = chosen(ChangeKind, kind)
    shown = wanted if wanted in there else next(iter(there), None)
    if (
        shown is None
        or run.forgotten
        or run.state in (RosterRunState.SUPERSEDED, RosterRunState.FAILED, RosterRunState.READING)
    ):
        return {"tabs": [], "changes": [], "following": None, "first": None, "meaning": ""}
    found = await roster_runs.changes_of(run.id, limit=ROWS + 1, after=after[:100], kinds=[str(shown)])
    more = len(found) > ROWS
    return {
        "tabs": shapes.kind_tabs(run, frame.by, shown),
        "meaning": _(shapes.KINDS[shown]),
        "changes": [shapes.change_item(one) for one in found[:ROWS]],
        "following": address(run_path(run), kind=str(shown), after=found[ROWS - 1].number) if more else None,
        "first": address(run_path(run), kind=str(shown)) if after else None,
    }


async def _ask(frame: Frame, name: str, key: Any, act: RosterAct) -> Redirect:
    run = await _run(frame, name, key)
    await ask_about(run, act, by=frame.by, now=frame.house.clock())
    return onward(run_path(run))


@post("/rosters/{name:str}/runs/{key:uuid}/apply", opt=only(ROSTER_KEEPERS))
async def apply(frame: Framed, name: Name, key: Key) -> Redirect:
    """Have a run applied that no guard holds."""
    return await _ask(frame, name, key, RosterAct.APPLY)


@post("/rosters/{name:str}/runs/{key:uuid}/accept", opt=only(STAFF))
async def accept(frame: Framed, name: Name, key: Key) -> Redirect:
    """Have a run applied although a guard holds it."""
    return await _ask(frame, name, key, RosterAct.ACCEPT)


@post("/rosters/{name:str}/runs/{key:uuid}/undo", opt=only(STAFF))
async def undo(frame: Framed, name: Name, key: Key) -> Redirect:
    """Have a run taken back."""
    return await _ask(frame, name, key, RosterAct.UNDO)


@post("/rosters/{name:str}/runs/{key:uuid}/go-on", opt=only(ROSTER_KEEPERS))
async def go_on(frame: Framed, name: Name, key: Key) -> Redirect:
    """Have the rest of an interrupted run done, whatever it was."""
    run = await _run(frame, name, key)
    if run.state is RosterRunState.READING:
        await ask_to_read(name, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
        return onward(f"{roster_path(name)}/work")
    return await _ask(frame, name, key, RosterAct.UNDO if run.state is RosterRunState.UNDOING else RosterAct.APPLY)


@post("/rosters/{name:str}/runs/{key:uuid}/leave", opt=only(ROSTER_KEEPERS))
async def leave(frame: Framed, name: Name, key: Key) -> Redirect:
    """Let a run go that waits for a decision."""
    run = await _run(frame, name, key)
    await leave_run(run, by=frame.by, now=frame.house.clock())
    return onward(roster_path(name), "run-left")


ROUTES = (roster_run_page, apply, accept, undo, go_on, leave)
