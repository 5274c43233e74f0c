"""Screens in the database: who is kept out of which case."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from piccolo import columns

from core import tables as t
from core.errors import NotFound, TooLate
from core.model.clients.screens import Screen
from core.store.engines.hiding import bound, hidden

NOT_YOURS: Final = "There is no such case, or it is not yours to see."
_HER_CASES: Final = (
    'SELECT DISTINCT s."case", c.reference FROM screened_off s JOIN legal_case c ON c.id = s."case" '
    "LEFT JOIN volunteer v ON v.id = s.volunteer "
    "LEFT JOIN volunteer k ON k.id = COALESCE(v.merged_into, v.id) "
    "WHERE s.lifted_at IS NULL AND (s.account = {} OR v.account = {} OR k.account = {})"
)
"""By the account itself, or by a record of a volunteer who signs in with it, merged or not."""


async def insert_screen(one: Screen) -> None:
    """Write a screen."""
    await t.ScreenedOff.insert(t.ScreenedOff(**msgspec.structs.asdict(one)))


async def find_screen(key: UUID) -> Screen:
    """The screen with this id, in force or lifted; NotFound otherwise."""
    row = await t.ScreenedOff.select().where(t.ScreenedOff.id == key).first()
    if row is None:
        raise NotFound("Nobody is kept off by this.")
    return _screen(row)


async def all_screens() -> list[Screen]:
    """Who is kept out of which case now, the first first."""
    rows = await t.ScreenedOff.select().where(t.ScreenedOff.lifted_at.is_null()).order_by(t.ScreenedOff.id)
    return [_screen(row) for row in rows]


async def screens_of(case: UUID) -> list[Screen]:
    """Who is kept out of a case now, the first first."""
    s = t.ScreenedOff
    rows = await s.select().where(s.case == case, s.lifted_at.is_null()).order_by(s.id)
    return [_screen(row) for row in rows]


async def lift_screen(key: UUID, *, by: UUID | None, now: datetime) -> None:
    """End a screen; TooLate when somebody did before."""
    s = t.ScreenedOff
    mine = s.update({s.lifted_at: now, s.lifted_by: by}).where(s.id == key, s.lifted_at.is_null())
    if not await mine.returning(s.id):
        raise TooLate("This was undone already. Nothing was changed.")


async def cases_closed_to(account: UUID) -> dict[UUID, str]:
    """The cases that the owner of an account is kept out of, with their references."""
    rows = await t.ScreenedOff.raw(_HER_CASES, account, account, account)
    return {row["case"]: row["reference"] for row in rows}


async def require_open(keys: Iterable[UUID]) -> None:
    """Refuse what belongs to a case that is hidden from whoever asks: NotFound, as if it were not there.

    ``keys`` are of anything: cases, matches, seats, documents. One statement, and none where nothing is hidden.
    """
    if await belong_to(hidden(), keys):
        raise NotFound(NOT_YOURS)


async def belong_to(cases: frozenset[UUID], keys: Iterable[UUID]) -> bool:
    """Whether any of these keys is of one of the cases, or of a row that belongs to one. One statement at most."""
    wanted = sorted(set(keys))
    if not cases or not wanted:
        return False
    listed, marks = ", ".join(f"'{case}'" for case in sorted(cases)), ", ".join("{}" for _ in wanted)
    asked = [
        f"SELECT 1 AS one FROM {table._meta.tablename} WHERE id IN ({marks}) AND ({condition.format(cases=listed)})"  # noqa: S608 -- constants, ids
        for table in t.TABLES
        if (condition := bound().get(table._meta.tablename)) and isinstance(table._meta.primary_key, columns.UUID)
    ]
    rows: list[Any] = await t.Case.raw(" UNION ALL ".join(asked), *wanted * len(asked))
    return bool(rows)


def _screen(row: dict[str, Any]) -> Screen:
    return msgspec.convert({name: row[name] for name in Screen.__struct_fields__}, Screen)
