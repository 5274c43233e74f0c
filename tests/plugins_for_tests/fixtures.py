"""The fixtures of tests that need plugins; a conftest imports them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.host import PluginHost
from core.settings import Settings
from tests.plugins_for_tests.shelf import NEIGHBOUR, Shelf, shelf_on_path

LIMIT = 1.0
"""Seconds for a call in tests: long enough for a busy machine, short enough to wait for what hangs."""
Load = Callable[..., PluginHost]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A place for plugins of this test."""
    with shelf_on_path(tmp_path) as found:
        yield found


@pytest.fixture
def load(shelf: Shelf) -> Iterator[Load]:
    """Load a host with the named modules and, last, the good neighbour; it is closed after the test."""
    hosts: list[PluginHost] = []

    def loaded(*modules: str, entry_points: bool = False, **settings: Any) -> PluginHost:
        given = Settings(**{"plugin_seconds": LIMIT, **settings})
        hosts.append(PluginHost.load([*modules, NEIGHBOUR], settings=given, entry_points=entry_points))
        return hosts[-1]

    yield loaded
    for host in hosts:
        host.close()
