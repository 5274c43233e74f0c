"""Signing in and out, the start page, and a word for whoever watches over the process."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.enums import MediaType, RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.demo.asking import CODE
from core.demo.signing import SIGN_INS
from core.errors import NotAllowed
from core.model.people import Actor
from core.services.accounts import signing_in
from web.access.brake import TooManyTries
from web.access.kept_forms import packed, unpacked
from web.access.roles import ANYONE, EVERYBODY, only
from web.access.sessions import no_session, session_token
from web.access.visiting import place_of, signed_in, visitor_page
from web.addresses import Text, within
from web.frames.portal import Visit, home_of
from web.i18n import gettext as _
from web.surroundings import house_of


class Credentials(msgspec.Struct):
    """What the sign-in form sends."""

    email: str = ""
    password: str = ""
    next: str = ""
    kept: str = ""


Form = Annotated[Credentials, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/", opt=only(EVERYBODY, unverified=True))
async def start(request: Visit) -> Redirect:
    """Lead to the page that a person begins with."""
    by: Actor = request.user
    return Redirect(home_of(by), status_code=303)


@get("/sign-in", opt=only(ANYONE))
async def sign_in_page(request: Visit, next: Text = "") -> Template:  # noqa: A002 -- the name in the address
    """The form."""
    return _form(request, Credentials(next=next))


@post("/sign-in", opt=only(ANYONE), status_code=200)
async def sign_in(request: Visit, data: Form) -> Redirect | Template:
    """Open a session, with a new token each time; whatever is wrong, the answer is the same."""
    house = house_of(request.app)
    place = place_of(request)
    try:
        with house.brake.trying(data.email, place, now=house.clock()):
            token = await signing_in.sign_in(data.email, data.password, now=house.clock())
    except TooManyTries as problem:
        return _form(request, data, error=str(problem), status=429)
    except NotAllowed as problem:
        return _form(request, data, error=str(problem), status=403)
    house.brake.succeeded(data.email, place)
    return await signed_in(request, token, within(data.next), unpacked(data.kept))


@post("/sign-out", opt=only(EVERYBODY, unverified=True))
async def sign_out(request: Visit) -> Redirect:
    """End the session, here and in the database."""
    if token := session_token(request):
        await signing_in.sign_out(token)
    answer = Redirect("/sign-in", status_code=303)
    answer.set_cookie(no_session(house_of(request.app).settings))
    return answer


@get("/health", opt=only(ANYONE), media_type=MediaType.TEXT)
async def health() -> str:
    """Say that the process answers."""
    return "ok"


def _form(request: Visit, sent: Credentials, *, error: str = "", status: int = 200) -> Template:
    context: dict[str, Any] = {
        "action": "/sign-in",
        "email": sent.email,
        "error": _(error) if error else "",
        "next": sent.next,
        "kept": packed(unpacked(sent.kept)),
    }
    if house_of(request.app).settings.demo:
        context |= {"demo_accounts": SIGN_INS, "demo_code": CODE}
    return visitor_page(request, "sign_in.html", context, status=status)


ROUTES = (start, sign_in_page, sign_in, sign_out, health)
