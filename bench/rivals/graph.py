"""The attorney graph of all eligible pairs, in files: what a dense assignment is made of."""

from pathlib import Path
from typing import Final

import msgspec
import numpy as np

SCORES: Final = ("score", "blind")
"""``blind``: without the scorers that look at the client's languages."""
FLAGS: Final = ("direct", "needs_mentor")


class Graph(msgspec.Struct, frozen=True):
    """Where the attorney graph of all eligible pairs is, and who its columns are; it has one row a case."""

    folder: str
    cases: int
    people: list[int]

    def read(self, name: str) -> np.ndarray:
        """A matrix of the graph, [cases, people], as a map of its file: a score is 0 where a pair is not eligible."""
        kind = np.bool_ if name in FLAGS else np.float64
        return np.memmap(Path(self.folder) / name, kind, "r", shape=(self.cases, len(self.people)))
