"""Alerts of one kind, where there are too many for the page of today; and closing one that has been seen to."""

from typing import Final

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import TooLate
from core.queries.desk import alerts_of
from core.services.rosters import standings
from web.access.roles import STAFF, only
from web.addresses import After, Key, Text, address
from web.frames.portal import Framed, onward
from web.i18n import gettext as _
from web.shapes.alerts import alert_item, count_words, kind_word

LONGEST: Final = 40


@get("/alerts", opt=only(STAFF))
async def alerts_page(frame: Framed, kind: Text = "", after: After = None) -> Template:
    """The open alerts of a kind, the oldest first."""
    page = await alerts_of(kind, after=after)
    return frame.page(
        "desk/alerts.html",
        kind=kind,
        title=kind_word(kind[:LONGEST]) or _("Alerts"),
        count=count_words(page.rows[0].alike) if page.rows else "",
        alerts=[alert_item(one, frame.times) for one in page.rows],
        following=address("/alerts", kind=kind, after=page.next) if page.next else None,
        first=address("/alerts", kind=kind) if after else None,
    )


@post("/alerts/{key:uuid}/close", opt=only(STAFF))
async def close_alert(frame: Framed, key: Key) -> Redirect:
    """Close an alert that has been seen to, and lead back to the list that it was closed in."""
    if not await standings.close_alert(key, by=frame.by, now=frame.house.clock()):
        raise TooLate(_("This alert is closed already."))
    kind = str((await frame.visit.form()).get("kind", ""))[:LONGEST]
    return onward(address("/alerts", kind=kind) if kind else "/today", "alert-closed")


ROUTES = (alerts_page, close_alert)
