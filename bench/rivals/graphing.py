"""Writing the attorney graph of all eligible pairs takes the rules and scorers, which its readers need not load."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from bench.dense import Dense
from bench.rivals.graph import FLAGS, SCORES, Graph
from core.model.plans.columns import CaseView, Floats
from core.model.vocabulary import REPRESENTING, SeatRole
from core.protocols import Rule, Scorer
from matching.candidates import Coded


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
