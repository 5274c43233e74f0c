"""Today: what needs a coordinator, the most pressing first."""

from datetime import timedelta
from typing import Any, Final

from litestar import get
from litestar.response import Template

from core.model.plugins.showing import PanelPlace
from core.model.states import JoiningState, MatchState
from core.queries.desk import DueMatch, due_matches, open_alerts
from core.queries.runs.board import proposals
from core.queries.tasks import Whose, open_tasks
from core.store.volunteers.joinings import joinings_in
from web.access.roles import STAFF, only
from web.frames.portal import Frame, Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.alerts import APART, today_item
from web.shapes.cases.casework import task_line
from web.shapes.cases.full import case_item
from web.shapes.plugins.panels import panel_slots
from web.shapes.runs.teams import proposal_item
from web.shapes.volunteers.joining import joining_item
from web.words.times import Times

AHEAD: Final = timedelta(days=1)
"""An offer that expires within this time is shown."""

CLAIMS: Final = 10
"""How many claims the page shows; the rest is a step away."""

JOINING: Final = 5
"""How many people who wait to be confirmed the page shows."""

TASKS: Final = 10
"""How many of her tasks that are due the page shows."""

Item = dict[str, Any]


@get("/today", opt=only(STAFF))
async def today_page(frame: Framed) -> Template:
    """Alerts, claims, and matches that wait for a step."""
    alerts = await open_alerts(apart=APART)
    claims = await proposals(claims_only=True, limit=CLAIMS)
    due = await due_matches(before=frame.times.now + AHEAD)
    counts = frame.counts
    return frame.page(
        "desk/today.html",
        title=_title(counts.pressing),
        day=frame.times.weekday(frame.times.today),
        alerts=[today_item(alert, frame.times) for alert in alerts],
        claims=[proposal_item(claim, frame.times) for claim in claims.rows],
        more_claims=bool(claims.next),
        steps=[_step_item(match, frame.times) for match in due if match.expires_at is None],
        expiring=[_expiring_item(match, frame.times) for match in due if match.expires_at is not None],
        tasks=await _tasks(frame),
        more_tasks=counts.due > TASKS,
        joining=await _joining(frame),
        more_joining=counts.joining > JOINING,
        begins=not (counts.pressing or counts.incoming or counts.waiting or counts.proposals or counts.matches),
        figures=_figures(frame),
        panels=panel_slots(frame, PanelPlace.TODAY),
    )


async def _tasks(frame: Frame) -> list[Item]:
    """What is hers to do by today; the database is asked only where something is."""
    if not frame.counts.due:
        return []
    page = await open_tasks(Whose.MINE, frame.by.account, limit=min(TASKS, frame.counts.due))
    return [task_line(one, frame.times) for one in page.rows]


async def _joining(frame: Frame) -> list[Item]:
    """Who waits to be confirmed longest; the database is asked only where somebody does."""
    found = await joinings_in(JoiningState.WAITING, limit=JOINING) if frame.counts.joining else []
    return [joining_item(one, frame.times) for one in found]


def _title(pressing: int) -> str:
    if not pressing:
        return _("Nothing needs you right now")
    return ngettext("%(num)s thing needs you today", "%(num)s things need you today", pressing) % {"num": pressing}


def _figures(frame: Frame) -> list[Item]:
    counts = frame.counts
    return [
        {
            "number": counts.waiting,
            "label": ngettext("case waits", "cases wait", counts.waiting),
            "href": "/waitlist",
        },
        {
            "number": counts.proposals,
            "label": ngettext("proposed team to decide on", "proposed teams to decide on", counts.proposals),
            "href": "/runs",
        },
        {
            "number": counts.claims,
            "label": ngettext("claim to decide on", "claims to decide on", counts.claims),
            "href": "/claims",
        },
        {
            "number": counts.matches,
            "label": ngettext("match under way", "matches under way", counts.matches),
            "href": "/matches",
        },
    ]


def _match_item(match: DueMatch, times: Times) -> Item:
    return case_item(match.case, times) | {"href": f"/matches/{match.id}"}


def _step_item(match: DueMatch, times: Times) -> Item:
    """A match that waits for a coordinator."""
    what, act = {
        MatchState.ACCEPTED: (_("Everybody has accepted: check for conflicts."), _("Clear conflicts")),
        MatchState.CLEARED: (_("Conflicts are clear: have the letter signed."), _("Note the letter")),
    }.get(match.state, ("", _("Look")))
    return _match_item(match, times) | {"what": what, "act": act}


def _expiring_item(match: DueMatch, times: Times) -> Item:
    """A match whose next offer is about to expire, or has just done so."""
    item = _match_item(match, times) | {"act": _("Look")}
    if match.expires_at is None or match.expires_at <= times.now:
        return item | {"what": _("The time to answer has passed. The case goes back to the waitlist in a moment.")}
    left = {"left": times.left(match.expires_at), "moment": times.moment(match.expires_at)}
    return item | {"what": _("An offer expires on %(moment)s: %(left)s. A call may help.") % left}


ROUTES = (today_page,)
