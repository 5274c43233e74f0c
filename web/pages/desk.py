"""Today: what needs a coordinator, the most pressing first."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.model.states import MatchState
from core.queries.board import proposals
from core.queries.desk import AlertLine, DueMatch, due_matches, open_alerts
from core.services import rosters
from web.access import STAFF, only
from web.frame import Frame, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.teams import proposal_item
from web.times import Times

AHEAD = timedelta(days=1)
CLAIMS = 10
"""How many claims the page shows; the rest is a step away."""


@get("/today", opt=only(STAFF))
async def today_page(frame: Frame) -> Template:
    """Alerts, claims, and what is due."""
    alerts = await open_alerts()
    claims = await proposals(claims_only=True, limit=CLAIMS)
    due = await due_matches(before=frame.times.now + AHEAD)
    pressing = frame.counts.alerts + frame.counts.claims + len(due)
    return frame.page(
        "coordinator/today.html",
        title=_title(pressing),
        day=frame.times.day(frame.times.today),
        alerts=[_alert_item(alert, frame.times) for alert in alerts],
        claims=[proposal_item(claim, frame.times) for claim in claims.rows],
        more_claims=bool(claims.next),
        due=[_due_item(match, frame.times) for match in due],
        counts=frame.counts,
    )


def _title(pressing: int) -> str:
    if not pressing:
        return _("Nothing needs you right now")
    return ngettext("%(num)s thing needs you today", "%(num)s things need you today", pressing) % {"num": pressing}


def _alert_item(alert: AlertLine, times: Times) -> dict[str, Any]:
    return {
        "id": alert.id,
        "text": alert.text,
        "name": alert.name,
        "volunteer": alert.volunteer,
        "ref": alert.ref,
        "match": alert.match,
        "offer": alert.offer,
        "when": times.moment(alert.raised_at),
    }


def _due_item(match: DueMatch, times: Times) -> dict[str, Any]:
    what = {
        MatchState.ACCEPTED: _("Everybody has accepted: check for conflicts"),
        MatchState.CLEARED: _("Conflicts are clear: have the letter signed"),
    }.get(match.state, "")
    if match.expires_at is not None:
        what = _("An offer expires: %(left)s") % {"left": times.left(match.expires_at)}
    return {"href": f"/matches/{match.id}", "ref": match.ref, "what": what}


@post("/alerts/{key:uuid}/close", opt=only(STAFF))
async def close_alert(frame: Frame, key: UUID) -> Redirect:
    """Close an alert that has been seen to."""
    await rosters.close_alert(key, by=frame.by, now=frame.house.clock())
    return onward("/today", "alert-closed")


ROUTES = (today_page, close_alert)
