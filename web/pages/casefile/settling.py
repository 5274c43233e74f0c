"""Pinning a volunteer to a seat of a case, ruling one out, and undoing either."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import NotEligible, WrongEntries
from core.model.states import CaseState
from core.model.vocabulary import SeatRole, seats_of
from core.services.matches import pinning
from core.services.matches.fitting import candidates_for
from core.store.cases.cases import find_case
from web.access.roles import STAFF, only
from web.addresses import Key, Text, chosen
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.pages.matches.engagements import Words
from web.shapes.cases.case_tabs import case_head
from web.shapes.cases.settled import candidate_item
from web.typed import given_back
from web.words.field import word

SHOWN: Final = 25
REASON: Final = 200
NOBODY: Final = UUID(int=0)
UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value


class Chosen(Words):
    """Whom a coordinator chose for which seat, and why; ``name`` is what the list was searched for."""

    volunteer: str = ""
    role: str = ""
    name: str = ""


Form = Annotated[Chosen, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/cases/{key:uuid}/settle", opt=only(STAFF))
async def settle_page(frame: Framed, key: Key, role: Text = "", name: Text = "", volunteer: Text = "") -> Template:
    """Choose somebody for a seat of a case, to pin her there or to rule her out."""
    return await _page(frame, key, Chosen(volunteer=volunteer, role=role, name=name), {})


async def _page(frame: Frame, key: UUID, typed: Chosen, errors: dict[str, str]) -> Template:
    case = await find_case(key)
    seats = seats_of(case.attorneys)
    seat = chosen(SeatRole, typed.role) or SeatRole.ATTORNEY
    seat = seat if seat in seats else SeatRole.ATTORNEY
    called = " ".join(typed.name.split())[:80]
    found = await candidates_for(case, seat, name=called, clinic=frame.house.clinic, now=frame.times.now)
    return frame.page(
        "casefile/settle.html",
        status=UNREADABLE if errors else 200,
        **case_head(frame, case),
        title=_("Settle a seat of %(ref)s") % {"ref": case.ref},
        seat=str(seat),
        roles=[(str(one), word(one)) for one in seats],
        name=called,
        people=[candidate_item(one) for one in found[:SHOWN]],
        volunteer=typed.volunteer,
        may_pin=case.state is CaseState.WAITLISTED,
        more=max(0, len(found) - SHOWN),
        **given_back(typed, errors),
    )


@post("/cases/{key:uuid}/pin", opt=only(STAFF), status_code=200)
async def pin(frame: Framed, key: Key, data: Form) -> Redirect | Template:
    """Pin a volunteer to a seat; what cannot be read, or what the rules do not allow, is told beside the field."""
    try:
        her, reason = _read(data)
        made = await pinning.pin_seat(
            key,
            volunteer=her,
            role=chosen(SeatRole, data.role) or SeatRole.ATTORNEY,
            reason=reason,
            clinic=frame.house.clinic,
            by=frame.by,
            now=frame.house.clock(),
        )
    except WrongEntries as problem:
        return await _page(frame, key, data, problem.errors)
    except NotEligible as problem:
        return await _page(frame, key, data, {"volunteer": str(problem)})
    return onward(f"/cases/{key}", "pinned", settled=made)


@post("/cases/{key:uuid}/forbid", opt=only(STAFF), status_code=200)
async def forbid(frame: Framed, key: Key, data: Form) -> Redirect | Template:
    """Rule a volunteer out for a case."""
    try:
        her, reason = _read(data)
        made = await pinning.forbid_pair(key, volunteer=her, reason=reason, by=frame.by, now=frame.house.clock())
    except WrongEntries as problem:
        return await _page(frame, key, data, problem.errors)
    return onward(f"/cases/{key}", "forbidden", settled=made)


def _read(data: Chosen) -> tuple[UUID, str]:
    """Who is meant, and why; WrongEntries tells what is missing of the two."""
    errors: dict[str, str] = {}
    reason = " ".join(data.text.split())[:REASON]
    if not reason:
        errors["text"] = _("Write in a few words why.")
    try:
        her = UUID(data.volunteer)
    except ValueError:
        her, errors = NOBODY, {"volunteer": _("Nobody was chosen. Choose a volunteer first."), **errors}
    if errors:
        raise WrongEntries(errors)
    return her, reason


@post("/settled/{key:uuid}/lift", opt=only(STAFF))
async def lift(frame: Framed, key: Key) -> Redirect:
    """Undo a pin or a forbid."""
    case = await pinning.lift_settled(key, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{case}", "lifted")


ROUTES = (settle_page, pin, forbid, lift)
