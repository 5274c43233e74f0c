"""Showing committed events to observers: in order, at least once, and never in anybody's way."""

from typing import Final

from msgspec.structs import replace

from core.errors import PluginError
from core.model.events import AuditEvent
from core.services.clinic import Clinic
from core.store.audit import events, head_sequence
from core.store.settings import keep_value, read_value

POSITION: Final = "observed"
"""The setting that keeps the number of the last event shown."""


async def feed_observers(*, clinic: Clinic) -> int:
    """Show observers what happened since last time; return how many events. A failing observer is passed over.

    Events that happened while there was no observer are not shown later: a new plugin begins with what is new.
    """
    position = await read_value(POSITION) or 0
    if not clinic.host.observers():
        head = await head_sequence()
        if head != position:
            await keep_value(POSITION, head)
        return 0
    began = position
    while batch := await events(after=position, limit=100):
        for event in batch:
            await _show(event, clinic)
        position = batch[-1].sequence
        await keep_value(POSITION, position)
    return int(position - began)


async def _show(event: AuditEvent, clinic: Clinic) -> None:
    for observer in clinic.host.observers():
        try:
            own = replace(event, detail=dict(event.detail))  # the next one, and we, shall see it as it is
            await clinic.host.acall(observer, observer.seen, own)
        except PluginError:
            continue  # the host has logged it under the plugin's name
