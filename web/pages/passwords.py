"""Choosing a password with a link that was mailed. Opening the link changes nothing; sending the form uses it up."""

import asyncio
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.services.accounts.passwords import choose_password, require_password_link
from core.services.accounts.signing_in import SHORTEST_PASSWORD, hash_password
from web.access.roles import ANYONE, only
from web.access.visiting import Visit, visitor_page
from web.i18n import gettext as _
from web.surroundings import house_of


class Chosen(msgspec.Struct):
    """The password, twice."""

    password: str = ""
    again: str = ""


@get("/password/{token:str}", opt=only(ANYONE))
async def password_page(request: Visit, token: FromPath[str]) -> Template:
    """The form, where the link works."""
    await require_password_link(token, now=house_of(request.app).clock())
    return _form(request, token)


@post("/password/{token:str}", opt=only(ANYONE), status_code=200)
async def set_password(
    request: Visit, token: FromPath[str], data: Annotated[Chosen, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Template | Redirect:
    """Use the link up; sign-in is next."""
    now = house_of(request.app).clock()
    await require_password_link(token, now=now)
    if data.password != data.again:
        return _form(request, token, _("The two passwords are not the same. Write the same one twice."))
    try:
        hashed = await asyncio.to_thread(hash_password, data.password)
    except BadInput as problem:
        return _form(request, token, _(str(problem)))
    await choose_password(token, hashed, now=now)
    return Redirect("/sign-in", status_code=303)


def _form(request: Visit, token: str, error: str = "") -> Template:
    context = {"action": f"/password/{token}", "error": error, "shortest": SHORTEST_PASSWORD}
    return visitor_page(request, "password.html", context, status=422 if error else 200)


ROUTES = (password_page, set_password)
