"""The attorney graph of all eligible pairs, written to files: what a dense assignment is made of."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from bench.dense import Dense
from core.model.plans.columns import CaseView, Floats
from core.model.vocabulary import REPRESENTING, SeatRole
from core.protocols import Rule, Scorer
from matching.candidates import Coded

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


def write_graph(coded: Coded, rules: Sequence[Rule], scorers: Sequence[Scorer], folder: Path) -> Graph:
    """Ask about every case and every person, and write down who may be its attorney with what score."""
    dense = Dense(coded, rules, scorers, None)
    people = [at for at, one in enumerate(coded.snapshot.volunteers) if set(one.roles) & set(REPRESENTING)]
    with ExitStack() as opened:
        files = [opened.enter_context((folder / name).open("wb")) for name in (*SCORES, *FLAGS)]
        for view in coded.views:
            answers = dense.answers(view)
            allowed, score = answers.allowed[SeatRole.ATTORNEY], answers.score[SeatRole.ATTORNEY]
            scores = (np.where(allowed, score - heard, 0.0) for heard in (0.0, _for_languages(view, coded, scorers)))
            for file, column in zip(files, (*scores, dense.direct(view), dense.short(view)), strict=True):
                column[people].tofile(file)
    return Graph(str(folder), len(coded.views), people)


def _for_languages(view: CaseView, coded: Coded, scorers: Sequence[Scorer]) -> Floats:
    """The points for the attorney seat that come from the client's languages: float[n]."""
    points = np.zeros(coded.volunteers.n)
    for one in scorers:
        if SeatRole.ATTORNEY in one.roles and "languages" in one.reads:
            points += one.points(view, coded.volunteers)
    return points
