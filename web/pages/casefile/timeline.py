"""The timeline of a case: what is ahead, and everything that happened, part by part."""

from typing import Final

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

from core.queries.cases.timeline import About, last_reached, timeline_of
from core.queries.tasks import open_tasks_of
from core.store.cases.cases import find_case
from web.access.roles import STAFF, only
from web.addresses import Key, Text, address, chosen
from web.frames.portal import Frame, Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.case_tabs import case_head
from web.shapes.cases.casework import task_line
from web.shapes.cases.timeline import about_choices, where_to_read
from web.shapes.records import history

FIRST: Final = 8
"""How many of the tasks ahead are shown."""


@get("/cases/{key:uuid}/timeline", opt=only(STAFF))
async def timeline_page(frame: Framed, key: Key, about: Text = "", before: FromQuery[int | None] = None) -> Template:
    """Everything that happened to a case, told by codes: no word of the client is opened for it."""
    case, asked = await find_case(key), chosen(About, about) or About.DONE
    page = await timeline_of(key, asked, before=before)
    path = f"/cases/{key}/timeline"
    return frame.page(
        "casefile/timeline.html",
        **case_head(frame, case),
        title=await _title(frame, key),
        choices=about_choices(key, asked),
        events=[
            item | {"href": where_to_read(event, key)} for event in page.rows for item in history([event], frame.times)
        ],
        tasks=[task_line(one, frame.times) for one in await open_tasks_of(key, FIRST)],
        following=address(path, about=asked, before=page.next) if page.next else None,
        first=address(path, about=asked) if before else None,
    )


async def _title(frame: Frame, key: Key) -> str:
    """How long ago somebody spoke with the client: what nobody sees in a list of events."""
    last = await last_reached(key)
    if last is None:
        return _("No talk with the client is noted")
    days = (frame.times.now - last).days
    if days < 1:
        return _("The client was reached today")
    return ngettext(
        "The client was last reached %(num)s day ago", "The client was last reached %(num)s days ago", days
    ) % {"num": days}


ROUTES = (timeline_page,)
