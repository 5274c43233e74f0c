"""Open cases as a volunteer sees them before anything is hers: anonymised here, so that no page can tell more.

Stage 0 of DOMAIN "Confidentiality": practice area, relief, posture, broad region, languages, hours, dates rounded
to the week and the coordinator's summary. Where fewer than five open cases share region and languages, the region
is widened to the state. A case that is held for a claim is not listed.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases import Case
from core.model.states import CaseState
from core.model.urgency import Tier
from core.model.vocabulary import Forum, Posture, PracticeArea
from core.queries.case_rows import COLUMNS, case_in, speaking
from core.queries.paging import ROWS, URGENT_FIRST, Page, behind_case, page_of
from core.queries.reading import Row, Where, loaded, made, marks, select

COMPARABLE: Final = 5
"""How many open cases must share a region and languages for the region to be shown."""

EXAMINED: Final = 200
"""How many of the most urgent cases "fits me" looks at for one page."""

WAITING = str(CaseState.WAITLISTED)
NOT_OPEN: Final = "This case is not open, or there is no such case. The list shows those that are."

_COMPARABLE = (
    "(SELECT region, CAST(languages AS TEXT) AS spoken, COUNT(*) AS n FROM legal_case "
    "WHERE state = 'waitlisted' GROUP BY region, CAST(languages AS TEXT)) k "
    "ON k.region = c.region AND k.spoken = CAST(c.languages AS TEXT)"
)


class Wishes(msgspec.Struct, frozen=True):
    """What a volunteer looks for; empty values ask for nothing."""

    area: PracticeArea | None = None
    language: str = ""
    forum: Forum | None = None
    remote: bool = False
    hours: float | None = None


class Listing(msgspec.Struct, frozen=True):
    """One open case, anonymised. ``weeks_left`` is 0 in the week of the deadline and negative when it has passed."""

    id: UUID
    ref: str
    practice_area: PracticeArea
    relief: str
    posture: Posture
    forum: Forum
    skill_level: int
    tier: Tier
    detained: bool
    place: str
    remote_ok: bool
    languages: tuple[str, ...]
    hours: float
    weeks_waiting: int
    weeks_left: int | None
    deadline_kind: str
    summary: str


_MADE_OF: Final = {"ref": "reference", "place": "us_state", "weeks_waiting": "waiting_since", "weeks_left": "deadline"}
_SHOWN: Final = ", ".join(f"c.{_MADE_OF.get(name, name)}" for name in Listing.__struct_fields__)
"""What a page of listings reads of a case, and nothing else."""
_WHOLE: Final = f"{COLUMNS}, c.tier"


def listing_of(row: Row, today: date) -> Listing:
    """Anonymise one row; ``row["n"]`` is the number of comparable open cases."""
    common = (row["n"] or 0) >= COMPARABLE
    deadline: date | None = row["deadline"]
    since: datetime | None = row["waiting_since"]
    return made(
        row,
        Listing,
        ref=row["reference"],
        languages=loaded(row["languages"], tuple[str, ...]),
        place=row["region"] if common else row["us_state"],
        weeks_waiting=max(0, (today - since.date()).days // 7) if since else 0,
        weeks_left=None if deadline is None else (deadline - today).days // 7,
    )


async def open_cases(
    wishes: Wishes, *, today: date, after: str = "", limit: int = ROWS, without: Collection[UUID] = ()
) -> Page[Listing]:
    """One page of the open cases that meet the wishes, most urgent first, but those that she must not see."""
    rows = await _select(_but(_wanted(wishes, after), without), limit + 1, columns=_SHOWN)
    return page_of([listing_of(row, today) for row in rows], [row["reference"] for row in rows], limit)


async def open_cases_to_examine(wishes: Wishes, *, today: date, after: str = "") -> Page[tuple[Listing, Case]]:
    """The most urgent open cases with their facts, for asking the rules; the facts are not for showing."""
    rows = await _select(_wanted(wishes, after), EXAMINED + 1)
    pairs = [(listing_of(row, today), case_in(row)) for row in rows]
    return page_of(pairs, [row["reference"] for row in rows], EXAMINED)


def _but(where: Where, without: Collection[UUID]) -> Where:
    if without:
        where.also(f"c.id NOT IN ({marks(without)})", *without)
    return where


def _wanted(wishes: Wishes, after: str) -> Where:
    where = Where("c.state = {} AND c.held_by IS NULL", WAITING)
    if wishes.area is not None:
        where.also("c.practice_area = {}", str(wishes.area))
    if wishes.language:
        where.also(*speaking(wishes.language))
    if wishes.forum is not None:
        where.also("c.forum = {}", str(wishes.forum))
    if wishes.remote:
        where.also("c.remote_ok = {}", True)
    if wishes.hours is not None:
        where.also("c.hours <= {}", wishes.hours)
    return behind_case(where, after)


async def _select(
    where: Where, limit: int, order: str = URGENT_FIRST, *values: object, columns: str = _WHOLE
) -> list[Row]:
    return await select(
        f"SELECT {columns}, c.region, k.n FROM legal_case c LEFT JOIN {_COMPARABLE} "
        f"WHERE {where} ORDER BY {order} LIMIT {{}}",
        *where.values,
        *values,
        limit,
    )


async def open_case(key: UUID, *, today: date) -> tuple[Listing, Case]:
    """One open case with its facts; NotFound when it is no longer listed."""
    rows = await _select(Where("c.id = {} AND c.state = {}", key, WAITING), 1)
    if not rows:
        raise NotFound(NOT_OPEN)
    return listing_of(rows[0], today), case_in(rows[0])


async def similar_cases(
    case: Case, *, today: date, limit: int = 5, without: Collection[UUID] = ()
) -> tuple[Listing, ...]:
    """Open cases of the same practice area or the same languages, those that share both first."""
    spoken = msgspec.json.encode(case.languages).decode()
    where = Where("c.state = {} AND c.held_by IS NULL AND c.id <> {}", WAITING, case.id)
    where.also("(c.practice_area = {} OR CAST(c.languages AS TEXT) = {})", str(case.practice_area), spoken)
    nearest = (
        "CASE WHEN c.practice_area = {} THEN 0 ELSE 1 END + CASE WHEN CAST(c.languages AS TEXT) = {} THEN 0 ELSE 1 END"
    )
    rows = await _select(_but(where, without), limit, f"{nearest}, {URGENT_FIRST}", str(case.practice_area), spoken)
    return tuple(listing_of(row, today) for row in rows)


async def languages_waiting() -> tuple[str, ...]:
    """The languages of all waiting clients, for a filter. Grouped as an index is, which is then all that is read."""
    rows = await select(
        "SELECT CAST(languages AS TEXT) AS spoken FROM legal_case WHERE state = {} "
        "GROUP BY region, CAST(languages AS TEXT)",
        WAITING,
    )
    spoken = {row["spoken"] for row in rows}
    return tuple(sorted({tag for text in spoken for tag in loaded(text, tuple[str, ...])}))


async def counties_waiting() -> tuple[str, ...]:
    """The counties of all waiting clients, as far as they are known."""
    rows = await select("SELECT DISTINCT county FROM legal_case WHERE state = {} AND county <> ''", WAITING)
    return tuple(sorted(row["county"] for row in rows))
