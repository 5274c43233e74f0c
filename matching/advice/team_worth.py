"""What a case's best team is worth at given prices, and what a newcomer's seat in it would add.

At prices for everybody's places, mentoring and hours, each case can be looked at alone: its best team is the greatest
sum of scores less prices. By weak duality the prices and these values bound every plan; a newcomer whose places are
free lifts that bound by what her best teams are worth above the cases' best without her. So the sum over as many cases
as she has places is an upper estimate of what she can add (exact prices make it the bound itself).
"""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.problem import Prices, Problem

Worths = tuple[Floats, ...]
"""For each pair of each table its score less the price of what it takes of its person."""


@dataclass(frozen=True, slots=True)
class Gains:
    """What newcomers add to single cases, one row a pair of case and newcomer that adds something."""

    case: Ints
    person: Ints
    gain: Floats


def worths_at(problem: Problem, prices: Prices) -> Worths:
    """What each pair of a problem scores less the price of what it takes."""
    charged = prices.charged(problem)
    return tuple(table.score - price for table, price in zip(problem.tables, charged, strict=True))


class TeamWorth:
    """The parts of the best teams of all cases at once, made of everybody but the newcomers.

    ``direct`` float[m]: the best attorney who speaks with the client; ``heard`` float[m, languages]: the best who needs
    legs and speaks a language; ``first`` and ``chain``: the best first leg, and chain of legs, to a language. Each with
    what else it needs of a mentor; -inf where there is none. ``beside`` float[m]: the best co-counsel, 0 where none is
    asked for.
    """

    def __init__(self, problem: Problem, worths: Worths, newcomer: Bools) -> None:
        self._problem, self._new = problem, newcomer
        x, y, z, w = problem.attorneys, problem.legs, problem.mentors, problem.co_counsel
        self._x, self._y, self._z, self._w = worths
        self._old_x, self._old_y = ~newcomer[x.person], ~newcomer[y.person]
        old_z = ~newcomer[z.person]
        self._mentor = self._best(z.case[old_z], self._z[old_z])
        guided = self._x + np.where(x.needs_mentor, self._mentor[x.case], 0.0)
        self.direct, self.heard = self._attorneys(guided, self._old_x)
        self.first = self._first()
        self.chain = np.maximum(self.first, self._relayed())
        old_w = ~newcomer[w.person]
        self.beside = np.where(problem.cases.with_two, self._best(w.case[old_w], self._w[old_w]), 0.0)
        self.led = np.maximum(self.direct, (self.heard + self.chain).max(axis=1))
        self.best = np.maximum(0.0, self.led + self.beside)

    def gains(self, above: Floats) -> Gains:
        """What each newcomer adds to each case above what it is worth so far: float[m], such as ``best``."""
        case, person, value = (np.concatenate(part) for part in zip(*self._newcomers(), strict=True))
        gain = value - above[case]
        order = np.lexsort((-gain, case, person))
        case, person, gain = case[order], person[order], gain[order]
        again = (np.diff(case, prepend=-1) == 0) & (np.diff(person, prepend=-1) == 0)
        kept = ~again & (gain > 1e-6)
        return Gains(case[kept], person[kept], gain[kept])

    def _newcomers(self) -> tuple[tuple[Ints, Ints, Floats], ...]:
        """The seats that newcomers could take: case, person, and the worth of the whole team around each."""
        x, y, z, w = self._problem.attorneys, self._problem.legs, self._problem.mentors, self._problem.co_counsel
        own_x, own_y, own_z, own_w = (np.flatnonzero(self._new[table.person]) for table in (x, y, z, w))
        spoken = np.where(self._problem.people.speaks[x.person[own_x]], self.chain[x.case[own_x]], -np.inf)
        legs = np.where(x.direct[own_x], 0.0, spoken.max(axis=1))
        guided = np.where(x.needs_mentor[own_x], self._mentor[x.case[own_x]], 0.0)
        onward, case, target = self._onward(), y.case[own_y], y.target[own_y]
        straight = np.maximum(self.heard, onward)[case, target]
        relayed = self.first[case, y.source[own_y]] + self.heard[case, target]
        seats = (
            (x.case[own_x], x.person[own_x], self._x[own_x] + legs + guided),
            (case, y.person[own_y], self._y[own_y] + np.where(y.relay[own_y], relayed, straight)),
            (z.case[own_z], z.person[own_z], self._z[own_z] + self._learners()[z.case[own_z]]),
        )
        led = tuple((of, person, value + self.beside[of]) for of, person, value in seats)
        return (*led, (w.case[own_w], w.person[own_w], self._w[own_w] + self.led[w.case[own_w]]))

    def _learners(self) -> Floats:
        """The best attorney of each case who needs a mentor, with her legs, without the mentor."""
        x = self._problem.attorneys
        direct, heard = self._attorneys(self._x, self._old_x & x.needs_mentor)
        return np.asarray(np.maximum(direct, (heard + self.chain).max(axis=1)))

    def _attorneys(self, worth: Floats, among: Bools) -> tuple[Floats, Floats]:
        x, speaks = self._problem.attorneys, self._problem.people.speaks
        direct, indirect = among & x.direct, np.flatnonzero(among & ~x.direct)
        heard = self._table()
        for language in range(speaks.shape[1]):
            rows = indirect[speaks[x.person[indirect], language]]
            np.maximum.at(heard[:, language], x.case[rows], worth[rows])
        return self._best(x.case[direct], worth[direct]), heard

    def _first(self) -> Floats:
        y, table = self._problem.legs, self._table()
        rows = np.flatnonzero(self._old_y & ~y.relay)
        np.maximum.at(table, (y.case[rows], y.target[rows]), self._y[rows])
        return table

    def _relayed(self) -> Floats:
        """The best relay of each case to each language."""
        y, table = self._problem.legs, self._table()
        rows = np.flatnonzero(self._old_y & y.relay)
        np.maximum.at(table, (y.case[rows], y.target[rows]), self._y[rows] + self.first[y.case[rows], y.source[rows]])
        return table

    def _onward(self) -> Floats:
        """The best attorney of each case behind a second leg out of each language."""
        y, table = self._problem.legs, self._table()
        rows = np.flatnonzero(self._old_y & y.relay)
        np.maximum.at(table, (y.case[rows], y.source[rows]), self._y[rows] + self.heard[y.case[rows], y.target[rows]])
        return table

    def _table(self) -> Floats:
        return np.full((self._problem.cases.n, self._problem.people.speaks.shape[1]), -np.inf)

    def _best(self, case: Ints, worth: Floats) -> Floats:
        best = np.full(self._problem.cases.n, -np.inf)
        np.maximum.at(best, case, worth)
        return best
