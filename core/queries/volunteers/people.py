"""Volunteers as coordinators look them up: what they can do, their standing, what they carry."""

from uuid import UUID

import msgspec

from core.model.people import Volunteer
from core.model.states import MatchState, SeatState
from core.model.vocabulary import PracticeArea, SeatRole, VolunteerRole
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Where, made, marks, select
from core.store.volunteers.volunteers import volunteers_by_id

HELD = "'approved', 'offered', 'accepted', 'conflict_cleared', 'engaged'"


class Search(msgspec.Struct, frozen=True):
    """Whom to show; empty values ask for nothing. ``name`` is part of a name."""

    name: str = ""
    role: VolunteerRole | None = None
    area: PracticeArea | None = None
    language: str = ""


class Carried(msgspec.Struct, frozen=True):
    """A volunteer with the number of seats and mentor seats that she holds."""

    volunteer: Volunteer
    seats: int = 0
    mentoring: int = 0


class HeldSeat(msgspec.Struct, frozen=True):
    """A seat that a volunteer has or had."""

    match: UUID
    case: UUID
    ref: str
    role: SeatRole
    state: SeatState
    match_state: MatchState
    practice_area: PracticeArea


async def find_people(search: Search, *, after: UUID | None = None, limit: int = ROWS) -> Page[Carried]:
    """One page of volunteers by the order of joining, the newest first. Eight statements."""
    where = _wanted(search)
    if after is not None:
        where.also("v.id < {}", after)
    rows = await select(
        f"SELECT v.id FROM volunteer v WHERE {where} ORDER BY v.id DESC LIMIT {{}}", *where.values, limit + 1
    )
    keys = [row["id"] for row in rows]
    return page_of(await carried(keys), [str(key) for key in keys], limit)


async def count_people(search: Search) -> int:
    """How many volunteers a search finds."""
    where = _wanted(search)
    (row,) = await select(f"SELECT COUNT(*) AS n FROM volunteer v WHERE {where}", *where.values)
    return int(row["n"])


async def languages_known() -> tuple[str, ...]:
    """The languages that volunteers speak, for a filter."""
    rows = await select("SELECT DISTINCT language FROM language_ability ORDER BY language")
    return tuple(row["language"] for row in rows)


async def names_known(limit: int = 5000) -> tuple[tuple[str, str, UUID], ...]:
    """Everybody as (name, reference, id), by name. One statement."""
    rows = await select(
        "SELECT name, reference, id FROM volunteer WHERE merged_into IS NULL ORDER BY name, reference LIMIT {}", limit
    )
    return tuple((row["name"], row["reference"], row["id"]) for row in rows)


def _wanted(search: Search) -> Where:
    where = Where("v.merged_into IS NULL")
    if search.name:
        where.also("LOWER(v.name) LIKE {}", f"%{search.name.casefold()}%")
    if search.role is not None:
        where.also("CAST(v.roles AS TEXT) LIKE {}", f'%"{search.role}"%')
    if search.area is not None:
        where.also(
            "EXISTS (SELECT 1 FROM practice_ability a WHERE a.volunteer = v.id AND a.practice_area = {})",
            str(search.area),
        )
    if search.language:
        where.also(
            "EXISTS (SELECT 1 FROM language_ability l WHERE l.volunteer = v.id AND l.language = {})", search.language
        )
    return where


async def carried(keys: list[UUID]) -> list[Carried]:
    """These volunteers in this order, each with what she carries. Seven statements."""
    if not keys:
        return []
    people = await volunteers_by_id(keys)
    rows = await select(
        "SELECT volunteer, SUM(CASE WHEN role = 'mentor' THEN 0 ELSE 1 END) AS seats, "
        f"SUM(CASE WHEN role = 'mentor' THEN 1 ELSE 0 END) AS mentoring FROM seat WHERE state IN ({HELD}) "
        f"AND volunteer IN ({marks(keys)}) GROUP BY volunteer",
        *keys,
    )
    load = {row["volunteer"]: (row["seats"], row["mentoring"]) for row in rows}
    return [Carried(people[key], *load.get(key, (0, 0))) for key in keys if key in people]


async def seats_held(volunteer: UUID, limit: int = 50) -> tuple[HeldSeat, ...]:
    """The newest seats of a volunteer, live ones first. One statement."""
    rows = await select(
        "SELECT m.id AS match, c.id AS case_id, c.reference AS ref, s.role, s.state, m.state AS match_state, "
        'c.practice_area FROM seat s JOIN case_match m ON m.id = s."match" JOIN legal_case c ON c.id = m."case" '
        f"WHERE s.volunteer = {{}} ORDER BY CASE WHEN s.state IN ({HELD}) THEN 0 ELSE 1 END, s.id DESC LIMIT {{}}",
        volunteer,
        limit,
    )
    return tuple(made(row, HeldSeat, case=row["case_id"]) for row in rows)
