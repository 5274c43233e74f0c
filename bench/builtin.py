"""The built-in rules and scorers: what every waitlist here is asked about."""

from core.host import PluginHost
from core.settings import Settings
from plugins import BUILTIN


def the_plugins() -> PluginHost:
    """The built-in rules and scorers, without whatever else is installed."""
    return PluginHost.load(BUILTIN, settings=Settings(), entry_points=False, kinds=("rules", "scorers"))
