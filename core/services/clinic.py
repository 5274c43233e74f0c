"""What a verb may need of its surroundings: the settings and the plugins."""

from dataclasses import dataclass

from core.errors import NotAllowed, NotFound
from core.host import PluginHost
from core.model.people import Actor
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Clinic:
    """The settings and the plugin host of this process."""

    settings: Settings
    host: PluginHost


def require_staff(by: Actor) -> None:
    """Refuse a verb that only coordinators may use."""
    if not by.is_staff():
        raise NotAllowed("Only a coordinator may do this.")


def require_roster(by: Actor, name: str) -> None:
    """Refuse what only coordinators and the bar's own staff may do with a roster; to others it is not there."""
    if not by.keeps(name):
        raise NotFound(f"There is no roster {name}.")
