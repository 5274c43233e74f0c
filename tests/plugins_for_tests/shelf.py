"""A shelf on the import path: a test puts plugins there as plain modules or as installed distributions."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

from tests.plugins_for_tests.hanging import BEGAN, ENDED, RELEASE

NEIGHBOUR = "tests.plugins_for_tests.neighbour"
NEIGHBOUR_NAME = "plugins_for_tests.neighbour"
PREAMBLE = """\
import asyncio, sys
import numpy as np
from amparo import *
from tests.plugins_for_tests.hanging import BEGAN, ENDED, hang
"""
NOT_A_NUMBER = """
@scorer(role="attorney", reads=())
def odd(case, volunteers):
    "Odd."
    return np.full(volunteers.n, np.nan)

@hookimpl
def amparo_scorers():
    return (odd,)
"""
"""A plugin whose scorer answers with what is not a number."""


class Shelf:
    """A folder with modules and distributions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def module(self, name: str, source: str) -> str:
        """Put a module there and return its name."""
        (self.folder / f"{name}.py").write_text(PREAMBLE + dedent(source).lstrip("\n"))
        return name

    def distribution(self, name: str, *, points: str, version: str = "1.0") -> None:
        """Install a distribution's metadata. ``points`` are the lines below ``[amparo]``."""
        info = self.folder / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[amparo]\n{points}\n")


@contextmanager
def shelf_on_path(folder: Path) -> Iterator[Shelf]:
    """A shelf for one test. Afterwards its modules are forgotten and what hangs in them is let go."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    for event in (BEGAN, ENDED, RELEASE):
        event.clear()
    try:
        yield Shelf(folder)
    finally:
        RELEASE.set()
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if Path(getattr(sys.modules[name], "__file__", None) or "/").is_relative_to(folder):
                del sys.modules[name]
