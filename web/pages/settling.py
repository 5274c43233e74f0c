"""Pinning a volunteer to a seat of a case, ruling one out, and undoing either."""

from typing import Annotated, Final
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.model.states import CaseState
from core.model.vocabulary import SeatRole, seats_of
from core.services import pinning
from core.services.fitting import candidates_for
from core.store.cases import find_case
from web.access import STAFF, only
from web.addresses import Key, Text, chosen
from web.frame import Framed, onward
from web.i18n import gettext as _
from web.pages.engagements import Words, written
from web.shapes.cases import title_of, urgency_item
from web.shapes.settled import candidate_item
from web.words import word

SHOWN: Final = 25
REASON: Final = 200


class Chosen(Words):
    """Whom a coordinator chose for which seat, and why."""

    volunteer: str = ""
    role: str = ""


Form = Annotated[Chosen, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/cases/{key:uuid}/settle", opt=only(STAFF))
async def settle_page(frame: Framed, key: Key, role: Text = "", name: Text = "", volunteer: Text = "") -> Template:
    """Choose somebody for a seat of a case, to pin her there or to rule her out."""
    case = await find_case(key)
    seats = seats_of(case.attorneys)
    seat = chosen(SeatRole, role) or SeatRole.ATTORNEY
    seat = seat if seat in seats else SeatRole.ATTORNEY
    called = " ".join(name.split())[:80]
    found = await candidates_for(case, seat, name=called, clinic=frame.house.clinic, now=frame.times.now)
    return frame.page(
        "coordinator/settle.html",
        case=case,
        title=_("Settle a seat of %(ref)s") % {"ref": case.ref},
        about=title_of(case.practice_area, case.relief, case.posture),
        mark=urgency_item(case, frame.times),
        seat=str(seat),
        roles=[(str(one), word(one)) for one in seats],
        name=called,
        people=[candidate_item(one) for one in found[:SHOWN]],
        volunteer=volunteer,
        may_pin=case.state is CaseState.WAITLISTED,
        more=max(0, len(found) - SHOWN),
    )


@post("/cases/{key:uuid}/pin", opt=only(STAFF))
async def pin(frame: Framed, key: Key, data: Form) -> Redirect:
    """Pin a volunteer to a seat."""
    made = await pinning.pin_seat(
        key,
        volunteer=_volunteer(data),
        role=chosen(SeatRole, data.role) or SeatRole.ATTORNEY,
        reason=written(data, REASON),
        clinic=frame.house.clinic,
        by=frame.by,
        now=frame.house.clock(),
    )
    return onward(f"/cases/{key}", "pinned", settled=made)


@post("/cases/{key:uuid}/forbid", opt=only(STAFF))
async def forbid(frame: Framed, key: Key, data: Form) -> Redirect:
    """Rule a volunteer out for a case."""
    her, reason = _volunteer(data), written(data, REASON)
    made = await pinning.forbid_pair(key, volunteer=her, reason=reason, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}", "forbidden", settled=made)


def _volunteer(data: Chosen) -> UUID:
    try:
        return UUID(data.volunteer)
    except ValueError as problem:
        raise BadInput(_("Nobody was chosen. Choose a volunteer first.")) from problem


@post("/settled/{key:uuid}/lift", opt=only(STAFF))
async def lift(frame: Framed, key: Key) -> Redirect:
    """Undo a pin or a forbid."""
    case = await pinning.lift_settled(key, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{case}", "lifted")


ROUTES = (settle_page, pin, forbid, lift)
