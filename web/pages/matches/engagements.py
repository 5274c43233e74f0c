"""What a coordinator does with a match: undo, clear conflicts, engage, end, close."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from core.errors import BadInput
from core.services.matches import approval, engagement
from core.store.matches.teams import find_match, find_seat
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Framed, Visit, onward
from web.i18n import gettext as _

HOURS: Final = "hours-"


class Words(msgspec.Struct):
    """A reason or an outcome in the coordinator's words."""

    text: str = ""


Form = Annotated[Words, Body(media_type=RequestEncodingType.URL_ENCODED)]


def written(data: Words, most: int) -> str:
    """What was written; BadInput when nothing was."""
    text = " ".join(data.text.split())[:most]
    if not text:
        raise BadInput(_("A few words are needed here: the reason or the outcome."))
    return text


def hours_in(form: Mapping[str, Any]) -> dict[UUID, float]:
    """The hours by seat out of fields such as hours-0193...; BadInput for what is no number."""
    given = {name.removeprefix(HOURS): str(value).strip() for name, value in form.items() if name.startswith(HOURS)}
    try:
        return {UUID(seat): float(said.replace(",", ".")) for seat, said in given.items() if said}
    except ValueError as problem:
        raise BadInput(_("Write hours as a number, such as 42 or 7.5.")) from problem


@post("/matches/{key:uuid}/undo", opt=only(STAFF))
async def undo(frame: Framed, key: Key) -> Redirect:
    """Undo an approval."""
    await approval.undo_approval(key, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{key}", "undone")


@post("/matches/{key:uuid}/clear", opt=only(STAFF))
async def clear(frame: Framed, key: Key) -> Redirect:
    """Note that nobody on the team has a conflict."""
    await engagement.clear_conflicts(key, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{key}", "cleared")


@post("/matches/{key:uuid}/engage", opt=only(STAFF))
async def engage(frame: Framed, key: Key) -> Redirect:
    """Begin the engagement."""
    await engagement.engage_match(key, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{key}", "engaged")


@post("/matches/{key:uuid}/end", opt=only(STAFF))
async def end(frame: Framed, key: Key, data: Form) -> Redirect:
    """End a match with a reason; the case waits again."""
    reason = written(data, 200)
    await engagement.end_engagement(key, reason=reason, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{key}", "ended")


@post("/matches/{key:uuid}/close", opt=only(STAFF))
async def close(frame: Framed, key: Key, data: Form, request: Visit) -> Redirect:
    """Close the case of an engaged match with its outcome, and the hours that everybody gave where they are known."""
    outcome = written(data, 60)
    match = await find_match(key)
    hours = hours_in(await request.form())
    await engagement.close_case(match.case, outcome=outcome, hours=hours, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{key}", "closed")


@post("/seats/{key:uuid}/conflict", opt=only(STAFF))
async def conflict(frame: Framed, key: Key) -> Redirect:
    """Note that somebody on the team has a conflict."""
    seat = await find_seat(key)
    await engagement.report_conflict(key, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{seat.match}", "conflict")


ROUTES = (undo, clear, engage, end, close, conflict)
