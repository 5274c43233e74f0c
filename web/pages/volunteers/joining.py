"""Joining, for whoever has a bar's link: who you are, then by the link in a mail password, profile and terms."""

import asyncio
from http import HTTPStatus
from typing import Annotated, Any, Final

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound, TooLate, WrongEntries
from core.model.rosters.entries import LONGEST
from core.model.states import JoiningState
from core.model.volunteers.joining import Asked, Invitation, Joining
from core.model.volunteers.profile import Profile
from core.model.volunteers.terms import Terms, require_current, terms_in
from core.services.accounts import signing_in
from core.services.volunteers import profiles
from core.services.volunteers.inviting import find_invitation
from core.services.volunteers.joining import ask_to_join, complete_joining, find_link, profile_to_begin_with
from core.store.accounts import open_session
from web.access.brake import TooManyTries
from web.access.roles import ANYONE, only
from web.access.visiting import Visit, place_of, signed_in, visitor_page
from web.addresses import Text
from web.i18n import gettext as _
from web.i18n import locale
from web.shapes.volunteers.joining import terms_item
from web.shapes.volunteers.profile import Fields, fields_of, form_of, typed_fields
from web.shapes.volunteers.profile_reading import read_profile
from web.surroundings import House, house_of
from web.typed import given_back
from web.words.field import marked as _n

UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value
GONE: Final = _n("This link does not work any more")
Token = FromPath[str]


class Said(msgspec.Struct):
    """What the first form sends."""

    number: str = ""
    name: str = ""
    email: str = ""


SaidForm = Annotated[Said, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/join/{token:str}", opt=only(ANYONE))
async def join_page(request: Visit, token: Token) -> Template:
    """The first form, or why the link opens nothing."""
    return await _first(request, token, given_back(Said(), {}))


async def _first(request: Visit, token: str, form: dict[str, Any], status: int = 200) -> Template:
    invitation = await find_invitation(token)
    if invitation is None or not invitation.is_open(house_of(request.app).clock()):
        return _closed(request, *_why(invitation))
    context = {"title": _("Join as a volunteer"), "bar": invitation.title, "action": f"/join/{token}"}
    return visitor_page(request, "join/ask.html", context | form, status=status)


def _why(invitation: Invitation | None) -> tuple[str, str]:
    if invitation is None:
        return _("This link is not one of ours"), _(
            "Perhaps a part of it was lost on the way. Copy it once more, whole."
        )
    if invitation.revoked_at is not None:
        return _("This invitation was taken back"), _(
            "Your bar, or the programme, has ended it. Ask your bar for a new one."
        )
    return _("This invitation is over"), _("It stood for some weeks, which have passed. Ask your bar for a new one.")


def _closed(request: Visit, title: str, advice: str) -> Template:
    context = {"title": title, "advice": advice}
    return visitor_page(request, "join/closed.html", context, status=HTTPStatus.GONE.value)


@post("/join/{token:str}", opt=only(ANYONE), status_code=200)
async def join(request: Visit, token: Token, data: SaidForm) -> Template:
    """Send a link to the address; the answer is the same whoever is known to us."""
    house = house_of(request.app)
    asked = Asked(" ".join(data.number.split()), " ".join(data.name.split()), data.email.strip().casefold())
    if errors := _errors(asked):
        return await _first(request, token, given_back(data, errors), UNREADABLE)
    try:
        _brake(house, asked.email, place_of(request))
        await ask_to_join(token, asked, clinic=house.clinic, now=house.clock())
    except TooManyTries as problem:
        return await _first(request, token, given_back(data, {}, _(str(problem))), HTTPStatus.TOO_MANY_REQUESTS.value)
    except (NotFound, TooLate):
        return await _first(request, token, given_back(data, {}))
    hours = house.settings.joining_hours
    context = {"title": _("Look into your mail"), "email": asked.email, "hours": hours, "again": f"/join/{token}"}
    return visitor_page(request, "join/sent.html", context)


def _errors(asked: Asked) -> dict[str, str]:
    told = {
        "number": _("Write the number that your bar gave you."),
        "name": _("Write your name as your bar has it."),
        "email": _("Write an e-mail address such as name@example.org."),
    }
    wrong = [name for name in told if not 0 < len(getattr(asked, name)) <= LONGEST[name]]
    if "email" not in wrong and ("@" not in asked.email.strip("@") or " " in asked.email):
        wrong.append("email")
    return {name: told[name] for name in told if name in wrong}


def _brake(house: House, email: str, place: str) -> None:
    """Count this try against the place, and against the address wherever the tries come from."""
    for where in (place, email):
        house.joining_brake.check(email, where, now=house.clock())
        house.joining_brake.failed(email, where, now=house.clock())


@get("/join/confirm/{token:str}", opt=only(ANYONE))
async def confirm_page(request: Visit, token: Token, language: Text = "") -> Template:
    """Password, profile and terms. Opening it changes nothing; the link is used up by the button."""
    try:
        joining = await find_link(token, now=house_of(request.app).clock())
    except TooLate as problem:
        return _closed(request, _(GONE), _(str(problem)))
    fields = fields_of(await profile_to_begin_with(joining))
    return _second(request, token, joining, fields, terms_in(language or locale()), {})


def _second(
    request: Visit,
    token: str,
    joining: Joining,
    fields: Fields,
    terms: Terms,
    errors: dict[str, str],
    refused: str = "",
) -> Template:
    here = f"/join/confirm/{token}"
    other = ("es", "Léalo en español") if terms.language == "en" else ("en", "Read it in English")
    context = {
        "title": _("Welcome, %(name)s") % {"name": joining.asked.name},
        "bar": joining.invitation.title,
        "action": here,
        "email": joining.asked.email,
        "form": form_of(fields),
        "terms": terms_item(terms),
        "other": {"language": other[0], "label": other[1], "href": f"{here}?language={other[0]}#terms"},
        "shortest": signing_in.SHORTEST_PASSWORD,
    } | given_back(fields, errors, refused)
    return visitor_page(request, "join/confirm.html", context, status=UNREADABLE if errors or refused else 200)


@post("/join/confirm/{token:str}", opt=only(ANYONE), status_code=200)
async def confirm(request: Visit, token: Token) -> Redirect | Template:
    """Use the link up: she is a volunteer, or waits for a person, and is signed in where she has an account."""
    house = house_of(request.app)
    form = await request.form()
    fields, terms = typed_fields(form), terms_in(str(form.get("terms_language", "")))
    try:
        joining = await find_link(token, now=house.clock())
    except TooLate as problem:
        return _closed(request, _(GONE), _(str(problem)))
    try:
        profile, password = await _read(form, fields)
        done = await complete_joining(
            token,
            password_hash=password,
            terms=require_current(str(form.get("terms_version", "")), terms.language),
            profile=profile,
            now=house.clock(),
        )
    except WrongEntries as problem:
        return _second(request, token, joining, fields, terms, problem.errors)
    except BadInput as problem:
        return _second(request, token, joining, fields, terms, {}, _(str(problem)))
    except TooLate as problem:
        return _closed(request, _(GONE), _(str(problem)))
    return await _arrived(request, done)


async def _read(form: Any, fields: Fields) -> tuple[Profile, str]:
    """The profile and the hash of the password; WrongEntries for everything that is not right, in the page's order."""
    errors: dict[str, str] = {}
    password = str(form.get("password", ""))
    if len(password) < signing_in.SHORTEST_PASSWORD:
        said = _("A password needs at least %(num)s characters. A few words together do well.")
        errors["password"] = said % {"num": signing_in.SHORTEST_PASSWORD}
    profile = Profile()
    try:
        profile = read_profile(fields)
        profiles.require_sound_profile(profile)
    except WrongEntries as problem:
        errors |= problem.errors
    if not form.get("accepted"):
        errors["accepted"] = _("Please read what you and the programme promise each other, and say that you accept it.")
    if errors:
        raise WrongEntries(errors)
    return profile, await asyncio.to_thread(signing_in.hash_password, password)


async def _arrived(request: Visit, done: Joining) -> Redirect | Template:
    if done.account is None:
        context = {"title": _("Thank you. A coordinator looks at it next"), "email": done.asked.email}
        return visitor_page(request, "join/held.html", context)
    token = await open_session(done.account, now=house_of(request.app).clock())
    path = "/cases?done=joined" if done.state is JoiningState.VERIFIED else "/welcome"
    return await signed_in(request, token, path)


@get("/terms", opt=only(ANYONE))
async def terms_page(request: Visit, language: Text = "") -> Template:
    """What volunteers and the programme promise each other, for whoever wants to read it."""
    terms = terms_in(language or locale())
    other = ("es", "Léalo en español") if terms.language == "en" else ("en", "Read it in English")
    link = {"language": other[0], "label": other[1], "href": f"/terms?language={other[0]}"}
    context = {"title": _("What we promise each other"), "terms": terms_item(terms), "other": link}
    return visitor_page(request, "join/terms.html", context)


ROUTES = (join_page, join, confirm_page, confirm, terms_page)
