"""A choice made better where it loses against the bound, one small neighbourhood after the other.

Large neighbourhood search (Shaw 1998), led by prices: whoever is left with something of a price, or has less than her
case's best, is a place to begin; the cases around it exchange their people as well as they can. No pair that falls
short by more than what is lost there can be part of a better exchange, so few pairs take part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.ascent.climbing import Climbed
from matching.ascent.exchanging import exchanged
from matching.ascent.losses import Losses
from matching.ascent.market import Market
from matching.ascent.nearby import Members, Nearby
from matching.ascent.slacks import slacks
from matching.ascent.supply import Supply
from matching.pairs import MENTOR, Chosen
from matching.solving.effort import Effort

TIGHT: Final = 5.0
"""Pairs that fall short by at most so many points lead to the next case."""
MOST_PAIRS: Final = 20_000
"""How many pairs of a kind take part in one exchange: those that fall short least."""

Watch = Callable[[int, int, float], None]
"""Hears how many exchanges were tried, of how many that are known by now, and the value."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How thoroughly a choice is bettered.

    ``rounds``: how many cases may exchange, and for which loss at least, in parts of the greatest score. ``longest``:
    seconds for one exchange.
    """

    rounds: tuple[tuple[int, float], ...]
    longest: float


THOROUGH: Final = Pace(((60, 2e-2), (300, 2e-2), (60, 1e-4), (120, 1e-4), (300, 1e-4), (1000, 1e-4)), longest=10.0)
"""The great losses first, then all."""


class Bettering:
    """Makes a choice better at the tariff of a climb."""

    def __init__(
        self,
        market: Market,
        supply: Supply,
        climbed: Climbed,
        seed: int,
        *,
        pace: Pace = THOROUGH,
        anyway: Floats | None = None,
    ) -> None:
        """``anyway`` float[n + m] is what is lost by person and by case in any choice, as far as is known."""
        self._pace, self._anyway = pace, 0.0 if anyway is None else anyway
        self._problem, self._supply, self._climbed = market.problem, supply, climbed
        self._slacks = slacks(market, climbed.tariff)
        self._nearby = Nearby(self._problem, self._slacks, TIGHT)
        self._rows = [Members.sorted(table.case, self._problem.cases.n) for table in self._problem.tables]
        self._random = np.random.default_rng(seed)
        self._largest = self._problem.greatest_score
        self._tries = self._waiting = 0

    def better(self, chosen: Chosen, effort: Effort, watch: Watch) -> Chosen:
        """The choice after all exchanges that gained something, or those before the effort is over."""
        for most, least in self._pace.rounds:
            self._tried = np.zeros(self._problem.people.n + self._problem.cases.n, dtype=np.bool_)
            while not effort.over:
                losses = self._losses(chosen)
                start = self._start(losses, least * self._largest)
                if start is None:
                    break
                chosen = self._exchange(chosen, losses, start, most, effort.at_most(self._pace.longest))
                self._tries += 1
                watch(self._tries, self._tries + self._waiting, self._problem.objective(chosen))
        return chosen

    def _losses(self, chosen: Chosen) -> Losses:
        return Losses.of(self._problem, self._supply, self._climbed.tariff, self._climbed.case, chosen)

    def _start(self, losses: Losses, least: float) -> int | None:
        """Where most is lost and nothing was tried yet: a person, or the number of persons plus a case."""
        lost = np.where(self._tried, 0.0, np.concatenate((losses.person, losses.case)) - self._anyway)
        self._waiting = int(np.count_nonzero(lost > least))
        if not self._waiting:
            return None
        worst = int(np.argmax(lost))
        self._tried[worst] = True
        return worst

    def _exchange(
        self,
        chosen: Chosen,
        losses: Losses,
        start: int,
        most: int,
        effort: Effort,
    ) -> Chosen:
        people, cases = self._first(losses, start)
        inside = self._nearby.around(
            chosen, people, cases[: most // 4], idle=np.asarray(losses.room.any(axis=0)), most=most, random=self._random
        )
        pairs = self._pairs(chosen, inside, losses, start)
        return exchanged(self._problem, chosen, inside, pairs, effort)

    def _first(self, losses: Losses, start: int) -> tuple[Ints, Ints]:
        """The people and cases to begin with: those of all pairs by which less would be lost than is now."""
        person, case = start, start - self._problem.people.n
        tables = list(zip(self._problem.tables, self._slacks, self._rows, strict=True))
        if case < 0:
            hers = [
                np.flatnonzero((table.person == person) & (short < losses.person[person])) for table, short, _ in tables
            ]
            short = np.concatenate([short[rows] for (_, short, _), rows in zip(tables, hers, strict=True)])
            near = np.concatenate([table.case[rows] for (table, _, _), rows in zip(tables, hers, strict=True)])
            return np.array([person]), near[np.lexsort((self._random.random(len(near)), short))]
        mine = [(table, short, rows.of_each(np.array([case]))) for table, short, rows in tables]
        people = [table.person[rows[short[rows] < losses.case[case]]] for table, short, rows in mine]
        return np.unique(np.concatenate(people)), np.array([case])

    def _pairs(self, chosen: Chosen, inside: Bools, losses: Losses, start: int) -> Chosen:
        """The pairs that may take part: of the cases inside, with people who have a seat there or are idle.

        Whoever else is left with something of a price waits for the exchange that begins with her.
        """
        alone = losses.person > 0
        alone[start : start + 1] = False
        room = losses.room & ~alone
        at_stake = losses.case[inside].sum() + losses.person[start : start + 1].sum()
        kept = [rows[inside[table.case[rows]]] for table, rows in zip(self._problem.tables, chosen, strict=True)]
        for kind, (table, mine) in enumerate(zip(self._problem.tables, kept, strict=True)):
            room[int(kind == MENTOR), table.person[mine]] = True
        found = []
        for kind, (table, short) in enumerate(zip(self._problem.tables, self._slacks, strict=True)):
            rows = self._rows[kind].of_each(np.flatnonzero(inside))
            rows = rows[(short[rows] < at_stake) & room[int(kind == MENTOR), table.person[rows]]]
            best = rows[np.argsort(short[rows], kind="stable")[:MOST_PAIRS]]
            found.append(np.union1d(best, kept[kind]))
        return tuple(found)
