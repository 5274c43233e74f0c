"""Which legs lead from a client to whom, asked for one case after the other: the same as for candidates, but quick."""

import numpy as np

from core.model.plans.columns import Bools, CaseView, Ints
from matching.candidates import Candidates


class Hearing:
    """The directions in which somebody interprets: ``person``, ``source`` and ``target`` int[k], by language number."""

    def __init__(self, candidates: Candidates) -> None:
        ways = candidates.directions
        self.person, self.source, self.target = ways.person, ways.source, ways.target
        self._languages = candidates.problem.people.speaks.shape[1]

    def among(self, languages: Ints | tuple[int, ...]) -> Bools:
        """Which languages these are: bool[languages]."""
        among = np.zeros(self._languages, dtype=np.bool_)
        among[np.asarray(languages, dtype=np.int64)] = True
        return among

    def first(self, case: CaseView, allowed: Bools) -> Ints:
        """Rows of allowed persons that lead from a language of the client to another one."""
        own = self.among(case.languages)
        return np.flatnonzero(allowed[self.person] & own[self.source] & ~own[self.target])

    def onward(self, case: CaseView, allowed: Bools, first: Ints) -> Ints:
        """Rows of allowed persons that lead on from where some first leg ends, and not back to the client."""
        own, hubs = self.among(case.languages), self.among(self.target[first])
        return np.flatnonzero(allowed[self.person] & hubs[self.source] & ~own[self.target])

    def hubs(self, case: CaseView, allowed: Bools) -> Bools:
        """The languages in which the client can be heard through one or two allowed persons: bool[languages]."""
        first = self.first(case, allowed)
        return self.among(self.target[first]) | self.among(self.target[self.onward(case, allowed, first)])
