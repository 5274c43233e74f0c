"""Giving back what a merge of two records carried over, as far as it has not changed since."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from piccolo.table import Table

from core import tables as t
from core.model.plans.teams import Proposal, TeamPlan
from core.model.states import ProposalState
from core.model.volunteers.ties import Moved, MovedRow, MovedSeat, MovedTeam, with_instead
from core.store.cases.cases import cases_by_id
from core.store.matches.teams import proposal_of
from core.store.paths import via
from core.store.volunteers.ties import write_team

SAID_NO: Final = ("declined", "conflicted")
"""States of seats after which the volunteer is never proposed for the case again."""


async def give_back(moved: Moved, *, kept: UUID, other: UUID, now: datetime) -> list[str]:
    """Let everything that went over hang on its own record again; tell what has changed since and stays.

    What stays is told by its kind and the case's reference, such as ``seat NM-2418``.
    """
    stayed, matches = await _give_seats(moved.seats, kept, other)
    claims = set(moved.claims)
    for one in moved.teams:
        if not await _give_team(one, kept, other, matches):
            claims.discard(one.id)
    await _give_claims(sorted(claims), kept, other)
    stayed += await _give_rows(t.SettledPair, moved.settled, t.SettledPair.lifted_at, kept, other, what="settled")
    stayed += await _give_rows(t.Alert, moved.alerts, t.Alert.closed_at, kept, other)
    barred = [MovedRow(key, over=False) for key in moved.barred]
    await _give_rows(t.BarredPair, tuple(barred), None, kept, other)
    await _bar_where_she_said_no(kept, now)
    return stayed


async def _give_seats(seats: tuple[MovedSeat, ...], kept: UUID, other: UUID) -> tuple[list[str], set[UUID]]:
    """Give seats back with their offers; return what stayed, and the proposals whose match has one again."""
    stayed, given = [], set()
    for one in seats:
        row = (
            await t.Seat.select(
                t.Seat.state,
                via(t.Seat.match).proposal.as_alias("proposal"),
                via(t.Seat.match.case).reference.as_alias("ref"),
            )
            .where(t.Seat.id == one.id, t.Seat.volunteer == kept)
            .first()
        )
        if row is None or row["state"] != one.state or not await _same_offer(one):
            stayed += [] if row is None else [f"seat {row['ref']}"]
            continue
        await t.Seat.update({t.Seat.volunteer: other}).where(t.Seat.id == one.id)
        await t.Offer.update({t.Offer.volunteer: other}).where(t.Offer.seat == one.id)
        given.add(row["proposal"])
    return stayed, given


async def _same_offer(one: MovedSeat) -> bool:
    row = await t.Offer.select(t.Offer.id, t.Offer.state).where(t.Offer.seat == one.id).first()
    return (row["id"], row["state"]) == (one.offer, one.offer_state) if row else one.offer is None


async def _give_team(one: MovedTeam, kept: UUID, other: UUID, matches: set[UUID]) -> bool:
    """Name the other one in a team again where the proposal stands as it did; False where it does not."""
    row = await t.Proposal.select().where(t.Proposal.id == one.id).first().output(load_json=True)
    if row is None:
        return False
    found = proposal_of(row)
    if found.state is not one.state or (found.state is ProposalState.APPROVED and found.id not in matches):
        return not _seated(one.before, other)
    if found.team == one.after:
        await write_team(one.id, one.before)
        return True
    return await _give_seat_of(found, one, kept, other)


async def _give_seat_of(found: Proposal, one: MovedTeam, kept: UUID, other: UUID) -> bool:
    """A team that was changed since names her only where she had her seat, if it is still there."""
    roles = {seat.role for seat in one.before.seats if seat.volunteer == str(other)}
    if not any(seat.volunteer == str(kept) and seat.role in roles for seat in found.team.seats):
        return not roles
    await write_team(one.id, with_instead(found.team, came=str(other), went=str(kept)))
    return True


def _seated(team: TeamPlan, volunteer: UUID) -> bool:
    return any(seat.volunteer == str(volunteer) for seat in team.seats)


async def _give_claims(claims: list[UUID], kept: UUID, other: UUID) -> None:
    """Claims, decided or not, with the hold on the case of one that waits."""
    p, c = t.Proposal, t.Case
    if not claims:
        return
    await p.update({p.claimed_by: other}).where(p.id.is_in(claims), p.claimed_by == kept)
    waiting = await p.select(p.case).where(p.id.is_in(claims), p.state == str(ProposalState.OPEN))
    held = [row["case"] for row in waiting]
    if held:
        await c.update({c.held_by: other}).where(c.id.is_in(held), c.held_by == kept)


async def _give_rows(
    table: type[Table], rows: tuple[MovedRow, ...], ended: Any, kept: UUID, other: UUID, *, what: str = ""
) -> list[str]:
    """Rows that are as they were then; with ``what``, those that are not are told by their case."""
    columns, stayed = table._meta, []
    key, holder = columns.primary_key, columns.get_column_by_name("volunteer")
    for one in rows:
        query = table.update({holder: other}).where(key == one.id, holder == kept)
        if ended is not None:
            query = query.where(ended.is_not_null() if one.over else ended.is_null())
        if not await query.returning(key) and what:
            stayed.append(one.id)
    if not stayed:
        return []
    place = columns.get_column_by_name("case")
    found = await cases_by_id({row["case"] for row in await table.select(place).where(key.is_in(stayed))})
    return [f"{what} {case.ref}" for case in found.values()]


async def _bar_where_she_said_no(volunteer: UUID, now: datetime) -> None:
    """Keep her barred from a case that she declined since, when the bar of the other record goes back with it."""
    seats = await t.Seat.select(via(t.Seat.match).case.as_alias("case"), t.Seat.state).where(
        t.Seat.volunteer == volunteer, t.Seat.state.is_in(list(SAID_NO))
    )
    known = {
        row["case"] for row in await t.BarredPair.select(t.BarredPair.case).where(t.BarredPair.volunteer == volunteer)
    }
    missing = {row["case"] for row in seats} - known
    for case in sorted(missing):
        await t.BarredPair.insert(t.BarredPair(case=case, volunteer=volunteer, reason="other", since=now))
