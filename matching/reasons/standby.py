"""Who else could take a seat: reserves to ask if its holder says no, and the runner-up with what displaced her."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.plans.teams import Reserve, RunnerUp
from core.model.vocabulary import SeatRole
from matching.candidates import Candidates
from matching.reasons.room import Room

RESERVES: Final = 2
EQUAL: Final = 1e-9
"""Scores that differ by less are equal: they were added up in another order."""


@dataclass(frozen=True, slots=True)
class Others:
    """The other candidates of one seat, one row a person.

    ``worth`` is her score less the price of what the seat takes of her; ``free``: she has room for it; ``fits``: the
    rest of the team does for her as it is.
    """

    person: Ints
    score: Floats
    worth: Floats
    free: Bools
    fits: Bools


class Standby:
    """Chooses among the other candidates of one seat after the other."""

    def __init__(self, candidates: Candidates, room: Room, served: Floats) -> None:
        self._found, self._room, self._served = candidates, room, served

    def reserves(self, others: Others) -> tuple[Reserve, ...]:
        """The best others: those whom the team suits first, then those with room, then by worth."""
        order = np.lexsort((others.person, -others.worth, ~others.free, ~others.fits))[:RESERVES]
        return tuple(Reserve(self._ref(int(others.person[at])), float(others.score[at])) for at in order)

    def runner_up(self, role: SeatRole, others: Others, score: float) -> RunnerUp | None:
        """The one with the highest score of those whom the team suits, else of all; ``score`` is the holder's."""
        if not len(others.person):
            return None
        at = int(np.lexsort((others.person, ~others.free, -others.score, ~others.fits))[0])
        kept_by, case = self._kept_by(role, others, at, score)
        return RunnerUp(self._ref(int(others.person[at])), float(others.score[at]), kept_by, case)

    def _kept_by(self, role: SeatRole, others: Others, at: int, score: float) -> tuple[str, str]:
        if not others.fits[at]:
            return "team", ""
        if others.free[at]:
            return self._though_free(role, others, at, score), ""
        cases = self._room.cases_of(role, int(others.person[at]))
        if not cases:
            return "room", ""
        first = min(cases, key=lambda case: (self._found.views[case].tier, -self._served[case], case))
        return "case", self._found.snapshot.cases[first].ref

    def _though_free(self, role: SeatRole, others: Others, at: int, score: float) -> str:
        if others.score[at] <= score + EQUAL:
            return "score"
        spread = len(self._found.problem.load.places) and self._room.cases_of(role, int(others.person[at]))
        return "load" if spread else "search"

    def _ref(self, person: int) -> str:
        return self._found.snapshot.volunteers[person].ref
