"""Values that the programme keeps for itself at run time."""

from typing import Any, Final

import msgspec

from core import tables as t
from core.model.plans.sharing import MILD, Sharing
from core.model.plugins.switches import Switch
from core.store.database import PLUGINS_LOCK, SHARING_LOCK, queue_for

SHARING: Final = "sharing"
SWITCHES: Final = "plugins_switched_off"


async def read_value(key: str) -> Any:
    """The value kept under a key; None where there is none."""
    row = await t.Setting.select().where(t.Setting.key == key).first().output(load_json=True)
    return None if row is None else row["value"]


async def read_sharing() -> Sharing:
    """How help is shared out in runs; mildly spread work and no floors where nobody has said anything."""
    kept = await read_value(SHARING)
    return Sharing(spread=MILD) if kept is None else msgspec.convert(kept, Sharing)


async def sharing_to_change() -> Sharing:
    """The same, which nobody else changes until this transaction ends."""
    await queue_for(SHARING_LOCK)
    return await read_sharing()


async def keep_sharing(sharing: Sharing) -> None:
    """Keep how help is shared out."""
    await keep_value(SHARING, sharing)


async def read_switches() -> tuple[Switch, ...]:
    """The plugins that people have switched off."""
    return msgspec.convert(await read_value(SWITCHES) or (), tuple[Switch, ...])


async def switches_to_change() -> tuple[Switch, ...]:
    """The same, which nobody else changes until this transaction ends."""
    await queue_for(PLUGINS_LOCK)
    return await read_switches()


async def keep_switches(switches: tuple[Switch, ...]) -> None:
    """Keep which plugins are switched off."""
    await keep_value(SWITCHES, switches)


async def keep_value(key: str, value: Any) -> None:
    """Keep a value under a key, in place of what was there."""
    row = t.Setting(key=key, value=msgspec.json.encode(value).decode())
    await t.Setting.insert(row).on_conflict(target=t.Setting.key, action="DO UPDATE", values=[t.Setting.value])
