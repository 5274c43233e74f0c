"""Values that the programme keeps for itself at run time."""

from typing import Any

import msgspec

from core import tables as t


async def read_value(key: str) -> Any:
    """The value kept under a key; None where there is none."""
    row = await t.Setting.select().where(t.Setting.key == key).first().output(load_json=True)
    return None if row is None else row["value"]


async def keep_value(key: str, value: Any) -> None:
    """Keep a value under a key, in place of what was there."""
    row = t.Setting(key=key, value=msgspec.json.encode(value).decode())
    await t.Setting.insert(row).on_conflict(target=t.Setting.key, action="DO UPDATE", values=[t.Setting.value])
