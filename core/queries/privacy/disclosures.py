"""The disclosure log as it is read: who saw what of a client, when and why; and who is kept off a case."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.model.clients.client import Stage
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Row, Where, loaded, made, select, select_one


class View(msgspec.Struct, frozen=True):
    """One look at who a client is. ``fields`` are the log's codes; ``who`` is the person's name at that time."""

    id: UUID
    case: UUID
    ref: str
    who: str
    account: UUID | None
    fields: tuple[str, ...]
    stage: Stage
    purpose: str
    at: datetime


class Sieve(msgspec.Struct, frozen=True):
    """Which looks to list; empty values ask for nothing. ``since``: from this instant on."""

    account: UUID | None = None
    purpose: str = ""
    ref: str = ""
    since: datetime | None = None


class Looker(msgspec.Struct, frozen=True):
    """How much somebody has looked since an instant: how often, and at how many clients."""

    who: str
    account: UUID | None
    looks: int
    clients: int


class KeptOff(msgspec.Struct, frozen=True):
    """Somebody who is kept off a case, with who decided that."""

    id: UUID
    name: str
    reason: str
    made_at: datetime
    volunteer: UUID | None = None
    account: UUID | None = None
    made_by: str | None = None


class Person(msgspec.Struct, frozen=True):
    """Somebody by name: of the staff, or a volunteer."""

    id: UUID
    name: str


_SELECT = (
    'SELECT d.id, d."case", c.reference AS ref, d.actor_label AS who, d.account, d.fields, d.stage, d.purpose, d.at '
    'FROM disclosure d JOIN legal_case c ON c.id = d."case" '
)


async def views(sieve: Sieve, *, after: UUID | None = None, limit: int = ROWS) -> Page[View]:
    """One page of all looks, the newest first. One statement."""
    where = Where("1 = 1")
    if sieve.account is not None:
        where.also("d.account = {}", sieve.account)
    if sieve.purpose:
        where.also("d.purpose = {}", sieve.purpose)
    if sieve.ref:
        where.also("c.reference = {}", sieve.ref)
    if sieve.since is not None:
        where.also("d.at >= {}", sieve.since)
    return await _page(where, after, limit)


async def views_of(case: UUID, *, after: UUID | None = None, limit: int = ROWS) -> Page[View]:
    """One page of the looks at one client, the newest first. One statement."""
    return await _page(Where('d."case" = {}', case), after, limit)


async def _page(where: Where, after: UUID | None, limit: int) -> Page[View]:
    if after is not None:
        where.also("d.id < {}", after)
    rows = await select(f"{_SELECT} WHERE {where} ORDER BY d.id DESC LIMIT {{}}", *where.values, limit + 1)
    return page_of([_view(row) for row in rows], [str(row["id"]) for row in rows], limit)


async def all_views_of(case: UUID) -> tuple[View, ...]:
    """Every look at one client, the oldest first. One statement."""
    return tuple(_view(row) for row in await select(f'{_SELECT} WHERE d."case" = {{}} ORDER BY d.id', case))


def _view(row: Row) -> View:
    return made(row, View, case=row["case"], fields=loaded(row["fields"], tuple[str, ...]))


async def lookers(since: datetime, *, limit: int = 50) -> tuple[Looker, ...]:
    """Who has looked since an instant, whoever looked at most clients first. One statement."""
    rows = await select(
        'SELECT MAX(actor_label) AS who, account, COUNT(*) AS looks, COUNT(DISTINCT "case") AS clients '
        "FROM disclosure WHERE at >= {} AND account IS NOT NULL GROUP BY account ORDER BY 4 DESC, 3 DESC LIMIT {}",
        since,
        limit,
    )
    return tuple(_looker(row) for row in rows)


def _looker(row: Row) -> Looker:
    return Looker(row["who"], row["account"], row["looks"], row["clients"])


async def kept_off(case: UUID) -> tuple[KeptOff, ...]:
    """Who is kept off a case now. One statement."""
    rows = await select(
        "SELECT s.id, COALESCE(v.name, a.name, '') AS name, s.reason, s.made_at, s.volunteer, s.account, "
        "b.name AS made_by FROM screened_off s LEFT JOIN volunteer v ON v.id = s.volunteer "
        "LEFT JOIN account a ON a.id = s.account LEFT JOIN account b ON b.id = s.made_by "
        'WHERE s."case" = {} AND s.lifted_at IS NULL ORDER BY s.id',
        case,
    )
    return tuple(made(row, KeptOff) for row in rows)


async def staff_people() -> tuple[Person, ...]:
    """Everybody of the staff, by name. One statement."""
    rows = await select(
        "SELECT DISTINCT a.id, a.name FROM account a JOIN role_grant r ON r.account = a.id "
        "WHERE a.active AND r.role IN ('coordinator', 'administrator') ORDER BY a.name, a.id"
    )
    return tuple(made(row, Person) for row in rows)


async def volunteers_called(name: str, *, limit: int = 25) -> tuple[Person, ...]:
    """Volunteers with this in their names, by name. One statement."""
    rows = await select(
        "SELECT id, name FROM volunteer WHERE merged_into IS NULL AND LOWER(name) LIKE {} ORDER BY name, id LIMIT {}",
        f"%{''.join(letter for letter in name.lower() if letter not in '%_')}%",
        limit,
    )
    return tuple(made(row, Person) for row in rows)


async def live_match(case: UUID) -> UUID | None:
    """The match that a case has now. One statement."""
    row = await select_one(
        "SELECT id FROM case_match WHERE \"case\" = {} AND state IN ('offered', 'accepted', 'cleared', 'engaged')", case
    )
    return row["id"] if row else None
