"""The built-in rules and scorers: what every waitlist here is asked about."""

from typing import Final

from core.host import PluginHost
from core.settings import Settings
from plugins import BUILTIN

ASKED: Final = tuple(module for module in BUILTIN if module.startswith(("plugins.rules.", "plugins.scorers.")))
"""What the other modules load would weigh in the memory and the start of every process that is measured."""


def the_plugins() -> PluginHost:
    """The built-in rules and scorers, without whatever else is installed."""
    return PluginHost.load(ASKED, settings=Settings(), entry_points=False, kinds=("rules", "scorers"))
