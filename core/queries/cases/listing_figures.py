"""The list of open cases in figures, for coordinators: how much of it is told, and which cases need a look."""

from typing import Final
from uuid import UUID

import msgspec

from core.queries.reading import Row, select, select_one

MOST: Final = 50


class ListFigures(msgspec.Struct, frozen=True):
    """How many cases wait, how many of them are listed, and of how many each thing is told."""

    waiting: int = 0
    listed: int = 0
    withheld: int = 0
    language: int = 0
    family: int = 0
    area: int = 0
    posture: int = 0
    relief: int = 0
    region: int = 0
    summary: int = 0


class NeedsALook(msgspec.Struct, frozen=True):
    """A waiting case that volunteers know little of: kept off the list, or without its summary."""

    id: UUID
    ref: str
    withheld: str
    unsaid: bool


def _counted(condition: str) -> str:
    return f"COALESCE(SUM(CASE WHEN l.listed = {{}} AND {condition} THEN 1 ELSE 0 END), 0)"


_FIGURES: Final = {
    "listed": "1 = 1",
    "language": "CAST(l.languages AS TEXT) <> '[]'",
    "family": "CAST(l.languages AS TEXT) = '[]' AND l.family <> ''",
    "area": "l.practice_area IS NOT NULL",
    "posture": "l.posture IS NOT NULL",
    "relief": "l.relief <> ''",
    "region": "l.region <> ''",
    "summary": "l.telling = {}",
}


async def list_figures() -> ListFigures:
    """Count. One statement."""
    columns = ", ".join(f"{_counted(condition)} AS {name}" for name, condition in _FIGURES.items())
    row = await select_one(
        f"SELECT COUNT(*) AS waiting, {columns}, COALESCE(SUM(CASE WHEN l.withheld <> '' THEN 1 ELSE 0 END), 0) "
        "AS withheld FROM legal_case c LEFT JOIN listing l ON l.\"case\" = c.id WHERE c.state = 'waitlisted'",
        *[True for name in _FIGURES for _ in range(2 if name == "summary" else 1)],
    )
    return msgspec.convert(row or {}, ListFigures)


async def needing_a_look() -> tuple[NeedsALook, ...]:
    """The waiting cases that are kept off the list, and those whose summary is not shown, the most urgent first."""
    rows = await select(
        'SELECT c.id, c.reference AS ref, l.withheld, c.summary FROM legal_case c JOIN listing l ON l."case" = c.id '
        "WHERE c.state = 'waitlisted' AND (l.withheld <> '' OR l.telling = {}) "
        "ORDER BY c.tier, c.waiting_since, c.reference LIMIT {}",
        False,
        MOST,
    )
    return tuple(_look(row) for row in rows)


def _look(row: Row) -> NeedsALook:
    return NeedsALook(row["id"], row["ref"], row["withheld"], not row["summary"])
