"""Every policy over every year, and what that comes to."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

import msgspec

from core.model.plans.snapshot import Snapshot
from matching.simulating.judging import ALL, Figure, GroupTold, YearTold, summary, tally
from matching.simulating.market import Market
from matching.simulating.policies import Greedily, Policy, Priced, Weekly
from matching.simulating.replaying import Replay, hindsight, replay

GREEDY: Final = "greedy"
WEEKLY: Final = "weekly"
PRICED: Final = "priced"
HINDSIGHT: Final = "hindsight"
TITLES: Final[Mapping[str, str]] = {
    GREEDY: "Most urgent first",
    WEEKLY: "Best of each week",
    PRICED: "With prices",
    HINDSIGHT: "In hindsight",
}
Report = Callable[[int, str, int], None]
"""Hears the seed, the policy and the week that is replayed."""
Done = Callable[[Market, Mapping[str, Replay]], None]


class Comparison(msgspec.Struct, frozen=True):
    """All years and what they come to.

    ``prices_over_weekly``: the value of the best of each week with prices, over that without, year by year.
    """

    weeks: int
    busy_weeks: int
    prices_over_weekly: Figure | None
    groups: tuple[GroupTold, ...]
    years: tuple[YearTold, ...]


def compare(
    years: Iterable[tuple[int, Snapshot, Market]],
    *,
    time_limit: float,
    report: Report = lambda seed, policy, week: None,
    done: Done = lambda market, replays: None,
) -> Comparison:
    """Replay every year, given as its seed, its cases and its market, under all policies.

    ``time_limit`` is in seconds and of each solve; ``report`` hears how far it is, ``done`` what came of a year by
    policy. There must be one year at least.
    """
    told, market = [], None
    for seed, snapshot, market in years:
        replays = replayed(market, seed, time_limit, report)
        done(market, replays)
        told.append(tally(seed, snapshot, market, replays, replays[HINDSIGHT].bound))
    assert market is not None
    ratios = [priced / weekly for priced, weekly in map(_both, told) if weekly > 0]
    return Comparison(
        market.weeks, market.busy, Figure.of(ratios) if ratios else None, summary(told, HINDSIGHT), tuple(told)
    )


def replayed(market: Market, seed: int, time_limit: float, report: Report) -> dict[str, Replay]:
    """One year under every policy, and in hindsight."""
    policies: dict[str, Policy] = {
        GREEDY: Greedily(market),
        WEEKLY: Weekly(market, seed, time_limit),
        PRICED: Priced(market, seed, time_limit),
    }
    found = {name: replay(market, policy, partial(report, seed, name)) for name, policy in policies.items()}
    report(seed, HINDSIGHT, 0)
    return found | {HINDSIGHT: hindsight(market, seed, time_limit)}


def _both(year: YearTold) -> tuple[float, float]:
    (everything,) = (one for one in year.groups if one.group == ALL)
    return everything.value[PRICED], everything.value[WEEKLY]
