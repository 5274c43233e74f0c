"""What every page may need of this process: settings, plugins, the database, the clock."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from litestar import Litestar

from core.services.clinic import Clinic
from core.services.plugins.switching import Follower
from core.services.runs.proposing import Clock
from core.settings import Settings
from web.access.brake import Brake
from web.api.pace import Pace

DAY: Final = timedelta(days=1)
PAPERS_A_DAY: Final = 200
"""How many papers clients may send from one place in a day: enough for a shelter with one address, no disk full."""


@dataclass(frozen=True, slots=True)
class House:
    """The surroundings of this process, put together once in ``web.wiring``.

    ``own_host``: the plugins start and end with the application.
    """

    clinic: Clinic
    clock: Clock
    brake: Brake
    own_host: bool = False
    joining_brake: Brake = field(default_factory=lambda: Brake("Joining"))
    help_brake: Brake = field(default_factory=lambda: Brake("This page"))
    papers_brake: Brake = field(default_factory=lambda: Brake("This", window=DAY, from_one_place=PAPERS_A_DAY))
    follower: Follower = field(default_factory=Follower)
    pace: Pace = field(default_factory=Pace)

    @property
    def settings(self) -> Settings:
        """The settings, read once."""
        return self.clinic.settings


def house_of(app: Litestar) -> House:
    """The surroundings of this application."""
    house: House = app.state.house
    return house
