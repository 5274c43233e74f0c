"""Who is on the other side of cases, its names sealed, and whom volunteers work for; compared by an index."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Key, Place
from core.errors import NotFound
from core.store.clinic_keys import keyring
from core.store.database import slow_reads

TABLE: Final = "opposing_organisation"
PURPOSE: Final = "organisation"
"""What the blind index is for: the same name under another purpose has another index."""
EMPLOYERS: Final = (
    "SELECT COALESCE(v.merged_into, v.id) AS volunteer, v.firm, e.entry FROM volunteer v "
    "LEFT JOIN bar_admission b ON b.volunteer = v.id AND b.number <> '' "
    "LEFT JOIN roster r ON r.bar = b.jurisdiction "
    "LEFT JOIN roster_entry e ON e.roster = r.id AND e.number = b.number AND e.gone_since IS NULL "
)
"""Whom volunteers work for: by what we know ourselves, and by the rosters that have them under their number."""
Indexed = tuple[UUID, str, str]
"""A case with the index of an organisation on its other side and the id of the key of that index."""


class Firm(msgspec.Struct, frozen=True):
    """The one part of a roster's entry that is read here."""

    firm: str = ""


def place_of(row: UUID) -> Place:
    """Where the name of an organisation is kept."""
    return Place(TABLE, "name", str(row))


async def insert_organisation(
    key: UUID, case: UUID, *, name: str, index: str, by_key: Key, by: UUID | None, now: datetime
) -> None:
    """Write an organisation, its name sealed."""
    sealed = by_key.seal(name, place_of(key))
    row = t.OpposingOrganisation(
        id=key, case=case, name=sealed, name_index=index, key=by_key.id, added_by=by, added_at=now
    )
    await t.OpposingOrganisation.insert(row)


async def delete_organisation(key: UUID, *, case: UUID) -> None:
    """Delete an organisation of a case; NotFound where it is not there."""
    o = t.OpposingOrganisation
    if not await o.delete().where(o.id == key, o.case == case).returning(o.id):
        raise NotFound("This organisation is not on the other side of the case any more.")


async def names_in(case: UUID) -> list[tuple[UUID, str]]:
    """The organisations of a case with their names opened, the first entered first."""
    o = t.OpposingOrganisation
    rows = await o.select(o.id, o.name).where(o.case == case).order_by(o.id)
    keys = keyring() if rows else None
    return [(row["id"], keys.open(row["name"], place_of(row["id"]))) for row in rows if keys]


async def indexed(case: UUID | None = None) -> list[Indexed]:
    """The organisations of one case, or of all."""
    o = t.OpposingOrganisation
    query = o.select(o.case, o.name_index, o.key)
    rows = await (query.where(o.case == case) if case else query)
    return [(row["case"], row["name_index"], row["key"]) for row in rows]


async def indexed_as(indexes: Sequence[str], *, known: Sequence[str]) -> list[Indexed]:
    """The organisations that have one of these indexes, and one of those under a key that is not known, if any."""
    o = t.OpposingOrganisation
    columns = (o.case, o.name_index, o.key)
    rows = await o.select(*columns).where(o.name_index.is_in(list(indexes)))
    rows += await o.select(*columns).where(o.key.not_in(list(known))).limit(1)
    return [(row["case"], row["name_index"], row["key"]) for row in rows]


async def are_any() -> bool:
    """Whether any case has an organisation on its other side."""
    return bool(await t.OpposingOrganisation.exists())


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
