"""Whom volunteers and their firms work for or represent: names on lists of their own, sealed by the clinic's key."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Keyring
from core.errors import NotFound
from core.model.conflicts.hits import NameKind, Relation
from core.model.conflicts.words import name_kept, read_name
from core.store.keys import new_id
from core.store.names.index import insert_name, place
from core.store.sealed.clinic_keys import keyring

_SELECT: Final = (
    "SELECT l.id, l.relation, l.is_organisation, COALESCE(v.merged_into, v.id) AS volunteer, e.id AS entry, e.name "
    "FROM listed_name l JOIN volunteer v ON v.id = l.volunteer JOIN name_entry e ON e.listed = l.id "
)


class Listed(msgspec.Struct, frozen=True):
    """A name on a volunteer's list, opened."""

    id: UUID
    volunteer: UUID
    relation: Relation
    name: str
    is_organisation: bool


async def insert_listed(
    volunteer: UUID, name: str, *, relation: Relation, is_organisation: bool, by: UUID | None, now: datetime
) -> UUID:
    """Put a name on a volunteer's list."""
    key = new_id()
    row = t.ListedName(
        id=key,
        volunteer=volunteer,
        relation=str(relation),
        is_organisation=is_organisation,
        added_by=by,
        added_at=now,
    )
    await t.ListedName.insert(row)
    await insert_name(read_name(name), kind=NameKind.LISTED, seal=None, listed=key)
    return key


async def delete_listed(key: UUID, *, volunteer: UUID) -> None:
    """Take a name off a volunteer's list; NotFound where it is not on it."""
    rows = await t.ListedName.raw(
        "DELETE FROM listed_name WHERE id = {} AND volunteer IN "
        "(SELECT id FROM volunteer WHERE id = {} OR merged_into = {}) RETURNING id",
        key,
        volunteer,
        volunteer,
    )
    if not rows:
        raise NotFound("This name is not on the list any more.")


async def names_listed(volunteer: UUID | None = None) -> list[Listed]:
    """The names on the list of one volunteer, or on all lists, the first entered first."""
    if volunteer is None:
        rows = await t.ListedName.raw(f"{_SELECT} ORDER BY l.id")
    else:
        rows = await t.ListedName.raw(
            f"{_SELECT} WHERE v.id = {{}} OR v.merged_into = {{}} ORDER BY l.id", volunteer, volunteer
        )
    ring = keyring() if rows else None
    return [_listed(row, _name(row, ring)) for row in rows if ring]


async def listed_by_id(keys: Collection[UUID]) -> dict[UUID, Listed]:
    """These names, by their ids."""
    if not keys:
        return {}
    rows = await t.ListedName.raw(f"{_SELECT} WHERE l.id IN ({', '.join('{}' for _ in keys)})", *keys)
    ring = keyring() if rows else None
    return {row["id"]: _listed(row, _name(row, ring)) for row in rows if ring}


def _name(row: dict[str, Any], ring: Keyring) -> str:
    return name_kept(ring.open(row["name"], place(row["entry"]))).written


def _listed(row: dict[str, Any], name: str) -> Listed:
    return Listed(row["id"], UUID(str(row["volunteer"])), Relation(row["relation"]), name, row["is_organisation"])
