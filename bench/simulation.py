"""A year of weekly runs: what prices for the weeks to come add to the best of each week, beside hindsight.

Ten seeded clinics that were not used while the policy was made, each under four assumptions: a seat lasts half a year
or a whole one, and the year begins with everybody free (as when pledges are renewed) or in the middle of the work.
Prices are estimated from past arrivals only, and no policy knows when the year ends. What is held in any week, and in
hindsight, is checked by code that shares nothing with the engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Final

import numpy as np

from bench.builtin import the_plugins
from bench.check import faults
from matching.problem import Chosen, People
from matching.simulating.arrivals import Year, seeded_year
from matching.simulating.comparing import HINDSIGHT, PRICED, TITLES, WEEKLY, Comparison, compare
from matching.simulating.judging import Figure
from matching.simulating.market import Market
from matching.simulating.replaying import Replay, given_in_all

SEEDS: Final = range(31, 41)
WEEKS: Final = 52
CASES_PER_WEEK: Final = 12.0
SIZE: Final = (80, 40)
TIME_LIMIT: Final = 60.0
STARTS: Final = {"everybody free at first": False, "in the middle of the work": True}


def main() -> None:
    """Print the ratios under each assumption."""
    print(f"{len(SEEDS)} years of {CASES_PER_WEEK:g} cases a week, {SIZE[0]} attorneys, {SIZE[1]} interpreters")
    began = perf_counter()
    for words, found in measured(SEEDS, WEEKS, SIZE):
        print(f"\n{words} ({perf_counter() - began:.0f} s):")
        tell(found)
        began = perf_counter()


def measured(seeds: Sequence[int], weeks: int, size: tuple[int, int]) -> Iterator[tuple[str, Comparison]]:
    """What came of the years of these seeds under each assumption, with the assumption in words."""
    host = the_plugins()
    clinics = {seed: seeded_year(seed, weeks, CASES_PER_WEEK, *size) for seed in seeds}
    asked = {seed: year.candidates(host.rules(), host.scorers()) for seed, year in clinics.items()}
    for busy in (weeks // 2, weeks):
        markets = {seed: year.market(asked[seed], busy) for seed, year in clinics.items()}
        for words, at_work in STARTS.items():
            yield f"A seat lasts {busy} weeks, {words}", _compared(clinics, markets, at_work=at_work)


def ratios(found: Comparison) -> list[float]:
    """The value with prices over that of the best of each week, year by year."""
    values = [year.groups[0].value for year in found.years]
    return [worth[PRICED] / worth[WEEKLY] for worth in values if worth[WEEKLY] > 0]


def _compared(clinics: dict[int, Year], markets: dict[int, Market], *, at_work: bool) -> Comparison:
    years = (
        (seed, year.snapshot, markets[seed].in_full_swing(seed) if at_work else markets[seed])
        for seed, year in clinics.items()
    )
    return compare(years, time_limit=TIME_LIMIT, done=check)


def check(market: Market, replays: Mapping[str, Replay]) -> None:
    """SystemExit where an answer breaks a rule in any week, by code that shares nothing with the engine."""
    for name, found in replays.items():
        if name == HINDSIGHT:
            _refuse(market, given_in_all(market), found.weekly)
            continue
        for week in range(market.weeks):
            _refuse(market, _beside_underway(market, week), found.weekly[max(0, week - market.busy + 1) : week + 1])


def _beside_underway(market: Market, week: int) -> People:
    """What everybody has for the year's own cases while seats from before it still last."""
    people = market.problem.people
    if market.underway is None:
        return people
    places, mentoring = market.underway[week + 1 :].sum(axis=0)
    return replace(people, places=people.places - places, mentoring=people.mentoring - mentoring)


def _refuse(market: Market, people: People, held: Sequence[Chosen]) -> None:
    chosen = tuple(np.sort(np.concatenate(rows)) for rows in zip(*held, strict=True))
    if wrong := faults(replace(market.problem, people=people), chosen):
        raise SystemExit(f"An answer is not feasible: {wrong[0]}")


def tell(found: Comparison) -> None:
    """Print the ratio of prices, and every policy against hindsight; SystemExit where one is worth more than that."""
    ratio = found.prices_over_weekly
    print(f"  value with prices / best of each week: {'none' if ratio is None else _spread(ratio, '.3f')}")
    for name, words in TITLES.items():
        print(f"  {words.lower()}: {_spread(found.groups[0].value[name], '.1%')} of hindsight, served:", end=" ")
        print(", ".join(f"{one.group} {one.served[name].median:.0%}" for one in found.groups), flush=True)
    worth = [(year.groups[0].value, year.bound) for year in found.years]
    if any(value > bound * (1 + 1e-9) for values, bound in worth for value in values.values()):
        raise SystemExit("A policy is worth more than the bound of hindsight.")
    better = sum(values[PRICED] > values[WEEKLY] for values, _ in worth)
    print(f"  better with prices in {better} of {len(worth)} years")


def _spread(figure: Figure, form: str) -> str:
    return f"{figure.median:{form}} ({figure.least:{form}} to {figure.most:{form}})"
