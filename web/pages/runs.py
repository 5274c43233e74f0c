"""Running the matcher: ask for a run, watch it, read its board."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.model.states import RunState
from core.queries.board import Figures, Run, Served, figures, find_run, proposals, recent_runs, served_by_language
from core.services.proposing import request_run
from web.access import STAFF, only
from web.addresses import address
from web.frame import Frame, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.teams import proposal_item
from web.times import Times
from web.words import why_not

BUILT_IN = "joint"
LOW_SHARE = 0.5
"""A language group of which less than half has a proposed team is marked as low."""


@get("/runs", opt=only(STAFF))
async def runs_page(frame: Frame) -> Template:
    """The last runs, and the button for a new one."""
    host = frame.house.clinic.host
    known = await recent_runs()
    return frame.page(
        "coordinator/runs.html",
        title=_list_title(frame.counts.proposals, frame.counts.waiting),
        runs=[_run_item(run, frame.times) for run in known],
        latest=known[0] if known else None,
        matchers=[(host.name_of(matcher), matcher.title) for matcher in host.matchers()],
        waiting=frame.counts.waiting,
    )


def _list_title(proposed: int, waiting: int) -> str:
    if proposed:
        said = ngettext("%(num)s team waits for a decision", "%(num)s teams wait for a decision", proposed)
        return said % {"num": proposed}
    said = ngettext("%(num)s case waits for a team", "%(num)s cases wait for a team", waiting)
    return said % {"num": waiting} if waiting else _("Nobody is waiting for a team")


def _run_item(run: Run, times: Times) -> dict[str, Any]:
    state = {
        RunState.DONE: _("%(proposed)s proposals for %(waiting)s waiting cases")
        % {"proposed": run.proposed, "waiting": run.waiting},
        RunState.FAILED: _("Failed: no proposal was saved"),
    }.get(run.state, _("Under way"))
    return {"href": f"/runs/{run.id}", "when": times.moment(run.requested_at), "what": state}


@post("/runs", opt=only(STAFF))
async def ask_for_run(frame: Frame) -> Redirect:
    """Ask for a run over the waitlist."""
    given = str((await frame.visit.form()).get("matcher", "") or BUILT_IN)
    run = await request_run(matcher=given, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/runs/{run}")


@get("/runs/{key:uuid}", opt=only(STAFF))
async def run_page(frame: Frame, key: UUID, after: str = "") -> Template:
    """A run under way, its failure, or its board."""
    run = await find_run(key)
    if run.state is RunState.DONE:
        return await _board(frame, run, after)
    if run.state is RunState.FAILED:
        return frame.page("coordinator/run_failed.html", run=run, when=frame.times.moment(run.requested_at))
    stages = (RunState.QUEUED, RunState.RUNNING)
    return frame.page("coordinator/run_progress.html", run=run, running=stages.index(run.state) == 1)


async def _board(frame: Frame, run: Run, after: str) -> Template:
    numbers = await figures()
    page = await proposals(after=after)
    served = await served_by_language()
    return frame.page(
        "coordinator/board.html",
        run=run,
        title=_board_title(numbers.open, frame.counts.waiting),
        kicker=_kicker(run, frame.times),
        stats=_stats(run, numbers),
        proposals=[proposal_item(one, frame.times) for one in page.rows],
        clear=sum(not one.claimed and not one.declines for one in page.rows),
        served=[_served_item(group) for group in served],
        why_not=[{"n": n, "what": why_not(reason, said)} for reason, n, said in run.why_not()],
        following=address(f"/runs/{run.id}", after=page.next) if page.next else None,
        first=f"/runs/{run.id}" if after else None,
    )


def _board_title(proposed: int, waiting: int) -> str:
    if not proposed:
        return _("No proposal waits for a decision")
    return ngettext(
        "%(num)s proposal for %(waiting)s waiting cases", "%(num)s proposals for %(waiting)s waiting cases", proposed
    ) % {"num": proposed, "waiting": waiting}


def _kicker(run: Run, times: Times) -> list[str]:
    proof = {"optimal": _("proved best possible"), "empty": _("nothing to match")}.get(run.status)
    if proof is None:
        proof = _("at most %(gap)s %% below the best possible") % {"gap": f"{100 * (run.gap or 0):.2g}"}
    return [_("Run of %(when)s") % {"when": times.moment(run.requested_at)}, proof, f"{run.seconds:.1f} s"]


def _stats(run: Run, numbers: Figures) -> list[dict[str, Any]]:
    detained = ngettext("proposed, %(num)s of them detained", "proposed, %(num)s of them detained", numbers.detained)
    relayed = ngettext(
        "with an interpreter, %(num)s by relay", "with an interpreter, %(num)s by relay", numbers.relayed
    )
    return [
        {"number": numbers.open, "label": detained % {"num": numbers.detained}},
        {"number": numbers.interpreted, "label": relayed % {"num": numbers.relayed}},
        {"number": run.changed, "label": _("changed since the run before")},
        {"number": len(run.unmatched), "label": _("without a team"), "href": "/waitlist?team=no"},
    ]


def _served_item(served: Served) -> dict[str, Any]:
    low = served.waiting > 0 and served.proposed / served.waiting < LOW_SHARE
    return {"label": _(served.group), "part": served.proposed, "whole": served.waiting, "low": low}


ROUTES = (runs_page, ask_for_run, run_page)
