"""A call that never comes back until the test is over."""

import threading

RELEASE = threading.Event()


def hang() -> None:
    """Wait until the test is over."""
    RELEASE.wait()
