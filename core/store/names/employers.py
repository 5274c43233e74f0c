"""Whom volunteers work for: by what we know ourselves, and by the rosters that have them under their number."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.store.database import slow_reads

EMPLOYERS: Final = (
    "SELECT COALESCE(v.merged_into, v.id) AS volunteer, v.firm, e.entry FROM volunteer v "
    "LEFT JOIN bar_admission b ON b.volunteer = v.id AND b.number <> '' "
    "LEFT JOIN roster r ON r.bar = b.jurisdiction "
    "LEFT JOIN roster_entry e ON e.roster = r.id AND e.number = b.number AND e.gone_since IS NULL "
)


class Firm(msgspec.Struct, frozen=True):
    """The one part of a roster's entry that is read here."""

    firm: str = ""


async def employers(volunteer: UUID | None = None) -> list[tuple[UUID, str]]:
    """Whom one volunteer works for, or everybody: each with a name, several times where she has several."""
    if volunteer is not None:
        return _named(
            await t.Volunteer.raw(f"{EMPLOYERS} WHERE v.id = {{}} OR v.merged_into = {{}}", volunteer, volunteer)
        )
    async with slow_reads():
        return _named(await t.Volunteer.raw(f"{EMPLOYERS} WHERE v.firm <> '' OR e.id IS NOT NULL"))


def _named(rows: Iterable[dict[str, Any]]) -> list[tuple[UUID, str]]:
    found = dict.fromkeys(
        (UUID(str(row["volunteer"])), name) for row in rows for name in (row["firm"], _firm(row["entry"]))
    )
    return [(volunteer, name) for volunteer, name in found if name]


def _firm(entry: Any) -> str:
    if entry is None:
        return ""
    is_text = isinstance(entry, str | bytes)
    return (msgspec.json.decode(entry, type=Firm) if is_text else msgspec.convert(entry, Firm)).firm
