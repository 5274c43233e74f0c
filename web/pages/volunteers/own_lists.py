"""For conflict checks: whom a volunteer and her firm work for or represent, written by herself or by staff."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound
from core.model.conflicts.hits import Relation
from core.services.conflicts.own_lists import list_name, read_list, unlist_name
from core.store.volunteers.volunteers import find_volunteer
from web.access.roles import STAFF, VOLUNTEERS, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.words.conflicts import RELATIONS

MINE, HERS = "/profile/conflicts", "/volunteers/{key:uuid}/conflicts"


class OneName(msgspec.Struct):
    """A name for the list; ``kind`` is empty for a person."""

    name: str = ""
    relation: str = ""
    kind: str = ""


NOTHING: Final = OneName(relation=str(Relation.CLIENT))
NO_ERRORS: Final[dict[str, str]] = {}
OneNameForm = Annotated[OneName, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(MINE, opt=only(VOLUNTEERS))
async def my_list_page(frame: Framed) -> Template:
    """Her own list."""
    return await _page(frame, _herself(frame), MINE)


@get(HERS, opt=only(STAFF))
async def her_list_page(frame: Framed, key: Key) -> Template:
    """A volunteer's list, as staff reads it; that is noted in her history."""
    return await _page(frame, key, f"/volunteers/{key}/conflicts")


async def _page(
    frame: Frame, volunteer: UUID, action: str, *, typed: OneName = NOTHING, errors: dict[str, str] = NO_ERRORS
) -> Template:
    person = await find_volunteer(volunteer)
    mine = frame.by.volunteer == volunteer and action == MINE
    listed = await read_list(volunteer, by=frame.by, now=frame.house.clock())
    hers = _("Whom %(name)s must not act against") % {"name": person.name}
    back = (_("Your profile"), "/profile") if mine else (person.name, f"/volunteers/{person.id}")
    return frame.page(
        "profile/conflicts.html",
        status=422 if errors else 200,
        typed=typed,
        errors=errors,
        title=_("Whom you must not act against") if mine else hers,
        back=dict(zip(("label", "href"), back, strict=True)),
        mine=mine,
        firm=person.firm,
        action=action,
        listed=[{"id": one.id, "name": one.name, "relation": _(RELATIONS[one.relation])} for one in listed],
        relations=[(str(relation), _(words)) for relation, words in RELATIONS.items()],
    )


@post(MINE, opt=only(VOLUNTEERS), status_code=200)
async def put_on_mine(frame: Framed, data: OneNameForm) -> Redirect | Template:
    """Put a name on her own list; a refusal stands beside the name."""
    return await _put(frame, _herself(frame), data, MINE)


@post(HERS, opt=only(STAFF), status_code=200)
async def put_on_hers(frame: Framed, key: Key, data: OneNameForm) -> Redirect | Template:
    """Put a name on a volunteer's list; a refusal stands beside the name."""
    return await _put(frame, key, data, f"/volunteers/{key}/conflicts")


async def _put(frame: Frame, volunteer: UUID, data: OneName, path: str) -> Redirect | Template:
    if data.relation not in list(Relation):
        raise BadInput(_("Say what this person or organisation is to the volunteer."))
    try:
        await list_name(
            volunteer,
            data.name,
            relation=Relation(data.relation),
            is_organisation=bool(data.kind),
            by=frame.by,
            now=frame.house.clock(),
        )
    except BadInput:
        refused = _("Write the name of a person or an organisation that is not on the list yet. Nothing was changed.")
        return await _page(frame, volunteer, path, typed=data, errors={"name": refused})
    return onward(path, "name-listed")


@post(f"{MINE}/{{listed:uuid}}/remove", opt=only(VOLUNTEERS))
async def take_off_mine(frame: Framed, listed: Key) -> Redirect:
    """Take a name off her own list."""
    await unlist_name(_herself(frame), listed, by=frame.by, now=frame.house.clock())
    return onward(MINE, "name-unlisted")


@post(f"{HERS}/{{listed:uuid}}/remove", opt=only(STAFF))
async def take_off_hers(frame: Framed, key: Key, listed: Key) -> Redirect:
    """Take a name off a volunteer's list."""
    await unlist_name(key, listed, by=frame.by, now=frame.house.clock())
    return onward(f"/volunteers/{key}/conflicts", "name-unlisted")


def _herself(frame: Frame) -> UUID:
    if frame.by.volunteer is None:
        raise NotFound(_("This list is a volunteer’s."))
    return frame.by.volunteer


ROUTES = (my_list_page, her_list_page, put_on_mine, put_on_hers, take_off_mine, take_off_hers)
