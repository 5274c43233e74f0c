"""Prices at which what is wanted is what there is: the climb from no prices to nearly the best bound.

At each heat everybody's price moves by a share of heat x log(wanted / there is), as Berry, Levinsohn and Pakes (1995)
find the values behind market shares, with some of the last move on top. Then it grows colder, as in an auction whose
bids grow finer. Uncontested people end with no price, and each place costs what the next case would give for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.plans.columns import Floats
from matching.ascent.demand import demand
from matching.ascent.market import Market
from matching.ascent.supply import NEVER_FULL, Supply
from matching.ascent.tariff import Tariff
from matching.ascent.teams import bound

HOTTEST: Final = 0.03
"""The first heat, in parts of the greatest score."""
COLDER: Final = 0.7
"""What is left of the heat from one to the next."""
COLDEST: Final = 1e-5
"""The last heat, in parts of the greatest score."""
MOVES: Final = 20
"""Moves at each heat."""
STEP: Final = 0.5
MOMENTUM: Final = 0.8
DOWN: Final = -30.0
UP: Final = 3.0
"""How far log(wanted / there is) counts. Nobody who is not wanted keeps a price for long."""

Watch = Callable[[float, float], None]
"""Hears the share of the climb that is done, and the best bound so far."""


@dataclass(frozen=True, slots=True)
class Climbed:
    """The tariff of the least bound of a climb, that bound, and what each case's best team is worth at it."""

    tariff: Tariff
    bound: float
    case: Floats


class Climb:
    """One climb in a market with a supply, from ``start`` on, or from no prices."""

    def __init__(self, market: Market, supply: Supply, start: Tariff | None = None) -> None:
        self._market, self._supply = market, supply
        self._tariff = start or Tariff.free(market.problem)
        self._most = supply.ceiling()
        self._largest = market.problem.greatest_score

    def climb(
        self,
        *,
        over: Callable[[], bool],
        watch: Watch = lambda done, bound: None,
        hottest: float = HOTTEST,
        coldest: float = COLDEST,
        moves: int = MOVES,
    ) -> Climbed:
        """Climb until it is cold, or ``over``."""
        least, worth = bound(self._market, self._tariff, self._supply)
        best = Climbed(self._tariff, least, worth)
        heats = self._largest * hottest * COLDER ** np.arange(1 + np.ceil(np.log(coldest / hottest) / np.log(COLDER)))
        for number, heat in enumerate(heats.tolist() if self._largest else []):
            if not self._settle(heat, moves, over):
                return best
            least, worth = bound(self._market, self._tariff, self._supply)
            if least < best.bound:
                best = Climbed(self._tariff, least, worth)
            watch((number + 1) / len(heats), best.bound)
        return best

    def _settle(self, heat: float, moves: int, over: Callable[[], bool]) -> bool:
        """Move the prices at one heat; whether there was time for it."""
        before = ahead = self._tariff.amounts
        for _ in range(moves):
            if over():
                return False
            pull = self._pull(self._tariff.with_amounts(ahead), heat)
            moved = np.clip(ahead + STEP * heat * pull, 0.0, self._most)
            if (moved == before).all() and (moved == ahead).all():
                break  # every later move would be this one
            before, ahead = moved, np.clip(moved + MOMENTUM * (moved - before), 0.0, self._most)
        self._tariff = self._tariff.with_amounts(before)
        return True

    def _pull(self, tariff: Tariff, heat: float) -> Floats:
        """log(wanted / there is), by the hour for hours and the other way round for floors; 0 for what has no end."""
        wanted, there = demand(self._market, tariff, heat), self._supply.offered(tariff)
        some = (there > 0) & (there < NEVER_FULL)
        ratio = np.maximum(wanted.amounts, 1e-30) / np.where(some, there, 1.0)
        pull = tariff.with_amounts(np.where(some, np.clip(np.log(ratio), DOWN, UP), 0.0))
        pull.hours[:] *= wanted.places / np.maximum(wanted.hours, 1e-30)
        pull.floors[:] *= -1.0
        return pull.amounts
