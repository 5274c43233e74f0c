"""One round of pricing over everything that the rules allow, to find what pruning should not have left out."""

from collections.abc import Iterator

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole
from matching.pairs import ATTORNEY, CO_COUNSEL, LEG, MENTOR
from matching.problem import AttorneyPairs, CoCounselPairs, Legs, MentorPairs, Prices, Problem
from matching.search.pool import Pool
from matching.search.routes import Routes
from matching.search.rows import Rows
from matching.search.searching import Search
from matching.search.violators import Violators
from matching.search.worths import PricedLegs, Worths


class Repricing:
    """One round of pricing: the others first, so that an attorney's best team is known when she is looked at."""

    def __init__(self, search: Search, problem: Problem, prices: Prices, tolerance: float, most: int) -> None:
        self._search, self._problem, self._most = search, problem, most
        self._worths, self._price = Worths(search, problem, prices), prices.due(problem)
        cases, languages = len(search.views), search.speaks.shape[1]
        self._due = self._price + tolerance
        self._gain = np.zeros(cases)
        self._guided = np.full(cases, -np.inf)
        self._chain = np.full((cases, languages), -np.inf)
        self._hearing = np.full((cases, languages), -np.inf)
        self._learning = np.full(cases, -np.inf)
        self._best = np.full(cases, -np.inf)
        self._second = np.zeros(cases)
        self._second[search.with_two] = -np.inf
        self._begins = [np.searchsorted(table.case, np.arange(cases + 1)) for table in problem.tables]

    def violators(self) -> Violators:
        every = np.arange(len(self._search.views))
        for pool in self._search.pools[SeatRole.MENTOR].of(every):
            for case in pool.cases.tolist():
                self._guided[case] = self._worths.mentors(pool, case).worth.max(initial=-np.inf)
        for pool, case in self._beside(self._search.with_two):
            self._second[case] = self._worths.co_counsel(pool, case).worth.max(initial=-np.inf)
        for case, priced in self._priced_legs(every):
            self._chain[case] = priced.heard_in(self._chain.shape[1])
        attorneys = AttorneyPairs(*self._attorneys(every))
        tempting = np.flatnonzero(self._best > self._due)
        legs, mentors = Legs(*self._legs(tempting)), MentorPairs(*self._mentors(tempting))
        co_counsel = CoCounselPairs(*self._co_counsel(np.intersect1d(tempting, self._search.with_two)))
        return Violators(attorneys, legs, mentors, co_counsel, self._gain)

    def _attorneys(self, cases: Ints) -> tuple[np.ndarray, ...]:
        rows = Rows(len(self._search.views), np.int64, np.float64, np.bool_, np.bool_)
        pools = self._search.pools[SeatRole.ATTORNEY]
        for pool in pools.of(cases):
            for case in pool.cases.tolist():
                worth = self._worths.attorneys(pool, case).worth
                might = np.flatnonzero(worth + self._at_best(case) > self._due[case])
                if len(might):
                    people, score = pool.people[might], pool.score[might] + pools.extra[case]
                    new, direct, short = self._tempting(case, people, worth[might])
                    rows.put(case, people[new], score[new], direct[new], short[new])
        return rows.columns()

    def _at_best(self, case: int) -> float:
        """What a chain, a mentor and co-counsel can add to an attorney at best."""
        helped = max(0.0, self._chain[case].max(initial=0.0)) + max(0.0, self._guided[case])
        return float(helped + self._second[case])

    def _tempting(self, case: int, people: Ints, worth: Floats) -> tuple[Ints, Bools, Bools]:
        """Which of these attorneys are violators, by position; and who speaks with the client or needs a mentor."""
        view = self._search.views[case]
        direct, short = (of(view)[people] for of in (self._search.direct, self._search.short))
        own = worth + np.where(short, self._guided[case], 0.0) + self._second[case]
        team = own + np.where(direct, 0.0, self._understood(case, people))
        self._note(case, people, own, team, direct, short)
        return self._new(ATTORNEY, case, people, team), direct, short

    def _understood(self, case: int, people: Ints) -> Floats:
        """For each person, the best chain that ends in a language that she speaks."""
        chain, best = self._chain[case], np.full(len(people), -np.inf)
        for language in np.flatnonzero(chain > -np.inf).tolist():
            np.maximum(best, np.where(self._search.speaks[people, language], chain[language], -np.inf), out=best)
        return best

    def _note(self, case: int, people: Ints, own: Floats, team: Floats, direct: Bools, short: Bools) -> None:
        """Remember the best teams around a leg and around a mentor, where any team is worth more than it must be."""
        self._best[case] = best = team.max(initial=-np.inf)
        if best <= self._due[case]:
            return
        for language in np.flatnonzero(self._chain[case] > -np.inf).tolist():
            hears = self._search.speaks[people, language] & ~direct
            self._hearing[case, language] = own[hears].max(initial=-np.inf)
        with_a_mentor = team[short].max(initial=-np.inf)
        self._learning[case] = with_a_mentor - self._guided[case] if with_a_mentor > -np.inf else -np.inf

    def _legs(self, cases: Ints) -> tuple[np.ndarray, ...]:
        rows = Rows(len(self._search.views), np.int64, np.int64, np.int64, np.bool_, np.float64)
        ways = self._search.directions
        for case, priced in self._priced_legs(cases):
            rest, routes = priced.around(self._hearing[case]), priced.routes
            sizes = routes.end - routes.begin
            team = priced.worth + np.repeat(rest, sizes)
            relay = np.repeat(routes.relay, sizes)
            new = self._new(LEG, case, routes.row * 2 + relay, team)
            row, score = routes.row[new], self._search.leg_score(case, routes.score[new])
            rows.put(case, ways.person[row], ways.source[row], ways.target[row], relay[new], score)
        return rows.columns()

    def _priced_legs(self, cases: Ints) -> Iterator[tuple[int, PricedLegs]]:
        for pool in self._search.pools[SeatRole.INTERPRETER].of(cases):
            routes: dict[tuple[int, ...], Routes] = {}
            for case in pool.cases.tolist():
                languages = self._search.views[case].languages
                mine = routes.get(languages) or routes.setdefault(languages, self._search.routes(languages, pool))
                yield case, self._worths.legs(pool, mine, case)

    def _mentors(self, cases: Ints) -> tuple[np.ndarray, ...]:
        rows = Rows(len(self._search.views), np.int64, np.float64)
        pools = self._search.pools[SeatRole.MENTOR]
        for pool in pools.of(cases):
            for case in pool.cases.tolist():
                team = self._worths.mentors(pool, case).worth + self._learning[case]
                new = self._new(MENTOR, case, pool.people, team)
                rows.put(case, pool.people[new], pool.score[new] + pools.extra[case])
        return rows.columns()

    def _beside(self, cases: Ints) -> Iterator[tuple[Pool, int]]:
        """The pool of co-counsel of each of these cases."""
        if len(cases):
            for pool in self._search.pools[SeatRole.CO_COUNSEL].of(cases):
                yield from ((pool, case) for case in pool.cases.tolist())

    def _co_counsel(self, cases: Ints) -> tuple[np.ndarray, ...]:
        rows = Rows(len(self._search.views), np.int64, np.float64)
        for pool, case in self._beside(cases):
            rest = self._best[case] - self._second[case]
            new = self._new(CO_COUNSEL, case, pool.people, self._worths.co_counsel(pool, case).worth + rest)
            extra = self._search.pools[SeatRole.CO_COUNSEL].extra[case]
            rows.put(case, pool.people[new], pool.score[new] + extra)
        return rows.columns()

    def _new(self, table: int, case: int, keys: Ints, team: Floats) -> Ints:
        """The positions of the worthiest that are worth more than the case must be, and not kept already."""
        worthy = np.flatnonzero(team > self._due[case])
        if len(worthy):
            worthy = worthy[~np.isin(keys[worthy], self._kept(table, case))]
        order = np.argsort(-team[worthy], kind="stable")[: self._most]
        if len(order):
            self._gain[case] = max(self._gain[case], float(team[worthy[order[0]]] - self._price[case]))
        return np.sort(worthy[order])

    def _kept(self, table: int, case: int) -> Ints:
        """What is in the problem already: people; for legs, twice the row of ``Directions``, one more for a relay."""
        rows = slice(*self._begins[table][case : case + 2].tolist())
        pairs, legs = self._problem.tables[table], self._problem.legs
        if table != LEG:
            return pairs.person[rows]
        return (
            self._search.directions.rows(legs.person[rows], legs.source[rows], legs.target[rows]) * 2 + legs.relay[rows]
        )
