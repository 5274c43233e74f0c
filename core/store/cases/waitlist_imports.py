"""Waitlists from elsewhere, kept sealed with a key of their own while somebody says which column is which."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Keyring, Place
from core.envelope import DataKey, unwrapped
from core.errors import NotFound
from core.store.keys import new_id
from core.store.sealed.clinic_keys import keyring, sealing_key

TABLE: Final = "waitlist_import"


class Kept(msgspec.Struct, frozen=True):
    """A file that is kept. ``about`` and ``settled`` are JSON; ``length`` counts its rows."""

    id: UUID
    about: str
    settled: str
    length: int
    uploaded_by: str
    uploaded_at: datetime


def _place(column: str, row: UUID) -> Place:
    return Place(TABLE, column, str(row))


async def insert_import(
    about: str, settled: str, pieces: Sequence[bytes], *, length: int, by: str, now: datetime
) -> UUID:
    """Keep a file, all of it sealed with a fresh key; its id."""
    row, key, clinic = new_id(), DataKey.fresh(), await sealing_key()
    await t.WaitlistImport.insert(
        t.WaitlistImport(
            id=row,
            wrapped=key.wrapped(clinic, _place("wrapped", row)),
            key=clinic.id,
            about=key.seal(about, _place("about", row)),
            settled=key.seal(settled, _place("settled", row)),
            length=length,
            uploaded_by=by,
            uploaded_at=now,
        )
    )
    for position, piece in enumerate(pieces):
        content = key.seal_bytes(piece, _place(f"piece-{position}", row))
        await t.WaitlistPiece.insert(t.WaitlistPiece(waitlist=row, position=position, content=content))
    return row


async def all_imports() -> list[Kept]:
    """The files that are kept, the newest first."""
    rows = await t.WaitlistImport.select().order_by(t.WaitlistImport.id, ascending=False)
    return [_kept(row, _opened(row)) for row in rows]


async def find_import(key: UUID) -> tuple[Kept, list[bytes]]:
    """A file with its pieces in their order; NotFound where it is gone."""
    row = await _row(key)
    opened = _opened(row)
    p = t.WaitlistPiece
    pieces = await p.select(p.position, p.content).where(p.waitlist == key).order_by(p.position)
    return _kept(row, opened), [
        opened.open_bytes(one["content"], _place(f"piece-{one['position']}", key)) for one in pieces
    ]


async def is_kept(key: UUID) -> bool:
    """Whether a file is kept still."""
    return bool(await t.WaitlistImport.exists().where(t.WaitlistImport.id == key))


async def _row(key: UUID) -> dict[str, Any]:
    row: dict[str, Any] | None = await t.WaitlistImport.select().where(t.WaitlistImport.id == key).first()
    if row is None:
        raise NotFound("This file is not kept any more: it was taken over or put aside. Upload it again if it was not.")
    return row


def _opened(row: dict[str, Any]) -> DataKey:
    return unwrapped(row["wrapped"], keyring(), _place("wrapped", row["id"]))


def _kept(row: dict[str, Any], key: DataKey) -> Kept:
    return Kept(
        id=row["id"],
        about=key.open(row["about"], _place("about", row["id"])),
        settled=key.open(row["settled"], _place("settled", row["id"])),
        length=row["length"],
        uploaded_by=row["uploaded_by"],
        uploaded_at=row["uploaded_at"],
    )


async def keep_settled(key: UUID, settled: str) -> None:
    """Keep what somebody said of a file's columns and words."""
    sealed = _opened(await _row(key)).seal(settled, _place("settled", key))
    await t.WaitlistImport.update({t.WaitlistImport.settled: sealed}).where(t.WaitlistImport.id == key)


async def drop_import(key: UUID) -> bool:
    """Forget a file with its key; False where it is gone already."""
    i = t.WaitlistImport
    return bool(await i.delete().where(i.id == key).returning(i.id))


async def drop_imports_before(moment: datetime) -> None:
    """Forget files that came before an instant and that nobody has taken over."""
    await t.WaitlistImport.delete().where(t.WaitlistImport.uploaded_at < moment)


class WaitlistKeys:
    """The data keys of waitlists from elsewhere, for a change of the clinic's key."""

    name = "data keys of waitlists from elsewhere"

    async def behind(self, first: str) -> int:
        """How many are sealed with another key."""
        return int(await t.WaitlistImport.count().where(t.WaitlistImport.key != first))

    async def renew(self, keys: Keyring, *, after: UUID, limit: int) -> Sequence[UUID]:
        """Open each with the key that it names, seal it with the first."""
        i = t.WaitlistImport
        rows = await i.select(i.id, i.wrapped).where(i.key != keys.first.id, i.id > after).order_by(i.id).limit(limit)
        for row in rows:
            place = _place("wrapped", row["id"])
            wrapped = unwrapped(row["wrapped"], keys, place).wrapped(keys.first, place)
            changes: dict[Any, Any] = {i.wrapped: wrapped, i.key: keys.first.id}
            await i.update(changes).where(i.id == row["id"], i.wrapped == row["wrapped"])
        return [row["id"] for row in rows]
