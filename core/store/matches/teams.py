"""Proposals, matches, seats and offers in the database."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound, TooLate
from core.model.plans.teams import Match, Offer, Proposal, Seat, SeatPlan, TeamPlan
from core.model.states import HOLDING, LIVE_MATCH, MatchState, OfferState, ProposalState, SeatState
from core.model.vocabulary import SeatRole
from core.store.database import on_postgres
from core.store.paths import via

HOLDING_STATES = [str(state) for state in sorted(HOLDING)]
LIVE_STATES = [str(state) for state in sorted(LIVE_MATCH)]


def proposal_of(row: dict[str, Any]) -> Proposal:
    """Make the Struct of a row selected with JSON loaded."""
    return msgspec.convert({name: row[name] for name in Proposal.__struct_fields__}, Proposal)


async def insert_proposals(proposals: list[Proposal]) -> None:
    """Write new proposals."""
    rows = [
        t.Proposal(
            id=one.id,
            run=one.run,
            case=one.case,
            state=str(one.state),
            claimed_by=one.claimed_by,
            score=one.team.score,
            team=msgspec.json.encode(one.team).decode(),
            created_at=one.created_at,
        )
        for one in proposals
    ]
    for start in range(0, len(rows), 50):
        await t.Proposal.insert(*rows[start : start + 50])


async def update_team(proposal: UUID, team: TeamPlan) -> bool:
    """Write the team of a proposal that is still open; False where it was decided meanwhile."""
    p = t.Proposal
    columns: dict[Any, Any] = {p.team: msgspec.json.encode(team).decode(), p.score: team.score}
    still = p.update(columns).where(p.id == proposal, p.state == str(ProposalState.OPEN))
    return bool(await still.returning(p.id))


async def find_proposal(key: UUID) -> Proposal:
    """The proposal with this id; NotFound otherwise."""
    row = await t.Proposal.select().where(t.Proposal.id == key).first().output(load_json=True)
    if row is None:
        raise NotFound("There is no such proposal.")
    return proposal_of(row)


async def open_proposals(*, case: UUID | None = None) -> list[Proposal]:
    """The proposals that wait for a coordinator, of one case or of all."""
    query = t.Proposal.select().where(t.Proposal.state == str(ProposalState.OPEN)).output(load_json=True)
    rows = await (query if case is None else query.where(t.Proposal.case == case))
    return [proposal_of(row) for row in rows]


async def open_claims(volunteer: UUID) -> int:
    """How many claims of a volunteer wait for a coordinator."""
    p = t.Proposal
    return int(await p.count().where(p.claimed_by == volunteer, p.state == str(ProposalState.OPEN)))


async def claims_of(volunteer: UUID) -> list[Proposal]:
    """The claims of a volunteer that wait for a coordinator."""
    p = t.Proposal
    rows = await p.select().where(p.claimed_by == volunteer, p.state == str(ProposalState.OPEN)).output(load_json=True)
    return [proposal_of(row) for row in rows]


async def insert_match(match: Match, *, approved_by: UUID | None, seats: list[Seat]) -> None:
    """Write an approved team."""
    values = msgspec.structs.asdict(match) | {"state": str(match.state)}
    await t.Match.insert(t.Match(**values, approved_by=approved_by))
    await t.Seat.insert(*[_seat_row(seat, match.approved_at) for seat in seats])


def _seat_row(seat: Seat, now: datetime) -> t.Seat:
    values = msgspec.structs.asdict(seat) | {"state": str(seat.state), "role": str(seat.role)}
    return t.Seat(**values, changed_at=now)


async def insert_offer(offer: Offer) -> None:
    """Write a new offer."""
    values = msgspec.structs.asdict(offer) | {"state": str(offer.state), "decline_reason": ""}
    await t.Offer.insert(t.Offer(**values))


async def find_match(key: UUID) -> Match:
    """The match with this id; NotFound otherwise."""
    row = await t.Match.select().where(t.Match.id == key).first()
    if row is None:
        raise NotFound("There is no such match.")
    return _match(row)


async def live_match_of(case: UUID) -> Match | None:
    """The match that a case belongs to now, if any."""
    row = await t.Match.select().where(t.Match.case == case, t.Match.state.is_in(LIVE_STATES)).first()
    return None if row is None else _match(row)


async def matches_in(state: MatchState) -> list[Match]:
    """The matches in a state, oldest first."""
    return [_match(row) for row in await t.Match.select().where(t.Match.state == str(state)).order_by(t.Match.id)]


def _match(row: dict[str, Any]) -> Match:
    return msgspec.convert({name: row[name] for name in Match.__struct_fields__}, Match)


async def seats_of(match: UUID) -> list[Seat]:
    """The seats of a match in the order attorney, interpreters along the chain, mentor."""
    rows = await t.Seat.select().where(t.Seat.match == match)
    seats = [msgspec.convert({name: row[name] for name in Seat.__struct_fields__}, Seat) for row in rows]
    order = list(SeatRole)
    return sorted(seats, key=lambda seat: (order.index(seat.role), seat.position))


async def find_seat(key: UUID) -> Seat:
    """The seat with this id; NotFound otherwise."""
    row = await t.Seat.select().where(t.Seat.id == key).first()
    if row is None:
        raise NotFound("There is no such seat.")
    return msgspec.convert({name: row[name] for name in Seat.__struct_fields__}, Seat)


def offer_of(row: dict[str, Any]) -> Offer:
    """Make the Struct of an offer's row."""
    values = {name: row[name] for name in Offer.__struct_fields__}
    return msgspec.convert(values | {"decline_reason": row["decline_reason"] or None}, Offer)


async def find_offer(key: UUID) -> Offer:
    """The offer with this id; NotFound otherwise."""
    row = await t.Offer.select().where(t.Offer.id == key).first()
    if row is None:
        raise NotFound("There is no such offer, or it is not yours.")
    return offer_of(row)


async def offers_where(*conditions: Any) -> list[Offer]:
    """The offers that meet Piccolo conditions on their table, oldest first."""
    return [offer_of(row) for row in await t.Offer.select().where(*conditions).order_by(t.Offer.id)]


async def offers_of_match(match: UUID) -> list[Offer]:
    """The offers made for the seats of a match."""
    return await offers_where(t.Offer.seat.is_in([seat.id for seat in await seats_of(match)]))


async def offers_of_volunteer(volunteer: UUID, *states: OfferState) -> list[Offer]:
    """The offers made to a volunteer that are in one of these states."""
    return await offers_where(t.Offer.volunteer == volunteer, t.Offer.state.is_in([str(state) for state in states]))


async def lock_volunteers(keys: list[UUID]) -> None:
    """Keep others from giving these volunteers seats, and from merging them, until this transaction ends.

    TooLate where one of them is an old record by now, made one with another of the same person.
    """
    if not keys:
        return
    v = t.Volunteer
    query = v.select(v.merged_into).where(v.id.is_in(keys)).order_by(v.id)
    if any(row["merged_into"] for row in await (query.lock_rows("UPDATE") if on_postgres() else query)):
        raise TooLate("Two records of one volunteer were merged a moment ago. Nothing was changed: look again.")


async def held_seats(volunteers: list[UUID] | None = None) -> list[dict[str, Any]]:
    """The seats that take volunteers' places, of these or of all: volunteer, role, state, when it was
    approved, and the case's hours."""
    mine = (t.Seat.volunteer.is_in(volunteers),) if volunteers else ()
    return await t.Seat.select(
        t.Seat.volunteer,
        t.Seat.role,
        t.Seat.state,
        via(t.Seat.match).approved_at.as_alias("approved_at"),
        via(t.Seat.match.case).hours.as_alias("hours"),
        via(t.Seat.match.case).interpreter_hours.as_alias("interpreter_hours"),
    ).where(t.Seat.state.is_in(HOLDING_STATES), t.Seat.match.state.is_in(LIVE_STATES), *mine)


async def seat_in_live_matches(volunteer: UUID) -> list[tuple[Seat, Match]]:
    """The seats that a volunteer holds in live matches, with the match."""
    rows = await t.Seat.select().where(
        t.Seat.volunteer == volunteer,
        t.Seat.state.is_in(HOLDING_STATES),
        t.Seat.match.state.is_in(LIVE_STATES),
    )
    seats = [msgspec.convert({name: row[name] for name in Seat.__struct_fields__}, Seat) for row in rows]
    return [(seat, await find_match(seat.match)) for seat in seats]


def new_seats(match: UUID, plan: tuple[SeatPlan, ...]) -> list[Seat]:
    """Seats of a new match, numbered within each role along the chain."""
    seats: list[Seat] = []
    for one in plan:
        position = sum(seat.role is one.role for seat in seats)
        seats.append(
            Seat(
                id=t.new_id(),
                match=match,
                role=one.role,
                volunteer=UUID(one.volunteer),
                state=SeatState.APPROVED,
                position=position,
                from_language=one.from_language,
                to_language=one.to_language,
            )
        )
    return seats


async def note_hours(seat: UUID, hours: float) -> None:
    """Keep how many hours were given in a seat."""
    await t.Seat.update({t.Seat.hours: hours}).where(t.Seat.id == seat)
