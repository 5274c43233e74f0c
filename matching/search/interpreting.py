"""Who interprets between which languages, in both directions, and which legs that makes for a case."""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, CaseView, CodeBook, Ints
from core.model.plans.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Directions:
    """Every direction in which somebody interprets, one row each: person, source and target language."""

    person: Ints
    source: Ints
    target: Ints

    @classmethod
    def of(cls, snapshot: Snapshot, book: CodeBook) -> "Directions":
        """Both directions of every pair of everybody, each once."""
        rows = {
            (number, book.languages[one], book.languages[other])
            for number, volunteer in enumerate(snapshot.volunteers)
            for pair in volunteer.pairs()
            for one, other in (pair, pair[::-1])
            if one != other
        }
        table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2])

    def rows(self, person: Ints, source: Ints, target: Ints) -> Ints:
        """The rows of directions that are here."""
        span = 1 + max(self.source.max(initial=0), self.target.max(initial=0))
        columns = (self._columns, (person.astype(np.int64), source, target))
        mine, asked = ((one * span + other) * span + third for one, other, third in columns)
        return np.asarray(np.searchsorted(mine, asked))

    @property
    def _columns(self) -> tuple[Ints, Ints, Ints]:
        return self.person, self.source, self.target

    def first(self, case: CaseView, allowed: Bools) -> Ints:
        """Rows of allowed persons that lead from a language of the client to another one."""
        own = np.array(case.languages, dtype=np.int64)
        return np.flatnonzero(allowed[self.person] & np.isin(self.source, own) & ~np.isin(self.target, own))

    def onward(self, case: CaseView, allowed: Bools, first: Ints) -> Ints:
        """Rows of allowed persons that lead on from where some first leg ends, and not back to the client."""
        own, hubs = np.array(case.languages, dtype=np.int64), self.target[first]
        return np.flatnonzero(allowed[self.person] & np.isin(self.source, hubs) & ~np.isin(self.target, own))

    def hubs(self, case: CaseView, allowed: Bools, languages: int) -> Bools:
        """The languages in which the client can be heard through one or two allowed persons: bool[languages]."""
        heard = np.zeros(languages, dtype=np.bool_)
        first = self.first(case, allowed)
        heard[self.target[first]] = True
        heard[self.target[self.onward(case, allowed, first)]] = True
        return heard
