"""Teams by name: the seats of proposals and matches with the people on them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from core.model.plans.teams import SeatPlan, TeamPlan
from core.model.states import OfferState, SeatState
from core.model.vocabulary import SeatRole
from core.queries.reading import marks, select

ORDER = tuple(SeatRole)


class NamedReserve(msgspec.Struct, frozen=True):
    """A volunteer who could take the seat if the first choice cannot, and how much worse that would be."""

    id: UUID
    name: str
    behind: float


class NamedRunnerUp(msgspec.Struct, frozen=True):
    """Who comes next for a seat, how much worse that would be, and what keeps her from it: see ``RunnerUp``."""

    id: UUID
    name: str
    behind: float
    kept_by: str
    case: str = ""


class NamedSeat(msgspec.Struct, frozen=True):
    """One proposed seat with the name of its volunteer."""

    role: SeatRole
    id: UUID
    name: str
    score: float
    scores: dict[str, float] = {}
    from_language: str = ""
    to_language: str = ""
    fact: str = ""
    reserves: tuple[NamedReserve, ...] = ()
    runner_up: NamedRunnerUp | None = None


class TeamSeat(msgspec.Struct, frozen=True):
    """One seat of a match, with its offer; ``expires_at`` is when the offer lapses if nobody answers.

    ``hours`` are those given, once they are noted.
    """

    id: UUID
    match: UUID
    role: SeatRole
    volunteer: UUID
    name: str
    state: SeatState
    from_language: str = ""
    to_language: str = ""
    offer: UUID | None = None
    offer_state: OfferState | None = None
    expires_at: datetime | None = None
    hours: float | None = None


async def names_of(people: Iterable[str]) -> dict[str, str]:
    """The names of volunteers by id, as a plan refers to them."""
    keys = [UUID(one) for one in sorted(set(people))]
    if not keys:
        return {}
    rows = await select(f"SELECT id, name FROM volunteer WHERE id IN ({marks(keys)})", *keys)
    return {str(row["id"]): row["name"] for row in rows}


def everybody_in(teams: Iterable[TeamPlan]) -> set[str]:
    """All volunteers that these plans refer to, reserves and runners-up included."""
    seats = [seat for team in teams for seat in team.seats]
    others = [one for seat in seats for one in (*seat.reserves, seat.runner_up) if one is not None]
    return {one.volunteer for one in (*seats, *others)}


def named(team: TeamPlan, names: dict[str, str]) -> tuple[NamedSeat, ...]:
    """The seats of a plan with names. A volunteer who is gone is called so."""
    return tuple(
        NamedSeat(
            role=seat.role,
            id=UUID(seat.volunteer),
            name=names.get(seat.volunteer, "somebody who has left"),
            score=seat.score,
            scores=seat.scores,
            from_language=seat.from_language,
            to_language=seat.to_language,
            fact=seat.fact,
            reserves=tuple(
                NamedReserve(UUID(one.volunteer), names[one.volunteer], seat.score - one.score)
                for one in seat.reserves
                if one.volunteer in names
            ),
            runner_up=_runner_up(seat, names),
        )
        for seat in team.seats
    )


def _runner_up(seat: SeatPlan, names: dict[str, str]) -> NamedRunnerUp | None:
    one = seat.runner_up
    if one is None or one.volunteer not in names:
        return None
    return NamedRunnerUp(UUID(one.volunteer), names[one.volunteer], seat.score - one.score, one.kept_by, one.case)


async def seats_by_match(matches: list[UUID]) -> dict[UUID, tuple[TeamSeat, ...]]:
    """The seats of these matches in the order attorney, interpreters along the chain, mentor. One statement."""
    if not matches:
        return {}
    rows = await select(
        'SELECT s.id, s."match", s.role, s.volunteer, v.name, s.state, s.from_language, s.to_language, '
        "s.hours, o.id AS offer, o.state AS offer_state, o.expires_at FROM seat s "
        "JOIN volunteer v ON v.id = s.volunteer "
        f'LEFT JOIN offer o ON o.seat = s.id WHERE s."match" IN ({marks(matches)}) ORDER BY s.position, s.id',
        *matches,
    )
    seats = [msgspec.convert(row, TeamSeat) for row in rows]
    ordered = sorted(seats, key=lambda seat: ORDER.index(seat.role))
    return {match: tuple(seat for seat in ordered if seat.match == match) for match in matches}
