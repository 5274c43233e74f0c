"""The built-in plugins, loaded once for all tests of a process that leave them as they were."""

import msgspec

from core.host import PluginHost
from core.settings import Settings
from plugins import BUILTIN

_loaded: dict[bytes, PluginHost] = {}


def built_in(settings: Settings) -> PluginHost:
    """The running built-in plugins under these settings, which differ from a former test's in the database at most.

    To load them takes longer than most tests do. Where anything befell one of them, all are loaded anew.
    """
    alike = msgspec.json.encode(msgspec.structs.replace(settings, database=""))
    host = _loaded.get(alike)
    if host is None or not _as_loaded(host):
        host = _loaded[alike] = PluginHost.load(BUILTIN, settings=settings, entry_points=False)
    return host


def _as_loaded(host: PluginHost) -> bool:
    """Whether every plugin is on, and nothing but calls that went well has happened to it."""
    return all(
        (one.state, one.cause, one.failures, one.slow, one.last_error, one.resting, one.remarks, one.grown_mib)
        == ("on", "", 0, 0, "", (), (), 0)
        for one in host.plugins()
    )
