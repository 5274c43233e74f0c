"""Running the matcher: ask for a run, watch it, read its board."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.model.states import RunState
from core.queries.runs.board import clear_proposals, figures, proposals
from core.queries.runs.questions import last_advice
from core.queries.runs.results import Run, find_run, newest_board, recent_runs
from core.queries.runs.settled import pinned_seats
from core.services.runs.proposing import request_run
from core.store.settings import read_sharing
from web.access.roles import STAFF, only
from web.addresses import Key, Text, address
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.pages.runs.deciding import MOST
from web.shapes.runs import board as shapes
from web.shapes.runs.keeping import keeping_options, kept_more, kept_rows, usual_keeping
from web.shapes.runs.questions import advice_rows
from web.shapes.runs.sharing import floor_rows, reached_tags, sharing_line
from web.shapes.runs.teams import proposal_item

BUILT_IN: Final = "joint"


@get("/runs", opt=only(STAFF))
async def runs_page(frame: Framed) -> Template:
    """The last runs, and the button for a new one."""
    known = await recent_runs()
    board = next((run for run in known if run.state is RunState.DONE), None)
    under_way = next((run for run in known if run.state in (RunState.QUEUED, RunState.RUNNING)), None)
    return frame.page(
        "runs/list.html",
        title=shapes.list_title(frame.counts.proposals, frame.counts.waiting),
        runs=[shapes.run_item(run, frame.times) for run in known],
        board=f"/runs/{board.id}" if board and frame.counts.proposals else None,
        under_way=f"/runs/{under_way.id}" if under_way else None,
        waiting=frame.counts.waiting,
        sharing=sharing_line(await read_sharing()),
        **_matchers(frame),
    )


def _matchers(frame: Frame, chosen: str = BUILT_IN) -> dict[str, Any]:
    host = frame.house.clinic.host
    usual = frame.house.clinic.settings.keeping
    return {
        "matchers": [(host.name_of(one), one.title) for one in host.matchers()],
        "chosen": chosen,
        "shares": keeping_options(usual),
        "share": usual_keeping(usual),
    }


@post("/runs", opt=only(STAFF))
async def ask_for_run(frame: Framed) -> Redirect:
    """Ask for a run over the waitlist."""
    form = await frame.visit.form()
    run = await request_run(
        matcher=str(form.get("matcher", "") or BUILT_IN),
        keeping=_share(str(form.get("keeping", ""))),
        clinic=frame.house.clinic,
        by=frame.by,
        now=frame.house.clock(),
    )
    return onward(f"/runs/{run}")


def _share(text: str) -> float | None:
    """The chosen share of the price at which scarce people are kept; None where the form does not ask."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError as problem:
        raise BadInput(_("Choose one of the ways to keep people for the weeks to come.")) from problem


@get("/runs/{key:uuid}", opt=only(STAFF))
async def run_page(frame: Framed, key: Key, after: Text = "") -> Template:
    """A run under way, its failure, its board, or what it was where a newer one has replaced it."""
    run = await find_run(key)
    if run.state is RunState.FAILED:
        return _failed(frame, run)
    if run.state is not RunState.DONE:
        return _progress(frame, run)
    newest = await newest_board()
    return await (_board(frame, run, after) if newest == key else _past(frame, run, newest))


def _failed(frame: Frame, run: Run) -> Template:
    return frame.page(
        "runs/failed.html",
        run=run,
        title=_("The matcher could not finish"),
        when=shapes.run_of(run, frame.times),
        **_matchers(frame, run.matcher),
    )


def _progress(frame: Frame, run: Run) -> Template:
    return frame.page(
        "runs/progress.html",
        run=run,
        title=_("The matcher is at work"),
        when=shapes.run_of(run, frame.times),
        stage=run.stage or _("Waiting for a worker"),
        detail=shapes.gap_left(run),
        steps=shapes.steps(run),
    )


async def _past(frame: Frame, run: Run, newest: UUID | None) -> Template:
    return frame.page(
        "runs/past.html",
        title=shapes.past_title(run),
        figures=shapes.past_figures(run),
        board=f"/runs/{newest}",
        **await _result(frame, run),
    )


async def _board(frame: Frame, run: Run, after: str) -> Template:
    page = await proposals(after=after)
    clear = len(await clear_proposals(MOST))
    numbers = await figures()
    pins = await pinned_seats(one.case.id for one in page.rows)
    return frame.page(
        "runs/board.html",
        title=shapes.board_title(numbers.open, frame.counts.waiting),
        figures=shapes.board_figures(run, numbers, frame.counts.waiting),
        proposals=[proposal_item(one, frame.times, pins) for one in page.rows],
        clear=clear,
        approve_clear=shapes.approve_clear(clear),
        shown=shapes.shown(len(page.rows), numbers.open),
        following=address(f"/runs/{run.id}", after=page.next) if page.next else None,
        first=f"/runs/{run.id}" if after else None,
        **await _result(frame, run),
    )


async def _result(frame: Frame, run: Run) -> dict[str, Any]:
    """What both the board and an old run tell of the result."""
    return {
        "run": run,
        "kicker": shapes.kicker(run, frame.times),
        "served": shapes.served_groups(run),
        "since": shapes.since_rows(run.summary.since),
        "compare": f"/runs/{run.id}/compare" if run.summary.since and run.detailed else None,
        "floors": reached_tags(floor_rows(run.summary.floors)),
        "kept": kept_rows(run),
        "kept_more": kept_more(run),
        "advice": advice_rows(await last_advice(run.id)),
        "why_not": shapes.why_not_rows(run),
        "failures": run.failures,
        "left_out": [text for text in (run.pruned, shapes.passed_over(run)) if text],
    }


ROUTES = (runs_page, ask_for_run, run_page)
