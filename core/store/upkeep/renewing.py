"""What is made with the clinic's key, made anew with the first one: a few rows at a time, while everything goes on."""

from collections.abc import Sequence
from typing import Any, Final, Protocol
from uuid import UUID

from core import tables as t
from core.crypto import Keyring
from core.store.cases.waitlist_imports import WaitlistKeys
from core.store.clients.evidence import numbers_behind, renew_numbers
from core.store.names import index
from core.store.sealed.case_keys import rewrapped

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


class NameIndex:
    """What sealed names are found by; names on volunteers' lists are sealed by the clinic's key besides."""

    name = "names that can be found"

    async def behind(self, first: str) -> int:
        """How many are found by another key."""
        e = t.NameEntry
        return int(await e.count().where(e.key != first))

    async def renew(self, keys: Keyring, *, after: UUID, limit: int) -> Sequence[UUID]:
        """Open each name and index it with the first key; what was shredded is not looked for any more.

        The number of a row stands as a UUID.
        """
        entries = await index.outdated(keys.first.id, after=after.int, limit=limit)
        for number, entry in entries.items():
            await (index.reindex(entry, keys.first) if entry else index.delete_name(number))
        return [UUID(int=number) for number in entries]


class ClientNumbers:
    """What A-numbers and telephone numbers of clients are found by."""

    name = "numbers that can be found"

    async def behind(self, first: str) -> int:
        """How many are found by another key."""
        return await numbers_behind(first)

    async def renew(self, keys: Keyring, *, after: UUID, limit: int) -> Sequence[UUID]:
        """Open each number and index it with the first key."""
        return await renew_numbers(keys, after=after, limit=limit)


RENEWED: Final[tuple[Renewed, ...]] = (CaseKeys(), NameIndex(), ClientNumbers(), WaitlistKeys())
"""Everything that is made with the clinic's key. What is left out here keeps its old key in use: none is dropped."""
