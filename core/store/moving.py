"""Moving a row from one state to another: always conditional, always along an arrow of ``core.model.states``."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any
from uuid import UUID

from piccolo.table import Table

from core.errors import NotFound, TooLate
from core.model.states import may_become, origins


async def move(table: type[Table], key: UUID, to: StrEnum, *, subject: str, **changes: Any) -> None:
    """Move a row to state ``to`` and set ``changes``; raise TooLate when its state has no such arrow any more."""
    if not await try_move(table, key, to, **changes):
        raise await _refusal(table, key, to, subject)


async def try_move(
    table: type[Table], key: UUID, to: StrEnum, *, only_if: tuple[Any, ...] = (), **changes: Any
) -> bool:
    """Move a row if its state allows it and ``only_if`` holds; tell whether it moved. One statement decides."""
    return bool(await try_move_all(table, [key], to, only_if=only_if, **changes))


async def try_move_all(
    table: type[Table], keys: Collection[UUID], to: StrEnum, *, only_if: tuple[Any, ...] = (), **changes: Any
) -> set[UUID]:
    """The same for many rows at once; the keys of those that moved."""
    columns = table._meta
    state = columns.get_column_by_name("state")
    values: dict[Any, Any] = {
        columns.get_column_by_name(name): value for name, value in {"state": str(to), **changes}.items()
    }
    allowed = [str(origin) for origin in origins(to)]
    here = columns.primary_key.is_in(list(keys))
    query = table.update(values).where(here, state.is_in(allowed), *only_if)
    return {row[columns.primary_key._meta.name] for row in await query.returning(columns.primary_key)}


async def _refusal(table: type[Table], key: UUID, to: StrEnum, subject: str) -> Exception:
    columns = table._meta
    state = columns.get_column_by_name("state")
    row = await table.select(state).where(columns.primary_key == key).first()
    if row is None:
        return NotFound(f"There is no such {subject}.")
    now = type(to)(row["state"])
    if may_become(now, to):
        return TooLate(f"This {subject} was just changed by somebody else. Load the page again and look.")
    return TooLate(f"This {subject} is {str(now).replace('_', ' ')} by now. Nothing was changed.")
