"""What teams are worth when everybody has a price: over all eligible pairs, kept or not.

For any prices of persons, no choice of teams is worth more than what all persons' prices add up to and what the best
team of each case leaves over. So a pair that was left out can matter only where the best team with it is worth more
than the price of its case. Whether one person fills two seats of a team is not looked at: that can only make a team
look better than it is, so the bound holds.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole
from matching.problem import Prices, Problem
from matching.search.pool import Pool
from matching.search.routes import Routes
from matching.search.searching import Search

LENGTHS: Final = 64
"""For how many lengths of case everybody's cost is remembered."""


@dataclass(frozen=True, slots=True)
class PricedPool:
    """One case's pool of a seat with ``worth`` float[k]: score less the price of what the seat takes."""

    people: Ints
    worth: Floats


@dataclass(frozen=True, slots=True)
class PricedLegs:
    """One case's legs: ``worth`` float[legs], ``best`` float[kinds], ``routes`` what they are."""

    routes: Routes
    worth: Floats
    best: Floats

    def heard_in(self, languages: int) -> Floats:
        """For each language, the best chain that ends in it: one first leg, or a relay."""
        first, relay = ~self.routes.relay, self.routes.relay
        alone, chain = self.first_to(languages), np.full(languages, -np.inf)
        np.maximum.at(chain, self.routes.target[first], self.best[first])
        np.maximum.at(chain, self.routes.target[relay], alone[self.routes.source[relay]] + self.best[relay])
        return chain

    def first_to(self, languages: int) -> Floats:
        """For each language, the best first leg to it."""
        alone, first = np.full(languages, -np.inf), ~self.routes.relay
        np.maximum.at(alone, self.routes.target[first], self.best[first])
        return alone

    def around(self, attorneys: Floats) -> Floats:
        """For each kind of leg, the best of the rest of a team with it; ``attorneys`` by the language they hear."""
        relay, languages = self.routes.relay, len(attorneys)
        onward = attorneys.copy()
        np.maximum.at(onward, self.routes.source[relay], self.best[relay] + attorneys[self.routes.target[relay]])
        before = self.first_to(languages)[self.routes.source]
        rest: Floats = np.where(relay, before + attorneys[self.routes.target], onward[self.routes.target])
        return rest


class Worths:
    """Puts prices on the pools of a search."""

    def __init__(self, search: Search, problem: Problem, prices: Prices) -> None:
        self._search, self._problem, self._prices = search, problem, prices
        self._costs: dict[float, Floats] = {}
        self._mentoring = np.where(problem.people.mentoring > 0, prices.mentoring, np.inf)

    def attorneys(self, pool: Pool, case: int) -> PricedPool:
        """The attorneys of a case."""
        return self._priced(SeatRole.ATTORNEY, pool, case, float(self._problem.cases.hours[case]))

    def co_counsel(self, pool: Pool, case: int) -> PricedPool:
        """The co-counsel of a case."""
        return self._priced(SeatRole.CO_COUNSEL, pool, case, float(self._problem.cases.hours[case]))

    def mentors(self, pool: Pool, case: int) -> PricedPool:
        """The mentors of a case."""
        settled = case in self._search.settled[SeatRole.MENTOR]
        worth = pool.score + self._search.pools[SeatRole.MENTOR].extra[case]
        return PricedPool(pool.people, worth if settled else worth - self._mentoring[pool.people])

    def legs(self, pool: Pool, routes: Routes, case: int) -> PricedLegs:
        """The legs of a case."""
        hours = float(self._problem.cases.interpreter_hours[case])
        score = self._search.leg_score(case, routes.score)
        worth = score - self._taken(SeatRole.INTERPRETER, pool, case, hours)[routes.place]
        best = np.maximum.reduceat(worth, routes.begin) if len(routes.begin) else np.empty(0)
        return PricedLegs(routes, worth, best)

    def _priced(self, role: SeatRole, pool: Pool, case: int, hours: float) -> PricedPool:
        score = pool.score + self._search.pools[role].extra[case]
        return PricedPool(pool.people, score - self._taken(role, pool, case, hours))

    def _taken(self, role: SeatRole, pool: Pool, case: int, hours: float) -> Floats:
        """The price of a place and these hours; nothing for the holders of a settled seat, which is paid for."""
        if case in self._search.settled[role]:
            return np.zeros(len(pool.people))
        if hours not in self._costs:
            self._costs = self._costs if len(self._costs) < LENGTHS else {}
            self._costs[hours] = self._cost(hours)
        return self._costs[hours][pool.people]

    def _cost(self, hours: float) -> Floats:
        """The price of a place and these hours of everybody; infinite for those who have none."""
        people = self._problem.people
        able: Bools = (people.places > 0) & (people.hours >= hours)
        return np.where(able, self._prices.places + hours * self._prices.hours, np.inf)
