"""The plugin host: loads plugins, calls each provider alone with a time limit, and reports how each fares."""

from core.host.plugin_host import PluginHost
from core.host.report import PluginInfo, PluginSource, PluginState

__all__ = ["PluginHost", "PluginInfo", "PluginSource", "PluginState"]
