"""Claims: a volunteer asks for a case, sees what became of it, takes it back; coordinators see those that wait."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import NotEligible, TooLate
from core.model.states import ProposalState
from core.model.vocabulary import SeatRole
from core.queries.cases.listings import last_listing, open_case, similar_cases
from core.queries.matches.offers import Claim, claims_of
from core.queries.runs.board import proposals
from core.services.conflicts.kept_off import STOPPED, cases_kept_from
from core.services.matches import claiming
from core.services.matches.fitting import fits_of
from core.store.cases.cases import find_case
from web.access.roles import CLINIC, VOLUNTEERS, only
from web.addresses import Key, Text, address
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.fits import what_blocks
from web.shapes.cases.listings import listing_item
from web.shapes.runs.teams import proposal_item
from web.words.field import tone, word


class Asked(msgspec.Struct):
    """For which seat a volunteer claims."""

    role: SeatRole = SeatRole.ATTORNEY


@post("/cases/{key:uuid}/claim", opt=only(VOLUNTEERS), status_code=200)
async def claim(
    frame: Framed,
    key: Key,
    data: Annotated[Asked, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect | Template:
    """Claim a case. One volunteer wins; the others are told at once and shown similar cases."""
    try:
        await claiming.claim_case(key, role=data.role, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    except TooLate as problem:
        if (await find_case(key)).held_by == frame.by.volunteer:  # the button was pressed twice, or in two windows
            return onward("/claims", "claimed")
        return await _too_late(frame, key, str(problem))
    except NotEligible as problem:
        return await _not_eligible(frame, key, data.role, problem)
    return onward("/claims", "claimed")


async def _too_late(frame: Frame, key: UUID, said: str) -> Template:
    unseen = await cases_kept_from(frame.by.volunteer)
    taken = await last_listing(key, today=frame.times.today)
    similar = await similar_cases(taken, today=frame.times.today, without=unseen)
    return frame.page("cases/taken.html", status=409, said=said, similar=[listing_item(one) for one in similar])


def _stopped() -> str:
    return _(
        "A conflict check stops this claim. It says nothing about your work, and we cannot tell you more. "
        "Other cases are waiting for you."
    )


async def _not_eligible(frame: Frame, key: UUID, role: SeatRole, problem: NotEligible) -> Template:
    if problem.reasons == (STOPPED,):  # said before any rule was asked: rules would tell her more
        return frame.page("cases/refused.html", status=422, reasons=[_stopped()])
    listing = (await open_case(key, today=frame.times.today)).listing
    fits = await fits_of(listing, clinic=frame.house.clinic, by=frame.by, now=frame.times.now)
    reasons = [line for fit in fits if fit.role is role for line in what_blocks(fit)]
    return frame.page("cases/refused.html", status=422, reasons=reasons or problem.reasons or (str(problem),))


@get("/claims", opt=only(CLINIC))
async def claims_page(frame: Framed, after: Text = "") -> Template:
    """A volunteer's own claims, or those that wait for a coordinator."""
    if frame.by.is_staff():
        return await _waiting_claims(frame, after)
    mine = await claims_of(frame.by.volunteer, today=frame.times.today) if frame.by.volunteer else ()
    waiting = sum(one.state is ProposalState.OPEN for one in mine)
    return frame.page("claims/mine.html", title=_mine_title(waiting), claims=[_claim_item(one) for one in mine])


def _mine_title(waiting: int) -> str:
    if not waiting:
        return _("No claim of yours is waiting")
    said = ngettext("%(num)s claim waits for a coordinator", "%(num)s claims wait for a coordinator", waiting)
    return said % {"num": waiting}


def _claim_item(claim: Claim) -> dict[str, Any]:
    item = listing_item(claim.listing)
    item["tags"].append({"label": word(claim.state), "tone": tone(claim.state)})
    if claim.state is not ProposalState.OPEN:
        item["href"] = "/matches" if claim.state is ProposalState.APPROVED else "/cases"
    return {"item": item, "id": claim.id, "open": claim.state is ProposalState.OPEN}


async def _waiting_claims(frame: Frame, after: str) -> Template:
    page = await proposals(claims_only=True, after=after)
    total = frame.counts.claims
    said = ngettext("%(num)s claim waits for you", "%(num)s claims wait for you", total) % {"num": total}
    return frame.page(
        "matches/claims.html",
        title=said if total else _("No claim is waiting"),
        proposals=[proposal_item(one, frame.times) for one in page.rows],
        following=address("/claims", after=page.next) if page.next else None,
    )


@post("/claims/{key:uuid}/withdraw", opt=only(CLINIC))
async def withdraw(frame: Framed, key: Key) -> Redirect:
    """Take a claim back before it is approved."""
    await claiming.withdraw_claim(key, by=frame.by, now=frame.house.clock())
    return onward("/claims", "claim-withdrawn")


ROUTES = (claim, claims_page, withdraw)
