"""How volunteers answer offers, and what time does to offers that nobody answers."""

from datetime import datetime
from uuid import UUID

from core.errors import NotFound
from core.model.people import Actor
from core.model.plans.teams import Match, Offer
from core.model.states import OfferState, SeatState
from core.model.vocabulary import DeclineReason
from core.services.matches.approval import settle_if_accepted
from core.services.matches.ending import end_match, return_case
from core.services.notifying import tell_coordinators, tell_volunteer
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.matches import teams
from core.store.matches.moves import answer_offer, move_seat, try_move_offer, try_move_seat
from core.store.matches.offers import expired_offers, note_reminder, offers_to_remind


async def _own_offer(offer: UUID, by: Actor) -> tuple[Offer, Match]:
    found = await teams.find_offer(offer)
    if found.volunteer != by.volunteer and not by.is_staff():
        raise NotFound("There is no such offer, or it is not yours.")
    seat = await teams.find_seat(found.seat)
    return found, await teams.find_match(seat.match)


async def accept_offer(offer: UUID, *, by: Actor, now: datetime) -> None:
    """Accept an offer; when it was the last one, the team is complete.

    A coordinator may record an answer given by phone. Raises TooLate when the offer is answered, frozen or expired.
    """
    async with transaction():
        found, match = await _own_offer(offer, by)
        await answer_offer(offer, OfferState.ACCEPTED, now=now)
        await move_seat(found.seat, SeatState.ACCEPTED, now=now)
        await record("offer_accepted", subject_kind="offer", subject=offer, by=by, now=now, match=str(match.id))
        await settle_if_accepted(match, by=by, now=now)


async def decline_offer(offer: UUID, *, reason: DeclineReason, note: str = "", by: Actor, now: datetime) -> None:
    """Decline an offer: the case waits again with its waiting time, and this pair is never proposed again."""
    async with transaction():
        found, match = await _own_offer(offer, by)
        await answer_offer(offer, OfferState.DECLINED, now=now, decline_reason=str(reason), note=note)
        await move_seat(found.seat, SeatState.DECLINED, now=now)
        await cases.bar_pair(match.case, volunteer=found.volunteer, reason=str(reason), now=now)
        await record("offer_declined", subject_kind="offer", subject=offer, by=by, now=now, reason=str(reason))
        await _back_to_waitlist(match, f"declined: {reason}", quiet_for=found.volunteer, by=by, now=now)


async def _back_to_waitlist(match: Match, reason: str, *, quiet_for: UUID, by: Actor, now: datetime) -> None:
    await end_match(match, reason=reason, by=by, now=now, quiet_for=quiet_for)
    await return_case(match, reason=reason, by=by, now=now)
    await tell_coordinators("offer_declined", path=f"/matches/{match.id}", now=now)


async def expire_offers(*, by: Actor, now: datetime) -> int:
    """Expire the offers whose time has passed; return how many. Each is a transaction of its own."""
    expired = 0
    for offer in await expired_offers(now):
        async with transaction():
            if not await try_move_offer(offer.id, OfferState.EXPIRED, answered_at=now):
                continue
            seat = await teams.find_seat(offer.seat)
            await try_move_seat(seat.id, SeatState.EXPIRED, now=now)
            await record("offer_expired", subject_kind="offer", subject=offer.id, by=by, now=now)
            await tell_volunteer(offer.volunteer, "offer_expired", path="/offers", now=now)
            match = await teams.find_match(seat.match)
            await _back_to_waitlist(match, "no answer in time", quiet_for=offer.volunteer, by=by, now=now)
            expired += 1
    return expired


async def remind_of_offers(*, now: datetime) -> int:
    """Remind once, at half time, of each offer that is still open; return how many reminders were queued."""
    reminded = 0
    for offer in await offers_to_remind(now):
        async with transaction():
            if await note_reminder(offer.id, now=now):
                await tell_volunteer(offer.volunteer, "offer_reminder", path=f"/offers/{offer.id}", now=now)
                reminded += 1
    return reminded
