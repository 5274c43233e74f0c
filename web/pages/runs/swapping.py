"""Swapping a seat of a proposed team: who else could have it, how much worse that would be, and why others cannot."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import NotEligible, WrongEntries
from core.model.states import ProposalState
from core.queries.matches.seats import NamedSeat
from core.queries.runs.board import Proposed, proposal
from core.queries.runs.settled import pinned_seats
from core.services.matches import swapping
from web.access.roles import STAFF, only
from web.addresses import Key, Text
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.full import title_of, urgency_item
from web.shapes.runs import swaps as shapes
from web.shapes.runs.teams import can_be_swapped
from web.typed import given_back

SHOWN: Final = 25
OTHERS: Final = 15
REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value


class Chosen(msgspec.Struct):
    """Whose seat goes to whom."""

    seat: str = ""
    volunteer: str = ""
    name: str = ""


Form = Annotated[Chosen, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/proposals/{key:uuid}/swap", opt=only(STAFF))
async def swap_page(frame: Framed, key: Key, seat: Text = "", name: Text = "") -> Template:
    """Choose a seat of a proposed team, and who should have it."""
    return await _page(frame, key, Chosen(seat=seat, name=name), {})


async def _page(frame: Frame, key: UUID, typed: Chosen, errors: dict[str, str]) -> Template:
    found = await proposal(key)
    seats = can_be_swapped(found, await pinned_seats([found.case.id])) if found.state is ProposalState.OPEN else []
    seat = next((one for one in seats if str(one.id) == typed.seat), seats[0] if seats else None)
    called = " ".join(typed.name.split())[:80]
    names = {str(one.id): one.name for one in found.seats}
    choices = await _choices(frame, found, seat, called)
    able, others = [one for one in choices if one.allowed], [one for one in choices if not one.allowed]
    return frame.page(
        "runs/swap.html",
        status=REFUSED if errors else 200,
        proposal=found,
        case=found.case,
        title=_("Swap a seat of %(ref)s") % {"ref": found.case.ref},
        about=title_of(found.case.practice_area, found.case.relief, found.case.posture),
        mark=urgency_item(found.case, frame.times),
        seats=shapes.seat_options(seats),
        seat=seat,
        name=called,
        able=[shapes.choice_item(one, seat, names) for one in able[:SHOWN]] if seat else [],
        others=[shapes.choice_item(one, seat, names) for one in others[:OTHERS]] if seat else [],
        more=max(0, len(able) - SHOWN),
        others_count=len(others),
        **given_back(typed, errors),
    )


async def _choices(frame: Frame, found: Proposed, seat: NamedSeat | None, called: str) -> tuple[swapping.Choice, ...]:
    if seat is None:
        return ()
    return await swapping.choices_for(found.id, seat.id, name=called, clinic=frame.house.clinic, now=frame.times.now)


@post("/proposals/{key:uuid}/swap", opt=only(STAFF), status_code=200)
async def swap(frame: Framed, key: Key, data: Form, seat: Text = "", volunteer: Text = "") -> Redirect | Template:
    """Give a seat to somebody else. An undo names both in the address; a form sends them."""
    typed = Chosen(seat=data.seat or seat, volunteer=data.volunteer or volunteer, name=data.name)
    try:
        went = _key(typed.seat, "seat", _("Choose the seat that changes hands."))
        came = _key(typed.volunteer, "volunteer", _("Nobody was chosen. Choose a volunteer first."))
        made = await swapping.swap_seat(
            key, leaver=went, newcomer=came, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock()
        )
    except WrongEntries as problem:
        return await _page(frame, key, typed, problem.errors)
    except NotEligible as problem:
        return await _page(frame, key, typed, {"volunteer": str(problem)})
    return onward(f"/proposals/{key}", "swapped-full" if made.overbooked else "swapped", went=went, came=came)


def _key(text: str, name: str, said: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise WrongEntries({name: said}) from problem


ROUTES = (swap_page, swap)
