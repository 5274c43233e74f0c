"""The calendar: deadlines over all open cases by their day, and the dates that somebody must ask for."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.deadlines.acts import BY_HAND
from core.model.states import OPEN_CASE, CaseState
from core.model.vocabulary import PracticeArea
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Row, Where, made, marks, select, select_one

RECENT_DAYS: Final = 30
"""A deadline that was missed longer ago is not in the calendar any more, only among what was missed."""
WEEK: Final = 7


class View(StrEnum):
    """Which deadlines: those ahead and just missed, all that were missed, or those whose date is not known."""

    AHEAD = ""
    MISSED = "missed"
    UNKNOWN = "unknown"
    OPENS = "opens"


class Sieve(msgspec.Struct, frozen=True):
    """Which deadlines to show; empty values ask for nothing. ``in_hand``: whether somebody sees to them."""

    view: View = View.AHEAD
    rule: str = ""
    area: PracticeArea | None = None
    state: CaseState | None = None
    in_hand: bool | None = None
    until: date | None = None


class Line(msgspec.Struct, frozen=True):
    """A deadline with its case and who works on it. ``day`` is the one it is sorted by."""

    id: UUID
    case: Case
    rule: str
    title: str
    fact: str
    due: date | None
    opens: date | None
    reminded_at: datetime | None
    in_hand_at: datetime | None
    in_hand_by: str
    escalated_at: datetime | None
    attorney: str
    match: UUID | None

    @property
    def is_by_hand(self) -> bool:
        """Whether a person gave it to the case."""
        return self.rule == BY_HAND


class Figures(msgspec.Struct, frozen=True):
    """How many deadlines of open cases there are of each sort; ``unknown`` are dates, from which several may follow."""

    week: int = 0
    month: int = 0
    idle: int = 0
    missed: int = 0
    unknown: int = 0


_SELECT: Final = (
    f"SELECT {COLUMNS}, d.id AS line, d.rule, d.title, d.fact, d.due, d.opens, d.reminded_at, d.in_hand_at, "
    "d.escalated_at, a.name AS in_hand_by, m.id AS match, v.name AS attorney FROM deadline d "
    'JOIN legal_case c ON c.id = d."case" LEFT JOIN account a ON a.id = d.in_hand_by '
    "LEFT JOIN case_match m ON m.\"case\" = c.id AND m.state = 'engaged' "
    "LEFT JOIN seat s ON s.\"match\" = m.id AND s.role = 'attorney' AND s.state = 'engaged' "
    "LEFT JOIN volunteer v ON v.id = s.volunteer"
)
_DAYS: Final = {View.AHEAD: "d.due", View.MISSED: "d.due", View.OPENS: "d.opens", View.UNKNOWN: "c.received"}
"""By which day each view is sorted."""


def _open() -> Where:
    states = sorted(map(str, OPEN_CASE))
    return Where(f"c.state IN ({marks(states)})", *states)


def _sieved(sieve: Sieve, today: date) -> Where:
    where = _open()
    if sieve.view is View.AHEAD:
        where.also("d.due >= {}", today - timedelta(days=RECENT_DAYS))
    elif sieve.view is View.MISSED:
        where.also("d.due < {}", today)
    elif sieve.view is View.OPENS:
        where.also("d.due IS NULL AND d.opens IS NOT NULL")
    else:
        where.also("d.due IS NULL AND d.opens IS NULL")
    if sieve.rule:
        where.also("d.rule = {}", sieve.rule)
    if sieve.area is not None:
        where.also("c.practice_area = {}", str(sieve.area))
    if sieve.state is not None:
        where.also("c.state = {}", str(sieve.state))
    if sieve.in_hand is not None:
        where.also(f"d.in_hand_at IS {'NOT ' if sieve.in_hand else ''}NULL")
    if sieve.until is not None:
        where.also("d.due <= {}", sieve.until)
    return where


async def calendar(sieve: Sieve, *, today: date, after: UUID | None = None, limit: int = ROWS) -> Page[Line]:
    """One page of deadlines by their day: the earliest first, of what was missed the latest. One statement."""
    where, day = _sieved(sieve, today), _DAYS[sieve.view]
    back = sieve.view is View.MISSED
    if after is not None:
        mark = f'(SELECT {day}, d.id FROM deadline d JOIN legal_case c ON c.id = d."case" WHERE d.id = {{}})'
        where.also(f"({day}, d.id) {'<' if back else '>'} {mark}", after)
    order = f"{day}{' DESC' if back else ''}, d.id{' DESC' if back else ''}"
    rows = await select(f"{_SELECT} WHERE {where} ORDER BY {order} LIMIT {{}}", *where.values, limit + 1)
    return page_of([_line(row) for row in rows], [str(row["line"]) for row in rows], limit)


def _line(row: Row) -> Line:
    values = {name: row[name] for name in Line.__struct_fields__ if name not in ("id", "case")}
    texts = {"in_hand_by": row["in_hand_by"] or "", "attorney": row["attorney"] or ""}
    return msgspec.convert(values | texts | {"id": row["line"], "case": case_in(row)}, Line)


async def figures(today: date) -> Figures:
    """Count the deadlines of open cases. One statement."""
    where, week, month = _open(), today + timedelta(days=WEEK - 1), today + timedelta(days=RECENT_DAYS)
    near = "d.due >= {} AND d.due <= {}"
    row = await select_one(
        f"SELECT COUNT(CASE WHEN {near} THEN 1 END) AS week, COUNT(CASE WHEN {near} THEN 1 END) AS month, "
        f"COUNT(CASE WHEN {near} AND d.in_hand_at IS NULL THEN 1 END) AS idle, "
        "COUNT(CASE WHEN d.due < {} THEN 1 END) AS missed, "
        "COUNT(DISTINCT CASE WHEN d.due IS NULL AND d.opens IS NULL "
        'THEN CAST(d."case" AS TEXT) || d.fact END) AS unknown '
        f'FROM deadline d JOIN legal_case c ON c.id = d."case" WHERE {where}',
        *(today, week, today, month, today, month, today),
        *where.values,
    )
    return made(row or {}, Figures)


async def kinds_of_deadline() -> dict[str, str]:
    """The titles of the deadlines that there are, by the codes of rules, for a filter. One statement."""
    rows = await select("SELECT rule, MIN(title) AS title FROM deadline GROUP BY rule ORDER BY 2")
    return {row["rule"]: row["title"] for row in rows}
