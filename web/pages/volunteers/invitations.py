"""Invitation links of a roster, for coordinators and the bar's own staff."""

from typing import Final

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from core.errors import TooLate
from core.model.states import JoiningState
from core.services.clinic import require_roster
from core.services.volunteers.inviting import invite_members, revoke_invitation
from core.store.rosters.rosters import find_roster
from core.store.volunteers import joinings
from web.access.roles import ROSTER_KEEPERS, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.volunteers.joining import invitation_item

PATH: Final = "/rosters/{name:str}/invitations"
Name = FromPath[str]


@get(PATH, opt=only(ROSTER_KEEPERS))
async def invitations_page(frame: Framed, name: Name) -> Template:
    """The links so far, and a button for a new one."""
    return await _page(frame, name)


async def _page(frame: Frame, name: str, link: str = "") -> Template:
    require_roster(frame.by, name)
    row, found = await find_roster(name), await joinings.invitations_of(name)
    counts = await joinings.count_by_state([one.id for one in found])
    staff, house = frame.by.is_staff(), frame.house
    return frame.page(
        "joinings/invitations.html",
        title=_("Invite members to join"),
        roster={"name": row["name"], "title": row["title"]},
        link=link,
        days=house.settings.invitation_days,
        mail=house.settings.demo or any(one.needs_address for one in house.clinic.host.channels()),
        back={"label": row["title"], "href": f"/rosters/{name}"},
        invitations=[
            invitation_item(
                one,
                counts.get((one.id, str(JoiningState.VERIFIED)), 0),
                counts.get((one.id, str(JoiningState.WAITING)), 0),
                frame.times,
                staff=staff,
            )
            for one in found
        ],
    )


@post(PATH, opt=only(ROSTER_KEEPERS), status_code=201)
async def invite(frame: Framed, name: Name) -> Template:
    """Make a link and show it, this once."""
    token = await invite_members(name, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return await _page(frame, name, f"{frame.house.settings.base_url.rstrip('/')}/join/{token}")


@post(PATH + "/{key:uuid}/revoke", opt=only(ROSTER_KEEPERS))
async def revoke(frame: Framed, name: Name, key: Key) -> Redirect:
    """Take a link back at once."""
    if not await revoke_invitation(key, roster=name, by=frame.by, now=frame.house.clock()):
        raise TooLate(_("This link was revoked already."))
    return onward(f"/rosters/{name}/invitations", "invitation-revoked")


ROUTES = (invitations_page, invite, revoke)
