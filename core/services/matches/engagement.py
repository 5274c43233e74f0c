"""From an accepted team to a signed engagement and its end."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from core.errors import BadInput, TooLate
from core.model.people import Actor
from core.model.plans.teams import Match, Seat
from core.model.states import CaseState, MatchState, SeatState
from core.services.clinic import require_staff
from core.services.matches.ending import end_match, let_deadlines_rest, return_case
from core.services.notifying import tell_volunteer
from core.store.audit import Words, record
from core.store.cases import cases
from core.store.database import transaction
from core.store.matches import teams
from core.store.matches.moves import move_match, move_seat

MOST_HOURS: Final = 5_000.0
"""More hours than one person gives to one case."""


async def _advance(match: Match, to: MatchState, seats_to: SeatState, *, now: datetime, **changes: datetime) -> None:
    await move_match(match.id, to, **changes)
    for seat in await teams.seats_of(match.id):
        await move_seat(seat.id, seats_to, now=now)


async def clear_conflicts(match: UUID, *, by: Actor, now: datetime) -> None:
    """Note that every member of the team is free of conflicts."""
    require_staff(by)
    async with transaction():
        found = await teams.find_match(match)
        await _advance(found, MatchState.CLEARED, SeatState.CONFLICT_CLEARED, now=now)
        await record("conflicts_cleared", subject_kind="match", subject=match, by=by, now=now)


async def report_conflict(seat: UUID, *, by: Actor, now: datetime) -> None:
    """End a seat as conflicted, at any time: the case waits again, and the pair is never proposed again."""
    require_staff(by)
    async with transaction():
        await end_conflicted(await teams.find_seat(seat), by=by, now=now)


async def end_conflicted(seat: Seat, *, by: Actor, now: datetime) -> None:
    """The same within the transaction of a verb, whoever has found the conflict."""
    match = await teams.find_match(seat.match)
    await move_seat(seat.id, SeatState.CONFLICTED, now=now)
    await cases.bar_pair(match.case, volunteer=seat.volunteer, reason="conflict", now=now)
    await record("conflict_found", subject_kind="match", subject=match.id, by=by, now=now)
    await end_match(match, reason="conflict found", by=by, now=now, quiet_for=seat.volunteer)
    await return_case(match, reason="conflict found", by=by, now=now)


async def engage_match(match: UUID, *, by: Actor, now: datetime) -> None:
    """Begin the engagement: the letter is signed, the case is engaged, the team is told."""
    require_staff(by)
    async with transaction():
        found = await teams.find_match(match)
        await _advance(found, MatchState.ENGAGED, SeatState.ENGAGED, now=now, engaged_at=now)
        if not await cases.move_case(found.case, CaseState.ENGAGED, now=now):
            raise TooLate("The case has moved on meanwhile. Nothing was changed.")
        await record("match_engaged", subject_kind="match", subject=match, by=by, now=now)
        for seat in await teams.seats_of(match):
            await tell_volunteer(seat.volunteer, "engaged", path=f"/matches/{match}", now=now)


async def end_engagement(match: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """End a live match by withdrawal, transfer or revocation; the case waits again with its waiting time."""
    require_staff(by)
    async with transaction():
        found = await teams.find_match(match)
        await end_match(found, reason=reason, by=by, now=now)
        await return_case(found, reason=reason, by=by, now=now)


async def close_case(
    case: UUID, *, outcome: str, hours: Mapping[UUID, float] | None = None, by: Actor, now: datetime
) -> None:
    """Close an engaged case with its outcome; the seats are completed, with the hours given in each where known.

    Raises BadInput for hours of another team's seat, or of which there cannot be so many.
    """
    require_staff(by)
    given = hours or {}
    async with transaction():
        match = await teams.live_match_of(case)
        if match is None or match.state is not MatchState.ENGAGED:
            raise TooLate("Only an engaged case can be closed with an outcome.")
        told = await _note_hours(match, given)
        await _advance(match, MatchState.COMPLETED, SeatState.COMPLETED, now=now, ended_at=now)
        await cases.move_case(case, CaseState.CLOSED, now=now, outcome=outcome)
        await let_deadlines_rest(case, by=by, now=now)
        words = Words(case, {"outcome": outcome})
        await record("case_closed", words, subject_kind="case", subject=case, by=by, now=now, hours=told)


async def _note_hours(match: Match, hours: Mapping[UUID, float]) -> str:
    """Keep the hours given in each seat; what the audit event says of them."""
    seats = await teams.seats_of(match.id)
    if hours.keys() - {seat.id for seat in seats}:
        raise BadInput("These hours are of a seat that is not in this team. Nothing was changed.")
    if not all(0 <= given <= MOST_HOURS for given in hours.values()):
        raise BadInput(f"Hours are a number from 0 to {MOST_HOURS:,.0f}. Nothing was changed.")
    for seat, given in hours.items():
        await teams.note_hours(seat, given)
    return ", ".join(f"{seat.role.word} {hours[seat.id]:g} h" for seat in seats if seat.id in hours)
