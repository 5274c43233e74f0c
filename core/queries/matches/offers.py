"""Offers and claims as the volunteer herself sees them: the case stays anonymised until she has said yes."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.listings.listed import Listing
from core.model.states import OfferState, ProposalState
from core.model.vocabulary import SeatRole
from core.queries.cases.listings import LISTING, listing_of
from core.queries.matches.seats import TeamSeat, seats_by_match
from core.queries.reading import Row, select


class Offered(msgspec.Struct, frozen=True):
    """An offer with its anonymised case. ``team`` is filled for one offer only, not in lists."""

    id: UUID
    match: UUID
    state: OfferState
    role: SeatRole
    from_language: str
    to_language: str
    sent_at: datetime
    expires_at: datetime
    volunteer: UUID
    listing: Listing
    team: tuple[TeamSeat, ...] = ()


class Claim(msgspec.Struct, frozen=True):
    """A volunteer's claim and what became of it."""

    id: UUID
    state: ProposalState
    role: SeatRole
    made_at: datetime
    listing: Listing


_OFFER = (
    f"SELECT {LISTING}, o.id AS offer, o.state AS offer_state, o.sent_at, o.expires_at, o.volunteer AS offered_to, "
    's."match", s.role, s.from_language, s.to_language FROM offer o JOIN seat s ON s.id = o.seat '
    'JOIN case_match m ON m.id = s."match" JOIN legal_case c ON c.id = m."case" JOIN listing l ON l."case" = c.id '
)


async def offers_to(volunteer: UUID, *, today: date, limit: int = 50) -> tuple[Offered, ...]:
    """The newest offers to a volunteer, those that wait for her answer first. One statement."""
    rows = await select(
        f"{_OFFER} WHERE o.volunteer = {{}} ORDER BY CASE o.state WHEN 'open' THEN 0 WHEN 'frozen' THEN 1 ELSE 2 END, "
        "CASE WHEN o.state = 'open' THEN o.expires_at END, o.id DESC LIMIT {}",
        volunteer,
        limit,
    )
    return tuple(_offered(row, today) for row in rows)


async def find_offered(offer: UUID, *, volunteer: UUID | None, today: date) -> Offered:
    """One offer with its team; NotFound unless it is this volunteer's. Two statements."""
    rows = await select(f"{_OFFER} WHERE o.id = {{}}", offer)
    if not rows or rows[0]["offered_to"] != volunteer:
        raise NotFound("There is no such offer, or it is not yours.")
    found = _offered(rows[0], today)
    seats = await seats_by_match([found.match])
    return msgspec.structs.replace(found, team=seats[found.match])


def _offered(row: Row, today: date) -> Offered:
    return Offered(
        id=row["offer"],
        match=row["match"],
        state=OfferState(row["offer_state"]),
        role=SeatRole(row["role"]),
        from_language=row["from_language"],
        to_language=row["to_language"],
        sent_at=row["sent_at"],
        expires_at=row["expires_at"],
        volunteer=row["offered_to"],
        listing=listing_of(row, today),
    )


async def claims_of(volunteer: UUID, *, today: date, limit: int = 50) -> tuple[Claim, ...]:
    """The newest claims of a volunteer. One statement."""
    rows = await select(
        f"SELECT {LISTING}, p.id AS proposal, p.state AS proposal_state, p.created_at, p.team "
        'FROM proposal p JOIN legal_case c ON c.id = p."case" JOIN listing l ON l."case" = c.id '
        "WHERE p.claimed_by = {} ORDER BY p.id DESC LIMIT {}",
        volunteer,
        limit,
    )
    return tuple(_claim(row, volunteer, today) for row in rows)


def _claim(row: Row, volunteer: UUID, today: date) -> Claim:
    team = msgspec.json.decode(row["team"])
    mine = next((seat["role"] for seat in team["seats"] if seat["volunteer"] == str(volunteer)), SeatRole.ATTORNEY)
    return Claim(
        id=row["proposal"],
        state=ProposalState(row["proposal_state"]),
        role=SeatRole(mine),
        made_at=row["created_at"],
        listing=listing_of(row, today),
    )
