"""Moving proposals, matches, seats and offers along their machines, under their own names."""

from datetime import datetime
from typing import Any
from uuid import UUID

from core import tables as t
from core.errors import NotFound, TooLate
from core.model.people import Actor
from core.model.states import MatchState, OfferState, ProposalState, SeatState
from core.store.moving import move, try_move


async def move_proposal(proposal: UUID, to: ProposalState, *, by: Actor, now: datetime, decision: str = "") -> None:
    """Decide a proposal; TooLate when it was decided already."""
    changes = {"decided_by": by.account, "decided_at": now, "decision": decision}
    await move(t.Proposal, proposal, to, subject="proposal", **changes)


async def supersede(proposal: UUID, *, by: Actor, now: datetime) -> bool:
    """Let a newer proposal take the place of this one; False when it was decided meanwhile."""
    return await try_move(t.Proposal, proposal, ProposalState.SUPERSEDED, decided_by=by.account, decided_at=now)


async def move_match(match: UUID, to: MatchState, **changes: Any) -> None:
    """Move a match; TooLate when its state has no such arrow any more."""
    await move(t.Match, match, to, subject="match", **changes)


async def move_seat(seat: UUID, to: SeatState, *, now: datetime) -> None:
    """Move a seat; TooLate when its state has no such arrow any more."""
    await move(t.Seat, seat, to, subject="seat", changed_at=now)


async def try_move_seat(seat: UUID, to: SeatState, *, now: datetime) -> bool:
    """Move a seat if its state allows it."""
    return await try_move(t.Seat, seat, to, changed_at=now)


async def answer_offer(offer: UUID, to: OfferState, *, now: datetime, **changes: Any) -> None:
    """Answer an open offer that has not expired; TooLate otherwise. One statement decides."""
    in_time = (t.Offer.state == str(OfferState.OPEN), t.Offer.expires_at > now)
    if await try_move(t.Offer, offer, to, only_if=in_time, answered_at=now, **changes):
        return
    row = await t.Offer.select(t.Offer.state).where(t.Offer.id == offer).first()
    if row is None:
        raise NotFound("There is no such offer, or it is not yours.")
    if row["state"] == str(OfferState.OPEN):
        raise TooLate("The time to answer this offer has passed. The case goes back to the waitlist.")
    if row["state"] == str(OfferState.FROZEN):
        raise TooLate("This offer is on hold: a coordinator needs to look at it first.")
    raise TooLate(f"This offer is already {row['state']}. Nothing was changed.")


async def try_move_offer(offer: UUID, to: OfferState, **changes: Any) -> bool:
    """Move an offer if its state allows it."""
    return await try_move(t.Offer, offer, to, **changes)
