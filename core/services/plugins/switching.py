"""Switching a plugin off at once, and on again: kept in the database, and followed by every process."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from core.errors import BadInput, NotFound
from core.host import PluginInfo, PluginSource, PluginState
from core.model.people import Actor
from core.model.plugins.switches import Switch
from core.services.clinic import Clinic, require_staff
from core.services.plugins.faring import Telling
from core.store.audit import record
from core.store.database import transaction
from core.store.settings import keep_switches, read_switches, switches_to_change

ESSENTIAL: Final[Mapping[str, str]] = {
    "matchers.joint": "claims of volunteers find the rest of their team by it",
    "channels.inbox": "it is the one way that reaches everybody who can sign in",
    "rules.representation": "who may represent is a matter of law (8 CFR 292.1, 1292.1)",
    "rules.conflicts": "a conflict that was declared must hold",
}
"""The built-in plugins that nobody can switch off in the portal, and why. AMPARO_BLOCK still can."""

FOLLOWED_EVERY: Final = timedelta(seconds=3)
"""How long a web process may not know what was switched in another one."""


def why_essential(plugin: PluginInfo) -> str:
    """Why nobody can switch a plugin off; empty: everybody who coordinates can."""
    return ESSENTIAL.get(plugin.name, "") if plugin.source is PluginSource.BUILTIN else ""


def subject_of(plugin: str) -> UUID:
    """What audit events about a plugin name as their subject: a name has no id of its own."""
    return uuid5(NAMESPACE_OID, f"amparo plugin {plugin}")


async def switch_off(plugin: str, *, clinic: Clinic, by: Actor, now: datetime) -> bool:
    """Switch a plugin off, here at once and elsewhere within seconds; it stays off when a process starts again.

    Runs that are under way end with it; the next ones are without. False when it was off already. Raises NotFound, and
    BadInput where nothing works without it. Side effect: audit event.
    """
    require_staff(by)
    _require_switchable(plugin, clinic)
    async with transaction():
        before = await switches_to_change()
        changed = plugin not in {one.plugin for one in before}
        if changed:
            await keep_switches((*before, Switch(plugin, by.label, now)))
            await _record("plugin_switched_off", plugin, by, now)
    await follow_switches(clinic)
    return changed


async def switch_on(plugin: str, *, clinic: Clinic, by: Actor, now: datetime) -> bool:
    """Switch a plugin on again; False when nobody had switched it off. Side effect: audit event.

    One that was not loaded since is loaded now; what had hung still hangs.
    """
    require_staff(by)
    async with transaction():
        before = await switches_to_change()
        after = tuple(one for one in before if one.plugin != plugin)
        changed = after != before
        if changed:
            await keep_switches(after)
            await _record("plugin_switched_on", plugin, by, now)
    await follow_switches(clinic)
    return changed


def _require_switchable(plugin: str, clinic: Clinic) -> None:
    known = {info.name: info for info in reversed(clinic.host.plugins())}
    if plugin not in known:
        raise NotFound("There is no such plugin.")
    if known[plugin].state is PluginState.BLOCKED:
        raise BadInput(f"The plugin {plugin} is off already: the setting AMPARO_BLOCK names it. Nothing was changed.")
    if why := why_essential(known[plugin]):
        raise BadInput(f"The plugin {plugin} cannot be switched off: {why}. Nothing was changed.")


async def _record(kind: str, plugin: str, by: Actor, now: datetime) -> None:
    await record(kind, subject_kind="plugin", subject=subject_of(plugin), by=by, now=now, plugin=plugin)


async def switched_off() -> dict[str, str]:
    """The plugins that people have switched off, by name, each with a sentence that says who and when."""
    return {one.plugin: one.told() for one in await read_switches()}


async def follow_switches(clinic: Clinic) -> None:
    """Let this process do as was decided, wherever it was decided. One statement where nothing has changed."""
    off = await switched_off()
    if clinic.host.differs(off):
        await asyncio.to_thread(clinic.host.switch, off)


class Follower:
    """Follows what was switched elsewhere, and tells how plugins fare here, whenever somebody asks for a page.

    It does so every few seconds at most.
    """

    def __init__(self) -> None:
        self._next: datetime | None = None
        self._telling = Telling()

    def begin(self, now: datetime) -> None:
        """What was decided up to now is known."""
        self._next = now + FOLLOWED_EVERY

    async def follow(self, clinic: Clinic, now: datetime) -> None:
        """Look, unless it was done a moment ago."""
        if self._next is None or now >= self._next:
            self.begin(now)
            await follow_switches(clinic)
            await self._telling.tell(clinic, now)
