"""Paths through foreign keys, whose columns Piccolo finds at run time and types do not know."""

from typing import Any


def via(key: Any) -> Any:
    """The columns behind a foreign key of a foreign key."""
    return key
