"""Matches: cases with their teams, for coordinators and for the volunteers on them."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases.case import Case
from core.model.events import AuditEvent
from core.model.states import MatchState
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.matches.seats import TeamSeat, seats_by_match
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Row, Where, select
from core.store.audit import events_of, with_words

LIVE = "'offered', 'accepted', 'cleared', 'engaged'"


class Team(msgspec.Struct, frozen=True):
    """A match: the case, its state, its seats, and when the next offer expires."""

    id: UUID
    case: Case
    proposal: UUID
    state: MatchState
    approved_at: datetime
    seats: tuple[TeamSeat, ...]
    expires_at: datetime | None = None
    engaged_at: datetime | None = None
    ended_at: datetime | None = None
    ended_reason: str = ""

    def seat_of(self, volunteer: UUID | None) -> TeamSeat | None:
        """The seat that this volunteer holds or held."""
        return next((seat for seat in self.seats if seat.volunteer == volunteer), None)


_SELECT = (
    f"SELECT {COLUMNS}, m.id AS match, m.proposal, m.state AS match_state, m.approved_at, m.engaged_at, m.ended_at, "
    "m.ended_reason AS match_ended_reason, (SELECT MIN(o.expires_at) FROM offer o JOIN seat s ON s.id = o.seat "
    'WHERE s."match" = m.id AND o.state = \'open\') AS expires FROM case_match m JOIN legal_case c ON c.id = m."case" '
)


async def matches(states: tuple[MatchState, ...], *, after: UUID | None = None, limit: int = ROWS) -> Page[Team]:
    """One page of the matches in these states, the newest first. Two statements."""
    where = Where("m.state IN (" + ", ".join("{}" for _ in states) + ")", *(str(state) for state in states))
    return await _page(where, after, limit)


async def matches_of_volunteer(volunteer: UUID, *, after: UUID | None = None, limit: int = ROWS) -> Page[Team]:
    """One page of the matches in which this volunteer has said yes, the newest first. Two statements."""
    mine = 'm.id IN (SELECT s."match" FROM seat s WHERE s.volunteer = {} AND s.state IN ({}, {}, {}, {}))'
    yes = ("accepted", "conflict_cleared", "engaged", "completed")
    return await _page(Where(mine, volunteer, *yes), after, limit)


async def _page(where: Where, after: UUID | None, limit: int) -> Page[Team]:
    if after is not None:
        where.also("m.id < {}", after)
    rows = await select(f"{_SELECT} WHERE {where} ORDER BY m.id DESC LIMIT {{}}", *where.values, limit + 1)
    return page_of(await _teams(rows), [str(row["match"]) for row in rows], limit)


async def matches_of_case(case: UUID) -> tuple[Team, ...]:
    """Every match that a case has had, the newest first. Two statements."""
    return tuple(await _teams(await select(f'{_SELECT} WHERE m."case" = {{}} ORDER BY m.id DESC', case)))


async def find_team(match: UUID) -> Team:
    """One match with its team; NotFound when there is none. Two statements."""
    teams = await _teams(await select(f"{_SELECT} WHERE m.id = {{}}", match))
    if not teams:
        raise NotFound("There is no such match, or it is not yours to see.")
    return teams[0]


async def _teams(rows: list[Row]) -> list[Team]:
    seats = await seats_by_match([row["match"] for row in rows])
    return [_team(row, seats[row["match"]]) for row in rows]


def _team(row: Row, seats: tuple[TeamSeat, ...]) -> Team:
    expires = row["expires"]
    return Team(
        id=row["match"],
        case=case_in(row),
        proposal=row["proposal"],
        state=MatchState(row["match_state"]),
        approved_at=row["approved_at"],
        seats=seats,
        expires_at=datetime.fromisoformat(expires) if isinstance(expires, str) else expires,
        engaged_at=row["engaged_at"],
        ended_at=row["ended_at"],
        ended_reason=row["match_ended_reason"],
    )


async def history_of_team(team: Team) -> list[AuditEvent]:
    """What happened to a match, its proposal, its case and its offers, oldest first. Two statements."""
    offers = [seat.offer for seat in team.seats if seat.offer]
    return await with_words(team.case.id, await events_of([team.id, team.proposal, team.case.id, *offers]))


async def history_of_case(case: UUID, teams: tuple[Team, ...]) -> list[AuditEvent]:
    """What happened to a case, its proposals and its matches, oldest first. Three statements."""
    offers = [seat.offer for team in teams for seat in team.seats if seat.offer]
    proposals = await select('SELECT id FROM proposal WHERE "case" = {}', case)
    told = await events_of([case, *(team.id for team in teams), *(row["id"] for row in proposals), *offers])
    return await with_words(case, told)
