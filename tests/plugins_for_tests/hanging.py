"""A call that never comes back until the test is over."""

import threading

RELEASE = threading.Event()
BEGAN = threading.Event()
ENDED = threading.Event()
"""Set by a plugin that tells its test how far it got."""


def hang() -> None:
    """Wait until the test is over."""
    RELEASE.wait()
