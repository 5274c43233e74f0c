"""The parties of cases, their names sealed with the data key of the case."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from core import tables as t
from core.crypto import Place
from core.envelope import DataKey
from core.errors import NotFound
from core.model.clients.parties import Party, PartyRole
from core.store.clients.holds import require_free
from core.store.sealed.case_keys import key_of, known_key

TABLE: Final = "party"


def _place(column: str, row: UUID) -> Place:
    return Place(TABLE, column, str(row))


async def insert_party(party: Party, *, by: UUID | None, now: datetime) -> None:
    """Write a party, the names sealed."""
    key = await key_of(party.case, now=now)
    row = t.Party(
        id=party.id,
        case=party.case,
        role=str(party.role),
        is_organisation=party.is_organisation,
        name=key.seal(party.name, _place("name", party.id)),
        other_names=key.seal(party.other_names, _place("other_names", party.id)) if party.other_names else "",
        added_by=by,
        added_at=now,
    )
    await t.Party.insert(row)


async def parties_of(case: UUID) -> tuple[Party, ...]:
    """The parties of a case, the first entered first."""
    rows = await t.Party.select().where(t.Party.case == case).order_by(t.Party.id)
    key = await known_key(case) if rows else None
    return tuple(_party(row, key) for row in rows if key)


def _party(row: dict[str, Any], key: DataKey) -> Party:
    other = row["other_names"]
    return Party(
        id=row["id"],
        case=row["case"],
        role=PartyRole(row["role"]),
        name=key.open(row["name"], _place("name", row["id"])),
        other_names=key.open(other, _place("other_names", row["id"])) if other else "",
        is_organisation=row["is_organisation"],
    )


async def delete_party(key: UUID, *, case: UUID) -> None:
    """Delete a party of a case; NotFound where it is not there, Held under a legal hold."""
    p = t.Party
    await require_free(case)
    if not await p.delete().where(p.id == key, p.case == case).returning(p.id):
        raise NotFound("This party is not noted with the case any more.")
