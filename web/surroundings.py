"""What every page may need of this process: settings, plugins, the database, the clock."""

from dataclasses import dataclass, field

from litestar import Litestar

from core.services.clinic import Clinic
from core.services.plugins.switching import Follower
from core.services.runs.proposing import Clock
from core.settings import Settings
from web.access.brake import Brake
from web.api.pace import Pace


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
