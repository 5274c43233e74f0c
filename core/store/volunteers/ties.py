"""What hangs on a volunteer's record in other tables: read, carried over to another record, and given back."""

from typing import Any
from uuid import UUID

import msgspec
from piccolo.table import Table

from core import tables as t
from core.model.plans.settled import Settling
from core.model.plans.teams import Proposal, TeamPlan
from core.model.states import OPEN_CASE, OfferState, ProposalState, SeatState
from core.model.vocabulary import SeatRole
from core.model.volunteers.ties import Moved, MovedRow, MovedSeat, MovedTeam, Tie, TieKind, names, with_instead
from core.store.cases.cases import cases_by_id
from core.store.matches.teams import HOLDING_STATES, LIVE_STATES, proposal_of
from core.store.paths import via

Row = dict[str, Any]


async def ties_of(volunteer: UUID) -> list[Tie]:
    """The cases that bind a volunteer, each with how. Four statements."""
    b, s, seat = t.BarredPair, t.SettledPair, t.Seat
    open_cases = [str(state) for state in OPEN_CASE]
    ref = via(b.case).reference.as_alias("ref")
    barred = await b.select(ref).where(b.volunteer == volunteer, via(b.case).state.is_in(open_cases))
    settled = await s.select(via(s.case).reference.as_alias("ref"), s.kind, s.role).where(
        s.volunteer == volunteer, s.lifted_at.is_null(), via(s.case).state.is_in(open_cases)
    )
    seats = await seat.select(via(seat.match.case).reference.as_alias("ref"), seat.role).where(
        seat.volunteer == volunteer, seat.state.is_in(HOLDING_STATES), via(seat.match).state.is_in(LIVE_STATES)
    )
    ties = [Tie(row["ref"], TieKind.BARRED) for row in barred]
    for row in settled:
        pinned = row["kind"] == str(Settling.PIN)
        role = SeatRole(row["role"]) if row["role"] else None
        ties.append(Tie(row["ref"], TieKind.PIN if pinned else TieKind.FORBID, role))
    ties += [Tie(row["ref"], TieKind.SEAT, SeatRole(row["role"])) for row in seats]
    return ties + await _proposed(volunteer)


async def _proposed(volunteer: UUID) -> list[Tie]:
    found = [one for one in await _teams_naming(volunteer) if one.state is ProposalState.OPEN]
    known = await cases_by_id({one.case for one in found})
    return [
        Tie(known[one.case].ref, TieKind.CLAIM if one.claimed_by == volunteer else TieKind.PROPOSED, seat.role)
        for one in found
        for seat in one.team.seats
        if seat.volunteer == str(volunteer)
    ]


async def _teams_naming(volunteer: UUID) -> list[Proposal]:
    """The proposals that name a volunteer and are on the board, or come back to it if their approval is undone."""
    rows: list[Row] = await t.Proposal.raw(
        "SELECT p.id FROM proposal p LEFT JOIN case_match m ON m.proposal = p.id "
        "AND m.state IN ('offered', 'accepted', 'cleared', 'engaged') "
        "WHERE (p.state = 'open' OR (p.state = 'approved' AND m.id IS NOT NULL)) AND CAST(p.team AS TEXT) LIKE {}",
        f"%{volunteer}%",
    )
    p, keys = t.Proposal, [row["id"] for row in rows]
    whole = await p.select().where(p.id.is_in(keys)).order_by(p.id).output(load_json=True) if keys else []
    return [one for one in map(proposal_of, whole) if names(one.team, str(volunteer))]


async def carry_over(went: UUID, came: UUID) -> Moved:
    """Let everything that hangs on a record hang on another one. States are as they are now.

    What both have of one case stays behind: a seat of a match that has ended, a bar.
    """
    seats = await _move(t.Seat, went, came, but=("match", "seat"))
    if seats:
        await t.Offer.update({t.Offer.volunteer: came}).where(t.Offer.seat.is_in(seats))
    barred = await _move(t.BarredPair, went, came, but=("case", "barred_pair"))
    settled = await _move(t.SettledPair, went, came)
    alerts = await _move(t.Alert, went, came)
    teams = await _carry_teams(went, came)
    claims = await _move(t.Proposal, went, came, column="claimed_by")
    await t.Case.update({t.Case.held_by: came}).where(t.Case.held_by == went)
    return Moved(
        seats=await _seats_now(seats),
        teams=tuple(teams),
        settled=await _rows_now(t.SettledPair, settled, t.SettledPair.lifted_at),
        alerts=await _rows_now(t.Alert, alerts, t.Alert.closed_at),
        barred=tuple(barred),
        claims=tuple(claims),
    )


async def _move(
    table: type[Table], went: UUID, came: UUID, *, column: str = "volunteer", but: tuple[str, str] | None = None
) -> list[UUID]:
    """Move the rows of one volunteer, but for those of which the other one has her own in the same place."""
    place, name = but or ("", "")
    apart = (
        f' AND "{place}" NOT IN (SELECT "{place}" FROM {name} WHERE volunteer = {{}})' if but else ""  # noqa: S608 -- constants
    )
    values = (came, went, came) if but else (came, went)
    rows: list[Row] = await table.raw(
        f"UPDATE {table._meta.tablename} SET {column} = {{}} WHERE {column} = {{}}{apart} RETURNING id",  # noqa: S608 -- constants
        *values,
    )
    return sorted(UUID(str(row["id"])) for row in rows)


async def _carry_teams(went: UUID, came: UUID) -> list[MovedTeam]:
    moved = []
    for one in await _teams_naming(went):
        after = with_instead(one.team, came=str(came), went=str(went))
        await write_team(one.id, after)
        moved.append(MovedTeam(one.id, one.state, one.team, after))
    return moved


async def write_team(proposal: UUID, team: TeamPlan) -> None:
    """Write the team of a proposal, whether it is open or a match was made of it."""
    p = t.Proposal
    columns: dict[Any, Any] = {p.team: msgspec.json.encode(team).decode()}
    await p.update(columns).where(p.id == proposal)


async def seats_now(moved: Moved) -> Moved:
    """The same with the states that seats and offers have now, after whatever followed from the merge."""
    return msgspec.structs.replace(moved, seats=await _seats_now([one.id for one in moved.seats]))


async def _seats_now(keys: list[UUID]) -> tuple[MovedSeat, ...]:
    if not keys:
        return ()
    rows = await t.Seat.select(t.Seat.id, t.Seat.state).where(t.Seat.id.is_in(keys)).order_by(t.Seat.id)
    offers = await t.Offer.select(t.Offer.id, t.Offer.seat, t.Offer.state).where(t.Offer.seat.is_in(keys))
    of = {row["seat"]: row for row in offers}
    return tuple(
        MovedSeat(
            row["id"],
            SeatState(row["state"]),
            of[row["id"]]["id"] if row["id"] in of else None,
            OfferState(of[row["id"]]["state"]) if row["id"] in of else None,
        )
        for row in rows
    )


async def _rows_now(table: type[Table], keys: list[UUID], ended: Any) -> tuple[MovedRow, ...]:
    if not keys:
        return ()
    key = table._meta.primary_key
    rows = await table.select(key, ended.as_alias("ended")).where(key.is_in(keys)).order_by(key)
    return tuple(MovedRow(row["id"], row["ended"] is not None) for row in rows)
