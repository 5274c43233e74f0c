"""Organisations on the other side of a case: read by staff, each look noted; who works for one is kept off the case."""

from litestar import get, post
from litestar.response import Redirect, Template

from core.services.conflicts import add_organisation, kept_off, read_organisations, remove_organisation
from core.store.cases import find_case
from core.store.volunteers import volunteers_by_id
from web.access import STAFF, only
from web.addresses import Key
from web.frame import Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.pages.engagements import Form
from web.shapes.case_tabs import case_tabs

PATH = "/cases/{key:uuid}/other-side"


@get(PATH, opt=only(STAFF))
async def other_side_page(frame: Framed, key: Key) -> Template:
    """The organisations by name, and whom they keep off. That somebody looked goes into the history."""
    case = await find_case(key)
    found = await read_organisations(key, by=frame.by, now=frame.house.clock())
    people = await volunteers_by_id(await kept_off(key)) if found else {}
    return frame.page(
        "coordinator/other_side.html",
        tabs=case_tabs(frame, key),
        title=_title(len(found)),
        case=case,
        organisations=found,
        people=sorted(people.values(), key=lambda one: one.name),
    )


def _title(count: int) -> str:
    if not count:
        return _("Nobody is noted on the other side")
    said = ngettext("%(num)s organisation on the other side", "%(num)s organisations on the other side", count)
    return said % {"num": count}


@post(PATH, opt=only(STAFF))
async def note_organisation(frame: Framed, key: Key, data: Form) -> Redirect:
    """Note one more."""
    await add_organisation(key, data.text, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/other-side", "opposing-added")


@post(f"{PATH}/{{organisation:uuid}}/remove", opt=only(STAFF))
async def take_back_organisation(frame: Framed, key: Key, organisation: Key) -> Redirect:
    """Take one back."""
    await remove_organisation(key, organisation, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/other-side", "opposing-removed")


ROUTES = (other_side_page, note_organisation, take_back_organisation)
