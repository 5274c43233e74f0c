"""A portal with plugins of a test beside the built-in ones."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from core.host import PluginHost
from core.settings import Settings
from plugins import BUILTIN
from tests.plugins_for_tests.hanging import RELEASE
from tests.plugins_for_tests.shelf import shelf_on_path
from tests.web.portal import Portal, open_portal


@contextmanager
def hosted(folder: Path, sources: dict[str, str], **settings: Any) -> Iterator[PluginHost]:
    """The built-in plugins and those of these sources by name, with a second for each call; what hangs is let go."""
    with shelf_on_path(folder) as shelf:
        mine = [shelf.module(name, source) for name, source in sources.items()]
        given = Settings(plugin_seconds=1.0, **settings)
        host = PluginHost.load([*BUILTIN, *mine], settings=given, entry_points=False)
        yield host
        RELEASE.set()
        host.close()


@pytest.fixture
async def portal(database_url: str, host: PluginHost) -> AsyncIterator[Portal]:
    """A portal with the plugins of the test's host."""
    async with open_portal(database_url, host) as opened:
        yield opened
