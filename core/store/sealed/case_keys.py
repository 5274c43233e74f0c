"""The data keys of cases: made when first needed, sealed by the clinic's key, shredded to erase all that they seal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from core import tables as t
from core.crypto import Keyring, Place
from core.envelope import DataKey, Erased, unwrapped
from core.store.bulk import insert_rows
from core.store.database import on_postgres
from core.store.keys import new_id
from core.store.sealed.clinic_keys import keyring, sealing_key

TABLE: Final = "case_key"
ERASED: Final = "What was known of this client was erased. It cannot be brought back."


def _place(row: UUID) -> Place:
    return Place(TABLE, "wrapped", str(row))


async def key_of(case: UUID, *, now: datetime) -> DataKey:
    """The data key of a case, made in the running transaction where there is none; Erased where it was shredded.

    Nobody erases the client before that transaction ends, so that what is sealed meanwhile is erased as well.
    """
    return (await keys_for([case], now=now))[case]


async def keys_for(cases: Iterable[UUID], *, now: datetime) -> dict[UUID, DataKey]:
    """The same for many cases, with as many statements."""
    wanted = sorted(set(cases))
    if not wanted:
        return {}
    if on_postgres():  # as a row that refers to the case will ask for; whoever erases holds the whole of it
        locked = t.Case.select(t.Case.id).where(t.Case.id.is_in(wanted))
        await locked.order_by(t.Case.id).lock_rows("KEY SHARE")
    rows = await t.CaseKey.select().where(t.CaseKey.case.is_in(wanted))
    ring = keyring() if rows else None
    known = {row["case"]: _opened(row, ring) for row in rows if ring}
    return known | await _make([case for case in wanted if case not in known], now)


async def known_key(case: UUID) -> DataKey | None:
    """The data key of a case; None where nothing was ever sealed with one. Erased where it was shredded."""
    row = await t.CaseKey.select().where(t.CaseKey.case == case).first()
    if row is None:
        return None
    return _opened(row, keyring())


def _opened(row: dict[str, Any], keys: Keyring) -> DataKey:
    if row["shredded_at"] is not None:
        raise Erased(ERASED)
    return unwrapped(row["wrapped"], keys, _place(row["id"]))


def opened(row: UUID, wrapped: str, keys: Keyring) -> DataKey:
    """The data key that a row of the table holds, for statements that read many rows at once."""
    return unwrapped(wrapped, keys, _place(row))


async def keys_of(cases: Iterable[UUID]) -> dict[UUID, DataKey]:
    """The data keys of these cases; those that have none, or a shredded one, are left out."""
    wanted = list(cases)
    if not wanted:
        return {}
    rows = await t.CaseKey.select().where(t.CaseKey.case.is_in(wanted), t.CaseKey.shredded_at.is_null())
    keys = keyring() if rows else None
    return {row["case"]: _opened(row, keys) for row in rows if keys}


async def _make(cases: list[UUID], now: datetime) -> dict[UUID, DataKey]:
    if not cases:
        return {}
    made, by = {case: DataKey.fresh() for case in cases}, await sealing_key()
    rows = [(new_id(), case, key) for case, key in made.items()]
    await insert_rows(
        t.CaseKey,
        [
            {"id": row, "case": case, "wrapped": key.wrapped(by, _place(row)), "key": by.id, "made_at": now}
            for row, case, key in rows
        ],
    )
    return made


def key_in(row: UUID, wrapped: str) -> DataKey:
    """The data key of a row that was read together with what it seals."""
    return unwrapped(wrapped, keyring(), _place(row))


def rewrapped(wrapped: str, keys: Keyring, row: UUID) -> str:
    """A sealed data key, opened with the key that it names and sealed with the first one."""
    return unwrapped(wrapped, keys, _place(row)).wrapped(keys.first, _place(row))


async def shred(case: UUID, *, now: datetime) -> bool:
    """Destroy the data key of a case: nothing that it has sealed can be read again, and nothing is sealed anew.

    False where it was shredded before. A case that never had a key is marked as well.
    """
    k = t.CaseKey
    query = k.update({k.wrapped: "", k.key: "", k.shredded_at: now}).where(k.case == case, k.shredded_at.is_null())
    if await query.returning(k.id):
        return True
    if await k.exists().where(k.case == case):
        return False
    await k.insert(k(id=new_id(), case=case, wrapped="", key="", made_at=now, shredded_at=now))
    return True
