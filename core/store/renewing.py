"""What is made with the clinic's key, made anew with the first one: a few rows at a time, while everything goes on."""

from collections.abc import Sequence
from typing import Any, Final, Protocol
from uuid import UUID

from core import tables as t
from core.crypto import Keyring
from core.model.organisations import organisation_key
from core.store import opposing
from core.store.case_keys import rewrapped

NOTHING: Final = UUID(int=0)


class Renewed(Protocol):
    """A kind of value that is made with the clinic's key. Each has a row key of its own and names its clinic key."""

    @property
    def name(self) -> str:
        """What people call it, in the plural."""

    async def behind(self, first: str) -> int:
        """How many are made with another key than the one with this id."""

    async def renew(self, keys: Keyring, *, after: UUID, limit: int) -> Sequence[UUID]:
        """Make the next ones anew with the first key, in the running transaction; the keys of the rows looked at.

        A row that somebody changes meanwhile is left as it is: it is made with the first key already.
        """


class CaseKeys:
    """The data keys of cases. What they seal stays as it is."""

    name = "data keys of cases"

    async def behind(self, first: str) -> int:
        """How many are sealed with another key."""
        k = t.CaseKey
        return int(await k.count().where(k.key != first, k.shredded_at.is_null()))

    async def renew(self, keys: Keyring, *, after: UUID, limit: int) -> Sequence[UUID]:
        """Open each with the key that it names, seal it with the first."""
        k = t.CaseKey
        old = (k.key != keys.first.id) & k.shredded_at.is_null() & (k.id > after)
        rows = await k.select(k.id, k.wrapped).where(old).order_by(k.id).limit(limit)
        for row in rows:
            changes: dict[Any, Any] = {k.wrapped: rewrapped(row["wrapped"], keys, row["id"]), k.key: keys.first.id}
            await k.update(changes).where(k.id == row["id"], k.wrapped == row["wrapped"])
        return [row["id"] for row in rows]


class Organisations:
    """The organisations on the other side of cases: names that are sealed, and their blind indexes."""

    name = "organisations on the other side"

    async def behind(self, first: str) -> int:
        """How many are sealed with another key."""
        o = t.OpposingOrganisation
        return int(await o.count().where(o.key != first))

    async def renew(self, keys: Keyring, *, after: UUID, limit: int) -> Sequence[UUID]:
        """Open each name with the key that it names, seal and index it with the first."""
        o = t.OpposingOrganisation
        rows = await o.select(o.id, o.name).where(o.key != keys.first.id, o.id > after).order_by(o.id).limit(limit)
        for row in rows:
            place = opposing.place_of(row["id"])
            name = keys.open(row["name"], place)
            changes: dict[Any, Any] = {
                o.name: keys.first.seal(name, place),
                o.name_index: keys.first.index(opposing.PURPOSE, organisation_key(name)),
                o.key: keys.first.id,
            }
            await o.update(changes).where(o.id == row["id"], o.name == row["name"])
        return [row["id"] for row in rows]


RENEWED: Final[tuple[Renewed, ...]] = (CaseKeys(), Organisations())
"""Everything that is made with the clinic's key. What is left out here keeps its old key in use: none is dropped."""
