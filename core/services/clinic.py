"""What a verb may need of its surroundings: the settings and the plugins."""

from dataclasses import dataclass

from core.errors import NotAllowed
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
