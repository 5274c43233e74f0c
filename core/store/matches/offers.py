"""Offers as time passes: those to remind of, those to expire, those to freeze."""

from datetime import datetime
from uuid import UUID

from core import tables as t
from core.model.plans.teams import Offer
from core.model.states import OfferState
from core.store.matches.teams import offers_where

OPEN = str(OfferState.OPEN)


async def expired_offers(now: datetime) -> list[Offer]:
    """Open offers whose time to answer has passed."""
    return await offers_where(t.Offer.state == OPEN, t.Offer.expires_at <= now)


async def offers_to_remind(now: datetime) -> list[Offer]:
    """Open offers past half of their time, of which nobody was reminded."""
    waiting = await offers_where(t.Offer.state == OPEN, t.Offer.reminded_at.is_null(), t.Offer.expires_at > now)
    return [offer for offer in waiting if now >= offer.sent_at + (offer.expires_at - offer.sent_at) / 2]


async def note_reminder(offer: UUID, *, now: datetime) -> bool:
    """Mark an offer as reminded of; False when another worker did."""
    query = t.Offer.update({t.Offer.reminded_at: now}).where(
        t.Offer.id == offer, t.Offer.state == OPEN, t.Offer.reminded_at.is_null()
    )
    return bool(await query.returning(t.Offer.id))


async def extend_offer(offer: UUID, *, expires_at: datetime) -> None:
    """Give an offer a new time to answer."""
    await t.Offer.update({t.Offer.expires_at: expires_at}).where(t.Offer.id == offer)
