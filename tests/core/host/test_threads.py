"""The threads in which plugins are called: used again and again, and gone with their host."""

import gc
import threading

import pytest

from core.host import PluginHost
from core.settings import Settings
from plugins import BUILTIN


@pytest.mark.parametrize("closed", [True, False])
def test_a_host_leaves_no_thread_behind_closed_or_not(*, closed: bool) -> None:
    before = set(threading.enumerate())
    host = PluginHost.load(BUILTIN, settings=Settings(), entry_points=False)
    begun = [one for one in threading.enumerate() if one.name == "plugin" and one not in before]

    if closed:
        host.close()
    del host
    gc.collect()
    for one in begun:
        one.join(timeout=60)

    assert begun
    assert not any(one.is_alive() for one in begun)
