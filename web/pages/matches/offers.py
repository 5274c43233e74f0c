"""Offers to a volunteer, and her answer; a coordinator may record one that was given by phone."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput, TooLate
from core.model.listings.attributes import Attribute
from core.model.states import OfferState
from core.model.vocabulary import DeclineReason, SeatRole
from core.queries.matches.offers import Offered, find_offered, offers_to
from core.queries.matches.seats import TeamSeat
from core.services.matches import responding
from core.services.rosters import standings
from web.access.roles import CLINIC, STAFF, VOLUNTEERS, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.listings import (
    interpreting_facts,
    listing_facts,
    listing_item,
    title_of_listing,
    urgency_of_listing,
)
from web.shapes.clients.stages import stage_steps
from web.shapes.runs.teams import legs_of, team_seats
from web.words.field import options, tone, word
from web.words.times import Times

WAITING: Final = (OfferState.OPEN, OfferState.FROZEN)
"""Offers that are not over: what is urgent about a case is a volunteer's affair only so long."""


class Declined(msgspec.Struct):
    """Why a volunteer says no."""

    reason: DeclineReason
    note: str = ""


@get("/offers", opt=only(VOLUNTEERS))
async def offers_page(frame: Framed) -> Template:
    """What is offered to this volunteer, and what became of earlier offers."""
    mine = await offers_to(frame.by.volunteer, today=frame.times.today) if frame.by.volunteer else ()
    waiting = [one for one in mine if one.state in WAITING]
    earlier = [one for one in mine if one not in waiting]
    return frame.page(
        "offers/list.html",
        title=_list_title(sum(one.state is OfferState.OPEN for one in waiting)),
        waiting=[_offer_item(one, frame.times) for one in waiting],
        earlier=[_offer_item(one, frame.times) for one in earlier],
    )


def _list_title(n: int) -> str:
    if not n:
        return _("No offer waits for your answer")
    return ngettext("%(num)s offer waits for your answer", "%(num)s offers wait for your answer", n) % {"num": n}


def _offer_item(offer: Offered, times: Times) -> dict[str, Any]:
    item = listing_item(offer.listing)
    item["href"] = f"/offers/{offer.id}"
    if offer.state not in WAITING:
        item |= {"urgency": None, "tags": []}
    item["tags"].append({"label": word(offer.state), "tone": tone(offer.state)})
    if offer.state is OfferState.OPEN:
        item["tags"].append({"label": times.left(offer.expires_at), "tone": "soon"})
        item["action"] = {"label": _("Answer"), "href": f"/offers/{offer.id}"}
    return item


@get("/offers/{key:uuid}", opt=only(VOLUNTEERS))
async def offer_page(frame: Framed, key: Key) -> Template:
    """One offer, with the team so far by role, and the two answers."""
    offer = await find_offered(key, volunteer=frame.by.volunteer, today=frame.times.today)
    others = [
        seat | {"name": _("you") if row.volunteer == frame.by.volunteer else _("somebody")}
        for seat, row in zip(team_seats(offer.team, linked=False), offer.team, strict=True)
    ]
    interprets = offer.role is SeatRole.INTERPRETER
    return frame.page(
        "offers/one.html",
        offer=offer,
        open=offer.state is OfferState.OPEN,
        state={"label": word(offer.state), "tone": tone(offer.state)},
        role=word(offer.role),
        title=title_of_listing(offer.listing),
        mark=urgency_of_listing(offer.listing),
        facts=interpreting_facts(offer.listing) if interprets else listing_facts(offer.listing),
        seats=others,
        legs=legs_of(told_legs(offer)),
        reasons=options(DeclineReason),
        expires=frame.times.moment(offer.expires_at),
        left=frame.times.left(offer.expires_at),
        stages=stage_steps(hours=frame.house.settings.names_hours),
    )


def told_legs(offer: Offered) -> tuple[TeamSeat, ...]:
    """The chain of languages, where the listing tells the client's, or it is her own to interpret."""
    hidden = Attribute.LANGUAGE in offer.listing.hidden and offer.role is not SeatRole.INTERPRETER
    return () if hidden else offer.team


def _back(frame: Frame, path: str, done: str) -> Redirect:
    """A coordinator goes back to the match that she came from."""
    match = _came_from(frame)
    return onward(match, "answered") if match else onward(path, done)


def _came_from(frame: Frame) -> str | None:
    given = frame.visit.query_params.get("match", "")
    if not given or not frame.by.is_staff():
        return None
    try:
        return f"/matches/{UUID(given)}"
    except ValueError as problem:
        raise BadInput(_("The address of the match is not complete. Load the page again.")) from problem


@post("/offers/{key:uuid}/accept", opt=only(CLINIC))
async def accept(frame: Framed, key: Key) -> Redirect:
    """Accept an offer."""
    await responding.accept_offer(key, by=frame.by, now=frame.house.clock())
    return _back(frame, "/matches", "accepted")


@post("/offers/{key:uuid}/decline", opt=only(CLINIC))
async def decline(
    frame: Framed,
    key: Key,
    data: Annotated[Declined, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Decline an offer with a reason."""
    await responding.decline_offer(key, reason=data.reason, note=data.note[:500], by=frame.by, now=frame.house.clock())
    return _back(frame, "/offers", "declined")


@post("/offers/{key:uuid}/thaw", opt=only(STAFF))
async def thaw(frame: Framed, key: Key) -> Redirect:
    """Open a frozen offer again."""
    if not await standings.thaw_offer(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock()):
        raise TooLate(_("This offer is not on hold any more."))
    return onward(_came_from(frame) or "/today", "thawed")


@post("/offers/{key:uuid}/revoke", opt=only(STAFF))
async def revoke(frame: Framed, key: Key) -> Redirect:
    """Take an offer back."""
    await standings.revoke_offer(key, reason="offer taken back", by=frame.by, now=frame.house.clock())
    return onward(_came_from(frame) or "/today", "revoked")


ROUTES = (offers_page, offer_page, accept, decline, thaw, revoke)
