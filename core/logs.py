"""What the house says of itself while it runs.

structlog looks for everything that could colour a traceback, which is a quarter of what a short process of ours
imports, and most of those have nothing to say: so it is loaded and configured with the first word.
"""

from collections.abc import Callable
from typing import Any

_configure: Callable[[], None] | None = None


def configure_by(configure: Callable[[], None] | None) -> None:
    """Let this process log as this function configures structlog; None leaves it as structlog does by itself."""
    global _configure
    _configure = configure


class Log:
    """A logger of structlog by its name: ``log.warning("what happened", key=value)``, as the process configured it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, level: str) -> Callable[..., Any]:
        """How to say something at this level."""
        import structlog

        if _configure is not None:
            _configure()
            configure_by(None)
        said: Callable[..., Any] = getattr(structlog.get_logger(self._name), level)
        return said
