"""A volunteer's own conflict check, and the file of a case that she is engaged in."""

from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound, TooLate
from core.model.clients.client import ClientField, Purpose
from core.model.states import MatchState, SeatState
from core.model.vocabulary import SeatRole
from core.queries.matches.teams import find_team
from core.services.checks import volunteers
from core.services.clients.disclosing import read_people
from web.access.roles import VOLUNTEERS, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.pages.matches.engagements import Form
from web.shapes.clients.client_file import CONTACT, file_fields, named, others, party_item

PATH = "/matches/{key:uuid}"
NAMES = f"{PATH}/names"


@post(f"{NAMES}/open", opt=only(VOLUNTEERS))
async def open_names(frame: Framed, key: Key) -> Redirect:
    """Open the names to this volunteer, for a while."""
    await volunteers.open_names(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{key}/names")


@get(NAMES, opt=only(VOLUNTEERS))
async def names_page(frame: Framed, key: Key) -> Template | Redirect:
    """The names, with the three answers. Once they are closed her match says why."""
    try:
        return await _names(frame, key)
    except TooLate:
        return onward(f"/matches/{key}")


async def _names(frame: Frame, key: UUID, *, typed: str = "", error: str = "") -> Template:
    shown = await volunteers.look_at_names(key, by=frame.by, now=frame.house.clock())
    team = await find_team(key)
    return frame.page(
        "matches/names.html",
        status=422 if error else 200,
        title=_("Do you have a conflict?"),
        ref=team.case.ref,
        path=f"/matches/{key}",
        until=frame.times.moment(shown.check.expires_at),
        left=frame.times.left(shown.check.expires_at),
        client=named(shown.client, volunteers.NAMES),
        adverse=[party_item(one) for one in shown.adverse],
        questions=shown.questions,
        typed=typed,
        error=error,
    )


@post(f"{NAMES}/clear", opt=only(VOLUNTEERS))
async def no_conflict(frame: Framed, key: Key) -> Redirect:
    """Say that there is no conflict."""
    await volunteers.declare_clear(key, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{key}", "check-clear")


@post(f"{NAMES}/conflict", opt=only(VOLUNTEERS))
async def a_conflict(frame: Framed, key: Key) -> Redirect:
    """Say that there is a conflict."""
    await volunteers.declare_conflict(key, by=frame.by, now=frame.house.clock())
    return onward("/matches", "check-conflict")


@post(f"{NAMES}/ask", opt=only(VOLUNTEERS), status_code=200)
async def ask_more(frame: Framed, key: Key, data: Form) -> Redirect | Template:
    """Ask the coordinator something first; a question without words is told beside its field."""
    now = frame.house.clock()
    try:
        check = await volunteers.ask_more(key, data.text, by=frame.by, now=now)
    except BadInput:
        try:
            return await _names(frame, key, typed=data.text, error=_("Write what you need to know."))
        except TooLate:
            return onward(f"/matches/{key}")
    return onward(f"/matches/{key}/names" if check.is_open(now) else f"/matches/{key}", "check-asked")


@get(f"{PATH}/file", opt=only(VOLUNTEERS))
async def file_page(frame: Framed, key: Key) -> Template:
    """The client's file, for whoever is engaged, as far as her seat needs it. Each look is noted."""
    team = await find_team(key)
    mine = team.seat_of(frame.by.volunteer)
    if mine is None or mine.state is not SeatState.ENGAGED or team.state is not MatchState.ENGAGED:
        raise NotFound("There is no such file, or it is not yours to see.")
    why, now = Purpose.ENGAGEMENT, frame.house.clock()
    client, parties = await read_people(team.case.id, file_fields(mine.role), purpose=why, by=frame.by, now=now)
    interprets = mine.role is SeatRole.INTERPRETER
    return frame.page(
        "matches/file.html",
        title=client.get(ClientField.NAME) or _("The client's file"),
        ref=team.case.ref,
        path=f"/matches/{key}",
        contact=named(client, CONTACT),
        facts=others(client),
        story=client.get(ClientField.STORY, ""),
        parties=[party_item(one) for one in parties],
        withheld=_("What happened, and everything else of the file, is for those who plead the case. Ask your team.")
        if interprets
        else "",
    )


ROUTES = (open_names, names_page, no_conflict, a_conflict, ask_more, file_page)
