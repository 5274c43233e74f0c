"""Who and what may bring a roster up to date: the bar's staff, and tokens for its programs."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from core.errors import BadInput, Contradicts, TooLate
from core.services.clinic import require_roster
from core.services.rosters import partners, tokens
from core.store.rosters.rosters import find_roster
from web.access.roles import ROSTER_KEEPERS, STAFF, only
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.rosters import access as shapes
from web.shapes.rosters.listing import roster_path
from web.typed import given_back

Name = FromPath[str]
CODE = RequestEncodingType.URL_ENCODED


class Invited(msgspec.Struct):
    """Somebody of the bar's staff."""

    email: str = ""
    name: str = ""


class NewToken(msgspec.Struct):
    """A token to be made."""

    label: str = ""
    days: str = str(tokens.DAYS)


class OfOne(msgspec.Struct):
    """The account or the token that a button is about."""

    key: UUID


@get("/rosters/{name:str}/access", opt=only(ROSTER_KEEPERS))
async def access_page(frame: Framed, name: Name) -> Template:
    """The bar's staff and its tokens."""
    return await _page(frame, name)


async def _page(frame: Frame, name: str, status: int = 200, *, secret: str = "", **forms: dict[str, Any]) -> Template:
    require_roster(frame.by, name)
    roster = await find_roster(name)
    path = roster_path(name)
    return frame.page(
        "rosters/access.html",
        status=status,
        title=_("Who may bring %(roster)s up to date") % {"roster": roster["title"]},
        back={"label": roster["title"], "href": path},
        path=path,
        address=f"{frame.house.settings.base_url.rstrip('/')}/api/v1{path}/entries",
        staff=frame.by.is_staff(),
        partners=[
            shapes.partner_item(one, frame.times, staff=frame.by.is_staff())
            for one in await partners.partners_of(name, by=frame.by)
        ],
        tokens=[shapes.token_item(one, frame.times) for one in await tokens.tokens_of(name, by=frame.by)],
        secret=secret,
        inviting=forms.get("inviting", given_back(Invited(), {})),
        making=forms.get("making", given_back(NewToken(), {})),
    )


@post("/rosters/{name:str}/partners", opt=only(STAFF))
async def invite(frame: Framed, name: Name, data: Annotated[Invited, Body(media_type=CODE)]) -> Template | Redirect:
    """Let somebody of the bar's staff keep the roster."""
    try:
        await partners.give_access(name, email=data.email, name=data.name, by=frame.by, now=frame.house.clock())
    except (BadInput, Contradicts, TooLate) as problem:
        refused = given_back(data, {}, str(problem))
        return await _page(frame, name, HTTPStatus.UNPROCESSABLE_ENTITY.value, inviting=refused)
    return onward(f"{roster_path(name)}/access", "access-given")


@post("/rosters/{name:str}/partners/link", opt=only(STAFF))
async def send_again(frame: Framed, name: Name, data: Annotated[OfOne, Body(media_type=CODE)]) -> Redirect:
    """Mail a new link to somebody who has not chosen a password yet."""
    await partners.send_link_again(name, data.key, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/access", "link-sent")


@post("/rosters/{name:str}/partners/remove", opt=only(STAFF))
async def remove(frame: Framed, name: Name, data: Annotated[OfOne, Body(media_type=CODE)]) -> Redirect:
    """Take somebody's access back."""
    await partners.take_access(name, data.key, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/access", "access-taken")


@post("/rosters/{name:str}/tokens", opt=only(ROSTER_KEEPERS), status_code=200)
async def make_token(frame: Framed, name: Name, data: Annotated[NewToken, Body(media_type=CODE)]) -> Template:
    """Make a token and show it, this once."""
    try:
        days = int(data.days) if data.days.strip().isdecimal() else 0
        secret = await tokens.make_token(name, label=data.label, days=days, by=frame.by, now=frame.house.clock())
    except BadInput as problem:
        refused = given_back(data, {}, str(problem))
        return await _page(frame, name, HTTPStatus.UNPROCESSABLE_ENTITY.value, making=refused)
    return await _page(frame, name, secret=secret)


@post("/rosters/{name:str}/tokens/revoke", opt=only(ROSTER_KEEPERS))
async def revoke_token(frame: Framed, name: Name, data: Annotated[OfOne, Body(media_type=CODE)]) -> Redirect:
    """Revoke a token."""
    await tokens.revoke_token(name, data.key, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/access", "token-revoked")


ROUTES = (access_page, invite, send_again, remove, make_token, revoke_token)
