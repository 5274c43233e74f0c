"""Open cases as a volunteer sees them before anything is hers, read from what may be told of them and nothing else.

Stage 0 of DOMAIN "Confidentiality". ``core.store.cases.listings`` works out what that is; no column of the case
itself is shown here, filtered by or ordered by, so that no page, filter or count can tell more. A case that is
held for a claim is not on the list.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases.urgency import Tier
from core.model.languages import family_of
from core.model.listings.attributes import Attribute
from core.model.listings.listed import Listing, Told, weeks_between
from core.model.vocabulary import Forum, PracticeArea
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Row, Where, loaded, marks, select

EXAMINED: Final = 200
"""How many of the most urgent cases "fits me" looks at for one page."""

NOT_OPEN: Final = "This case is not open, or there is no such case. The list shows those that are."
FAMILY: Final = "family:"
"""Before the name of a family of languages, where the filter asks for one."""


class Wishes(msgspec.Struct, frozen=True):
    """What a volunteer looks for; empty values ask for nothing.

    ``language`` is a tag, which also finds listings that tell its family only, or ``family:`` with a family.
    """

    area: PracticeArea | None = None
    language: str = ""
    forum: Forum | None = None
    remote: bool = False
    hours: float | None = None


LISTED: Final = ", ".join(f"l.{name}" for name in ("tier", *Told.__struct_fields__))
"""All that is told of a case, under the alias ``l``."""
_FROM: Final = 'FROM listing l JOIN legal_case c ON c.id = l."case"'
LISTING: Final = LISTED + ", l.telling, c.summary AS written, c.reference AS listed_as, c.id AS key"
"""What ``listing_of`` reads, for statements that join the listing of a case as ``l`` and the case as ``c``."""
_URGENT_FIRST: Final = "l.tier, l.waiting_since, l.reference"


def listing_of(row: Row, today: date) -> Listing:
    """The listing in a row that was selected with ``LISTING``."""
    told: dict[str, Any] = {name: row[name] for name in Told.__struct_fields__}
    waiting, due = row["waiting_week"], row["deadline_week"]
    told |= {
        "languages": loaded(row["languages"], tuple[str, ...]),
        "hidden": loaded(row["hidden"], tuple[Attribute, ...]),
        "id": row["key"],
        "ref": row["listed_as"],
        "tier": Tier(row["tier"]),
        "summary": row["written"] if row["telling"] else "",
        "weeks_waiting": max(0, weeks_between(waiting, today)) if waiting else 0,
        "weeks_left": weeks_between(today, due) if due else None,
    }
    return msgspec.convert(told, Listing)


async def open_cases(
    wishes: Wishes, *, today: date, after: str = "", limit: int = ROWS, without: Collection[UUID] = ()
) -> Page[Listing]:
    """One page of the open cases that meet the wishes, most urgent first, but those that she must not see."""
    rows = await _select(_but(_wanted(wishes, after), without), limit + 1)
    return page_of([listing_of(row, today) for row in rows], [row["listed_as"] for row in rows], limit)


async def open_cases_to_examine(wishes: Wishes, *, today: date, after: str = "") -> Page[Listing]:
    """The most urgent open cases, for asking the rules, which keep from her what she must not see."""
    return await open_cases(wishes, today=today, after=after, limit=EXAMINED)


def _but(where: Where, without: Collection[UUID]) -> Where:
    if without:
        where.also(f'l."case" NOT IN ({marks(without)})', *without)
    return where


def _open() -> Where:
    return Where("l.listed = {} AND c.held_by IS NULL", True)


def _wanted(wishes: Wishes, after: str) -> Where:
    where = _open()
    if wishes.area is not None:
        where.also("l.practice_area = {}", str(wishes.area))
    if wishes.language.startswith(FAMILY):
        where.also("l.family = {}", wishes.language.removeprefix(FAMILY))
    elif wishes.language:
        spoken = "(CAST(l.languages AS TEXT) LIKE {} OR (CAST(l.languages AS TEXT) = '[]' AND l.family = {}))"
        where.also(spoken, f'%"{_plain(wishes.language)}"%', family_of(wishes.language))
    if wishes.forum is not None:
        where.also("l.forum = {}", str(wishes.forum))
    if wishes.remote:
        where.also("l.remote_ok = {}", True)
    if wishes.hours is not None:
        where.also("l.hours <= {}", wishes.hours)
    if after:
        mark = "(SELECT m.tier, m.waiting_since, m.reference FROM listing m WHERE m.reference = {} AND m.listed = {})"
        where.also(f"({_URGENT_FIRST}) > {mark}", after, True)
    return where


def _plain(tag: str) -> str:
    return "".join(letter for letter in tag if letter.isalnum() or letter == "-")


async def _select(where: Where, limit: int, order: str = _URGENT_FIRST, *values: object) -> list[Row]:
    return await select(
        f"SELECT {LISTING} {_FROM} WHERE {where} ORDER BY {order} LIMIT {{}}", *where.values, *values, limit
    )


class Found(msgspec.Struct, frozen=True):
    """A listed case and whose claim it is held for."""

    listing: Listing
    held_by: UUID | None


async def open_case(key: UUID, *, today: date) -> Found:
    """One case that is listed, or was until somebody claimed it; NotFound otherwise."""
    rows = await select(f'SELECT {LISTING}, c.held_by {_FROM} WHERE l."case" = {{}} AND l.listed = {{}}', key, True)
    if not rows:
        raise NotFound(NOT_OPEN)
    return Found(listing_of(rows[0], today), rows[0]["held_by"])


async def last_listing(key: UUID, *, today: date) -> Listing:
    """How a case is listed, or was when it was listed last; NotFound when it never was."""
    rows = await select(f'SELECT {LISTING} {_FROM} WHERE l."case" = {{}}', key)
    if not rows:
        raise NotFound(NOT_OPEN)
    return listing_of(rows[0], today)


async def similar_cases(
    to: Listing, *, today: date, limit: int = 5, without: Collection[UUID] = ()
) -> tuple[Listing, ...]:
    """Open cases that are told to be of the same practice area or languages, those that share both first."""
    area, spoken = str(to.practice_area or ""), msgspec.json.encode(to.languages).decode()
    same_area, same_language = "l.practice_area = {}", "(l.family = {} AND CAST(l.languages AS TEXT) = {})"
    where = _but(_open().also('l."case" <> {}', to.id), without)
    where.also(f"({same_area} OR {same_language})", area, to.family, spoken)
    nearest = f"CASE WHEN {same_area} THEN 0 ELSE 1 END + CASE WHEN {same_language} THEN 0 ELSE 1 END"
    rows = await _select(where, limit, f"{nearest}, {_URGENT_FIRST}", area, to.family, spoken)
    return tuple(listing_of(row, today) for row in rows)


async def languages_listed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The languages, and the families of languages, that listings tell, for a filter."""
    rows = await select(
        "SELECT family, CAST(languages AS TEXT) AS spoken FROM listing WHERE listed = {} "
        "GROUP BY family, CAST(languages AS TEXT)",
        True,
    )
    tags = {tag for row in rows for tag in loaded(row["spoken"], tuple[str, ...])}
    families = {row["family"] for row in rows if row["spoken"] == "[]" and row["family"]}
    return tuple(sorted(tags)), tuple(sorted(families))


async def languages_waiting() -> tuple[str, ...]:
    """The languages of all waiting clients, for coordinators."""
    rows = await select("SELECT DISTINCT CAST(languages AS TEXT) AS spoken FROM legal_case WHERE state = 'waitlisted'")
    return tuple(sorted({tag for row in rows for tag in loaded(row["spoken"], tuple[str, ...])}))
