"""What a verb may need of its surroundings: the settings and the plugins."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from core.errors import NotAllowed, NotFound
from core.host import PluginHost
from core.model.people import Actor
from core.settings import Settings

REPORTS_AT_ONCE: Final = 2
"""So many reports hold the facts that they are made of at a time: others wait, so that memory has an end."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """The settings and the plugin host of this process."""

    settings: Settings
    host: PluginHost
    reporting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(REPORTS_AT_ONCE))

    def today(self, now: datetime) -> date:
        """The day at the clinic: in its evening UTC is a day ahead, and a deadline of today is not missed yet."""
        return now.astimezone(ZoneInfo(self.settings.timezone)).date()


def require_staff(by: Actor) -> None:
    """Refuse a verb that only coordinators may use."""
    if not by.is_staff():
        raise NotAllowed("Only a coordinator may do this.")


def require_roster(by: Actor, name: str) -> None:
    """Refuse what only coordinators and the bar's own staff may do with a roster; to others it is not there."""
    if not by.keeps(name):
        raise NotFound(f"There is no roster {name}.")
