"""Who of a roster may be a volunteer: a coordinator confirms, or takes that back."""

from typing import Annotated, Any, Final

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from core.model.people import Volunteer
from core.queries.rosters.lists import PossibleMember, confirmed_members, possible_members
from core.services.clinic import require_roster
from core.services.rosters.members import confirm_member, deny_member, separate_member
from core.store.volunteers.volunteers import volunteers_by_ref
from web.access.roles import STAFF, only
from web.frames.portal import Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.pages.rosters.listing import found_roster
from web.shapes.rosters.listing import roster_path
from web.words.field import tone, word

Name = FromPath[str]
SHOWN: Final = 100


class Pair(msgspec.Struct):
    """A member by her number, and a volunteer by her reference."""

    number: str = ""
    volunteer: str = ""


PairForm = Annotated[Pair, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/rosters/{name:str}/members", opt=only(STAFF))
async def possible_page(frame: Framed, name: Name) -> Template:
    """Members who may be volunteers, the likeliest first, and those who were confirmed."""
    roster = await found_roster(frame, name)
    found = await possible_members(name) if roster.known else ()
    people = await volunteers_by_ref({one.suggestion.volunteer for one in found[:SHOWN]}) if found else {}
    n = len(found)
    title = ngettext("%(num)s member may be a volunteer", "%(num)s members may be volunteers", n) % {"num": n}
    return frame.page(
        "rosters/members.html",
        title=title if n else _("No other member looks like a volunteer"),
        back={"label": roster.title, "href": roster_path(name)},
        path=roster_path(name),
        possible=[_item(one, people[one.suggestion.volunteer]) for one in found[:SHOWN]],
        further=max(0, n - SHOWN),
        confirmed=await confirmed_members(name) if roster.known else (),
    )


def _item(one: PossibleMember, person: Volunteer) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "standing": word(one.standing),
        "tone": tone(one.standing),
        "volunteer": person.ref,
        "called": person.name,
        "href": f"/volunteers/{person.id}",
        "reasons": one.suggestion.reasons,
    }


@post("/rosters/{name:str}/members/confirm", opt=only(STAFF))
async def confirm(frame: Framed, name: Name, data: PairForm) -> Redirect:
    """Confirm that a volunteer is a member."""
    require_roster(frame.by, name)
    await confirm_member(name, data.number, data.volunteer, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/members", "member-confirmed")


@post("/rosters/{name:str}/members/two-persons", opt=only(STAFF))
async def two_persons(frame: Framed, name: Name, data: PairForm) -> Redirect:
    """Note that a member is not the volunteer whom she looks like."""
    require_roster(frame.by, name)
    await deny_member(name, data.number, data.volunteer, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/members", "member-denied")


@post("/rosters/{name:str}/members/separate", opt=only(STAFF))
async def separate(frame: Framed, name: Name, data: PairForm) -> Redirect:
    """Take back that a volunteer is a member."""
    require_roster(frame.by, name)
    await separate_member(name, data.number, data.volunteer, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/members", "member-separated")


ROUTES = (possible_page, confirm, two_persons, separate)
