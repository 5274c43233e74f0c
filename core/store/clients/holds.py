"""Legal holds in the database, their reasons sealed with the data key of the case."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from core import tables as t
from core.crypto import Place
from core.envelope import DataKey
from core.errors import Held
from core.model.clients.retention import Hold
from core.model.people import Actor
from core.store.keys import new_id
from core.store.matches.settled import lock_case
from core.store.sealed.case_keys import key_of, known_key

TABLE: Final = "legal_hold"


def _place(column: str, row: UUID) -> Place:
    return Place(TABLE, column, str(row))


async def insert_hold(case: UUID, reason: str, *, by: Actor, now: datetime) -> UUID:
    """Put a case under a hold; Duplicate where it is under one."""
    row, key = new_id(), await key_of(case, now=now)
    sealed = key.seal(reason, _place("reason", row))
    h = t.LegalHold
    await h.insert(h(id=row, case=case, reason=sealed, set_by=by.account, set_by_label=by.label, set_at=now))
    return row


async def end_hold(case: UUID, why: str, *, by: Actor, now: datetime) -> bool:
    """Lift the hold of a case; False where there is none."""
    h, key = t.LegalHold, await key_of(case, now=now)
    standing = await h.select(h.id).where(h.case == case, h.lifted_at.is_null()).first()
    if standing is None:
        return False
    changes: dict[Any, Any] = {
        h.lifted_at: now,
        h.lifted_by: by.account,
        h.lifted_by_label: by.label,
        h.lifted_why: key.seal(why, _place("lifted_why", standing["id"])),
    }
    return bool(await h.update(changes).where(h.id == standing["id"], h.lifted_at.is_null()).returning(h.id))


async def is_held(case: UUID) -> bool:
    """Whether a case is under a hold."""
    return bool(await t.LegalHold.exists().where(t.LegalHold.case == case, t.LegalHold.lifted_at.is_null()))


async def held_cases() -> list[UUID]:
    """The cases that are under a hold now."""
    rows = await t.LegalHold.select(t.LegalHold.case).where(t.LegalHold.lifted_at.is_null()).order_by(t.LegalHold.id)
    return [row["case"] for row in rows]


async def require_free(case: UUID) -> None:
    """Refuse to delete anything of a case under a hold, and let nobody set one until this transaction ends; Held."""
    await lock_case(case)
    if await is_held(case):
        raise Held("This case is under a legal hold: nothing of it is deleted. Nothing was changed.")


async def holds_of(case: UUID) -> tuple[Hold, ...]:
    """All holds of a case, the newest first."""
    rows = await t.LegalHold.select().where(t.LegalHold.case == case).order_by(t.LegalHold.id, ascending=False)
    key = await known_key(case) if rows else None
    return tuple(_hold(row, key) for row in rows if key)


def _hold(row: dict[str, Any], key: DataKey) -> Hold:
    why = row["lifted_why"]
    return Hold(
        id=row["id"],
        case=row["case"],
        reason=key.open(row["reason"], _place("reason", row["id"])),
        set_by=row["set_by_label"],
        set_at=row["set_at"],
        lifted_by=row["lifted_by_label"],
        lifted_at=row["lifted_at"],
        lifted_why=key.open(why, _place("lifted_why", row["id"])) if why else "",
    )
