"""Pins and forbids in the database: what is in force, and what was lifted."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound, TooLate
from core.model.plans.settled import Settled, Settling
from core.store.database import on_postgres

Pins = dict[UUID, list[Settled]]


async def insert_settled(one: Settled) -> None:
    """Write a pin or a forbid."""
    values = msgspec.structs.asdict(one)
    coded = {"kind": str(one.kind), "role": None if one.role is None else str(one.role)}
    await t.SettledPair.insert(t.SettledPair(**values | coded))


async def find_settled(key: UUID) -> Settled:
    """The pin or forbid with this id, in force or lifted; NotFound otherwise."""
    row = await t.SettledPair.select().where(t.SettledPair.id == key).first()
    if row is None:
        raise NotFound("There is no such pin or forbid.")
    return _settled(row)


async def settled_for(case: UUID) -> list[Settled]:
    """What is settled about a case now, oldest first."""
    s = t.SettledPair
    rows = await s.select().where(s.case == case, s.lifted_at.is_null()).order_by(s.id)
    return [_settled(row) for row in rows]


async def pins(cases: Iterable[UUID] | None = None) -> Pins:
    """The pins in force by case, of these cases or of all."""
    s = t.SettledPair
    query = s.select().where(s.kind == str(Settling.PIN), s.lifted_at.is_null()).order_by(s.id)
    wanted = None if cases is None else list(cases)
    rows = [] if wanted == [] else await (query if wanted is None else query.where(s.case.is_in(wanted)))
    found: Pins = {}
    for row in rows:
        found.setdefault(row["case"], []).append(_settled(row))
    return found


async def pins_of_volunteer(volunteer: UUID) -> list[Settled]:
    """The pins in force for one volunteer, over all cases."""
    s = t.SettledPair
    rows = await s.select().where(s.volunteer == volunteer, s.kind == str(Settling.PIN), s.lifted_at.is_null())
    return [_settled(row) for row in rows]


async def lift(key: UUID, *, by: UUID | None, now: datetime) -> None:
    """End a pin or forbid; TooLate when somebody did before."""
    s = t.SettledPair
    mine = s.update({s.lifted_at: now, s.lifted_by: by}).where(s.id == key, s.lifted_at.is_null())
    if not await mine.returning(s.id):
        raise TooLate("This was undone already. Nothing was changed.")


async def lift_pins(case: UUID, *, volunteer: UUID, now: datetime) -> None:
    """End the pins of somebody who cannot have the seat any more."""
    s = t.SettledPair
    await s.update({s.lifted_at: now}).where(
        s.case == case, s.volunteer == volunteer, s.kind == str(Settling.PIN), s.lifted_at.is_null()
    )


async def lock_case(case: UUID) -> None:
    """Let nobody else settle anything about a case until this transaction ends. SQLite has one writer anyway."""
    await lock_cases([case])


async def lock_cases(cases: Collection[UUID]) -> None:
    """The same for many cases, in one order for everybody."""
    if on_postgres() and cases:
        locked = t.Case.select(t.Case.id).where(t.Case.id.is_in(list(cases)))
        await locked.order_by(t.Case.id).lock_rows("UPDATE")


def _settled(row: dict[str, Any]) -> Settled:
    return msgspec.convert({name: row[name] for name in Settled.__struct_fields__}, Settled)
