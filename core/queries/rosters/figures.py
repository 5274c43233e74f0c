"""What a bar's members gave, counted by year; what of it a bar may see is said in ``core.model.rosters.figures``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from core.model.rosters.figures import RosterFigures, YearOfBar, figures
from core.queries.reading import Row, select
from core.store.database import slow_reads
from core.store.rosters.rosters import find_roster

_OURS: Final = (
    "FROM bar_admission b JOIN roster_entry e ON e.roster = {} AND e.number = b.number "
    "JOIN volunteer v ON v.id = b.volunteer "
)
_AT: Final = "WHERE b.jurisdiction = {} AND b.number <> '' AND v.merged_into IS NULL "
_SEATS: Final = 'JOIN seat s ON s.volunteer = v.id JOIN case_match m ON m.id = s."match" '
_TOOK: Final = "AND m.engaged_at IS NOT NULL AND s.state IN ('engaged', 'completed', 'withdrawn') "
"""Whoever was in the team when the work began has taken the case, also where she left it later."""


async def figures_of(name: str, *, now: datetime) -> RosterFigures:
    """The figures of a roster as its bar may see them; NotFound where it was never synchronised. Six statements."""
    roster = await find_roster(name)
    key, bar = roster["id"], roster["bar"]
    async with slow_reads():
        (listed,) = await select("SELECT COUNT(*) AS n FROM roster_entry WHERE roster = {} AND gone_since IS NULL", key)
        joined = await _by_year("v.created_at", "COUNT(DISTINCT v.id) AS n", "", "", key, bar)
        took = await _by_year(
            "m.engaged_at", 'COUNT(DISTINCT v.id) AS n, COUNT(DISTINCT m."case") AS cases', _SEATS, _TOOK, key, bar
        )
        gave = await _by_year(
            "m.ended_at", "COUNT(DISTINCT v.id) AS n, SUM(s.hours) AS hours", _SEATS, "AND s.hours > 0 ", key, bar
        )
        (ever,) = await select(f"SELECT COUNT(DISTINCT v.id) AS n {_OURS}{_SEATS}{_AT}{_TOOK}", key, bar)
    return figures(listed["n"], _years(joined, took, gave, now.year), took=ever["n"])


async def _by_year(moment: str, counted: str, joins: str, further: str, roster: UUID, bar: str) -> list[Row]:
    year = f"SUBSTR(CAST({moment} AS TEXT), 1, 4)"
    return await select(f"SELECT {year} AS year, {counted} {_OURS}{joins}{_AT}{further}GROUP BY {year}", roster, bar)


def _years(joined: list[Row], took: list[Row], gave: list[Row], last: int) -> list[YearOfBar]:
    """The years from the first in which anything was to this one, each in its place."""
    by_year = [{int(row["year"]): row for row in rows if row["year"]} for rows in (joined, took, gave)]
    first = min((year for rows in by_year for year in rows), default=last)
    return [_year(year, *(rows.get(year, {}) for rows in by_year)) for year in range(first, last + 1)]


def _year(year: int, joined: Mapping[str, Any], took: Mapping[str, Any], gave: Mapping[str, Any]) -> YearOfBar:
    return YearOfBar(
        year=year,
        joined=joined.get("n", 0),
        took=took.get("n", 0),
        cases=took.get("cases", 0),
        gave=gave.get("n", 0),
        hours=gave.get("hours", 0.0),
    )
