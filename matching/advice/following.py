"""A run's solution as the beginning of the next one, whose people, cases and languages have other numbers."""

from collections.abc import Iterable, Mapping

import numpy as np

from core.model.plans.columns import Ints
from matching.candidates import Candidates
from matching.last import Last
from matching.planning import Run


def following(run: Run, candidates: Candidates) -> Last:
    """The solution of a run in the terms of other candidates."""
    before, now = run.candidates, candidates
    cases = {case.ref: number for number, case in enumerate(now.snapshot.cases)}
    return Last(
        before.problem,
        run.solution,
        people=_numbers((one.ref for one in before.snapshot.volunteers), now.book.volunteers),
        cases=_numbers((one.ref for one in before.snapshot.cases), cases),
        languages=_numbers(before.book.languages, now.book.languages),
    )


def _numbers(names: Iterable[str], now: Mapping[str, int]) -> Ints:
    return np.array([now.get(name, -1) for name in names], dtype=np.int64)
