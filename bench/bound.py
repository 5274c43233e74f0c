"""An upper bound on every answer, from nothing but prices: it needs no trust in whoever found them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.settled import Settled, asks_two
from core.model.plans.columns import Floats, Ints
from core.model.vocabulary import SeatRole
from matching.problem import KINDS, Pairs, Prices, Problem

NOBODY = -np.inf


def bound_from(problem: Problem, prices: Prices, held: Sequence[int] = ()) -> float:
    """By weak duality: what everybody has left, at its price, and what each case's best team earns beyond its prices.

    ``held``: the bound is on the answers that serve at least so many cases of tier 1, 2 and so on; without, on all.
    Valid for whatever prices; those below zero count as zero. It may lie above what a search proves that splits the
    problem, or that has more rows.
    """
    settled = Settled(problem)
    limited = np.isfinite(settled.hours)
    places, mentoring, hourly = (np.maximum(one, 0.0) for one in (prices.places, prices.mentoring, prices.hours))
    offered = Offered(settled, places, mentoring, np.where(limited, hourly, 0.0))
    capacity = settled.hours[limited] @ hourly[limited]
    capacity += _earned(settled.places, places, settled.kept[0], problem.load.places)
    capacity += _earned(settled.mentoring, mentoring, settled.kept[1], problem.load.mentoring)
    floors = problem.floors
    raised = np.minimum(np.maximum(prices.floors, 0.0), floors.points) if len(prices.floors) else np.zeros(floors.n)
    wanted = raised @ floors.member if floors.n else 0.0
    tiers = np.zeros(1 + max(len(held), int(problem.cases.tiers().max(initial=0))))
    known = min(len(held), len(prices.tiers))
    tiers[1 : 1 + known] = np.maximum(prices.tiers[:known], 0.0)
    teams = np.maximum(0.0, offered.best_teams() + wanted + tiers[problem.cases.tiers()])
    return float(capacity + teams.sum() - raised @ floors.wanted - tiers[1 : 1 + len(held)] @ np.array(held))


def _earned(left: Floats, price: Floats, kept: Ints, step: Floats) -> float:
    """What the places that everybody has left bring at their price, less what each costs that comes after others."""
    if not len(step):
        return float(left @ price)
    turns = np.arange(int(left.max(initial=0)))
    each = np.maximum(0.0, price[:, None] - step[:, None] * (kept[:, None] + turns)) * (turns < left[:, None])
    return float(each.sum())


@dataclass(frozen=True, slots=True)
class Offered:
    """A problem at prices of a place, of mentoring a case, and of an hour: float[n] each, none below zero."""

    settled: Settled
    places: Floats
    mentoring: Floats
    hourly: Floats

    def best_teams(self) -> Floats:
        """What each case's best team earns beyond the prices of its people: float[m]. Nobody relays herself."""
        problem = self.settled.problem
        x, z, m = problem.attorneys, problem.mentors, problem.cases.n
        team, chain = self._worth(SeatRole.ATTORNEY), self._chains()
        guided, best = np.full(m, NOBODY), np.full(m, NOBODY)
        np.maximum.at(guided, z.case, self._worth(SeatRole.MENTOR))
        team[x.needs_mentor] += guided[x.case[x.needs_mentor]]
        team += self._beside()[x.case]
        heard = np.full(len(x.case), NOBODY)
        for language in np.flatnonzero((chain > NOBODY).any(axis=0)).tolist():
            speaks = problem.people.speaks[x.person, language]
            np.maximum(heard, np.where(speaks, chain[x.case, language], NOBODY), out=heard)
        np.maximum.at(best, x.case, team + np.where(x.direct, 0.0, heard))
        return best

    def _beside(self) -> Floats:
        """What the best co-counsel of each case earns, 0 where it asks for none: float[m]."""
        two = asks_two(self.settled.problem)
        best = np.where(two, NOBODY, 0.0)
        if two.any():
            case = self.settled.problem.tables[KINDS.index(SeatRole.CO_COUNSEL)].case
            worth = np.where(two[case], self._worth(SeatRole.CO_COUNSEL), NOBODY)
            np.maximum.at(best, case, worth)
        return best

    def _worth(self, role: SeatRole) -> Floats:
        """What each pair for a seat earns beyond the price of its person; -inf where she has no room or may not."""
        table: Pairs = self.settled.problem.tables[KINDS.index(role)]
        case, person, takes = table.case, table.person, self.settled.takes(role, table.case)
        left, price = (
            (self.settled.mentoring, self.mentoring) if role is SeatRole.MENTOR else (self.settled.places, self.places)
        )
        room = (left[person] > 0) & (takes <= self.settled.hours[person])
        worth = np.where(room, table.score - price[person] - takes * self.hourly[person], NOBODY)
        if not self.settled.any(role):
            return worth
        paid_for = np.where(self.settled.is_pin(role, case, person), table.score, worth)
        return np.where(self.settled.open_to(role, case, person), paid_for, NOBODY)

    def _chains(self) -> Floats:
        """The best chain of each case that ends in each language: float[m, languages]."""
        problem, leg = self.settled.problem, self._worth(SeatRole.INTERPRETER)
        y, languages = problem.legs, problem.people.speaks.shape[1]
        chain = np.full((problem.cases.n, languages), NOBODY)
        first, relay = np.flatnonzero(~y.relay), np.flatnonzero(y.relay)
        np.maximum.at(chain, (y.case[first], y.target[first]), leg[first])
        hub = y.case * languages + np.where(y.relay, y.source, y.target)
        before = _first_by_another(hub, y.person, leg, first)
        np.maximum.at(chain, (y.case[relay], y.target[relay]), before[relay] + leg[relay])
        return chain


def _first_by_another(hub: Ints, person: Ints, worth: Floats, first: Ints) -> Floats:
    """For each leg, what the best first leg to its hub earns that somebody else takes; -inf for none."""
    size = int(hub.max(initial=-1)) + 1
    best, holder, second = np.full(size, NOBODY), np.full(size, -1), np.full(size, NOBODY)
    np.maximum.at(best, hub[first], worth[first])
    holds = first[worth[first] == best[hub[first]]]
    holder[hub[holds]] = person[holds]
    others = first[person[first] != holder[hub[first]]]
    np.maximum.at(second, hub[others], worth[others])
    others_best: Floats = np.where(person == holder[hub], second[hub], best[hub])
    return others_best
