"""Ending a match: seats and offers are released, the people are told, the case goes where it belongs."""

from datetime import datetime
from uuid import UUID

from core.model.deadlines.acts import ALERT, place_of
from core.model.people import Actor
from core.model.plans.teams import Match, Seat
from core.model.states import HOLDING, CaseState, MatchState, OfferState, SeatState
from core.services.notifying import tell_volunteer
from core.store import alerts
from core.store.audit import Words, record
from core.store.cases import cases, deadlines
from core.store.days import day_of
from core.store.matches import teams
from core.store.matches.moves import move_match, try_move_offer, try_move_seat


async def end_match(
    match: Match, *, reason: str, by: Actor, now: datetime, withdrawn: bool = False, quiet_for: UUID | None = None
) -> None:
    """End a live match within the caller's transaction.

    Seats that still hold a place become revoked (withdrawn where the case itself ends or work has begun), open
    offers are revoked, deadlines are in their hands no more, and every volunteer but ``quiet_for`` is told. The case is
    not moved: see ``return_case``.
    """
    began = match.state is MatchState.ENGAGED
    await move_match(match.id, MatchState.ENDED, ended_at=now, ended_reason=reason)
    for offer in await teams.offers_of_match(match.id):
        await try_move_offer(offer.id, OfferState.REVOKED, answered_at=now)
    seats = await teams.seats_of(match.id)
    if began and seats:
        await deadlines.give_back_all_of((seat.volunteer for seat in seats), case=match.case)
    for seat in seats:
        if seat.state in HOLDING:
            await _release(seat, SeatState.WITHDRAWN if withdrawn or began else SeatState.REVOKED, now)
            if seat.volunteer != quiet_for:
                await _tell_released(seat, match, now)
    words = Words(match.case, {"reason": reason})
    await record("match_ended", words, subject_kind="match", subject=match.id, by=by, now=now)


async def _release(seat: Seat, to: SeatState, now: datetime) -> None:
    await try_move_seat(seat.id, to, now=now)


async def _tell_released(seat: Seat, match: Match, now: datetime) -> None:
    if seat.state is SeatState.OFFERED:
        await tell_volunteer(seat.volunteer, "offer_revoked", path="/offers", now=now)
    else:
        await tell_volunteer(seat.volunteer, "match_ended", path=f"/matches/{match.id}", now=now)


async def let_deadlines_rest(case: UUID, *, by: Actor, now: datetime) -> None:
    """Keep no deadlines of a case that ends, within the caller's transaction, and close the alerts about them."""
    await deadlines.drop_deadlines(case)
    await alerts.close_alerts(ALERT, path=place_of(case), by=by.account, now=now, parts=True)


async def return_case(match: Match, *, reason: str, by: Actor, now: datetime) -> None:
    """Put the case of an ended match back on the waitlist, its waiting time intact and its urgency derived anew."""
    await cases.move_case(match.case, CaseState.WAITLISTED, now=now)
    case = await cases.find_case(match.case)
    await cases.set_tier(case.id, case.urgency(day_of(now)).tier)
    words = Words(case.id, {"reason": reason})
    await record("case_returned", words, subject_kind="case", subject=case.id, by=by, now=now)
