"""What the policies came to: by language group and by urgency, year by year, and over all years."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final

import msgspec
import numpy as np

from core.model.cases.urgency import Tier
from core.model.languages import language_group
from core.model.plans.columns import Bools
from core.model.plans.snapshot import Snapshot
from matching.simulating.market import Market
from matching.simulating.replaying import Replay

ALL: Final = "all cases"
LANGUAGES: Final = ("English", "Spanish", "Indigenous", "Other")
TIERS: Final = {Tier.NOW: "urgent now", Tier.SOON: "urgent soon", Tier.NONE: "not urgent"}
GROUPS: Final = (ALL, *LANGUAGES, *TIERS.values())


class Figure(msgspec.Struct, frozen=True):
    """A number over all years: its median, and the least and most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Figure":
        """Of at least one number."""
        return cls(median(numbers), min(numbers), max(numbers))


class Tally(msgspec.Struct, frozen=True):
    """Of one group of cases, those that came in a year; by policy those that were served, and the value of that."""

    group: str
    cases: int
    served: dict[str, int]
    value: dict[str, float]


class YearTold(msgspec.Struct, frozen=True):
    """One year: ``bound`` is what no way of choosing could pass."""

    seed: int
    bound: float
    groups: tuple[Tally, ...]


class GroupTold(msgspec.Struct, frozen=True):
    """One group over all years that have such cases.

    ``served``: by policy, the share of its cases. ``value``: by policy, against the value that hindsight gets for it;
    over all cases, against the bound.
    """

    group: str
    cases: Figure
    served: dict[str, Figure]
    value: dict[str, Figure]


def tally(seed: int, snapshot: Snapshot, market: Market, replays: Mapping[str, Replay], bound: float) -> YearTold:
    """Count one year, group by group."""
    arriving = np.zeros(market.problem.cases.n, dtype=np.bool_)
    arriving[market.arriving] = True
    members = {ALL: arriving, **{group: arriving & of for group, of in _groups(snapshot).items()}}
    tallies = (
        Tally(
            group,
            int(inside.sum()),
            {name: int((one.served[inside] >= 0).sum()) for name, one in replays.items()},
            {name: float(one.worth[inside].sum()) for name, one in replays.items()},
        )
        for group, inside in members.items()
    )
    return YearTold(seed, bound, tuple(tallies))


def _groups(snapshot: Snapshot) -> dict[str, Bools]:
    spoken = np.array([language_group(case.languages) for case in snapshot.cases])
    tiers = np.array([TIERS[case.urgency(snapshot.today).tier] for case in snapshot.cases])
    of: dict[str, Bools] = {group: np.asarray(spoken == group) for group in LANGUAGES}
    return of | {group: np.asarray(tiers == group) for group in TIERS.values()}


def summary(years: Sequence[YearTold], against: str) -> tuple[GroupTold, ...]:
    """Every group that occurs, over all years; values are told against those of the policy ``against``."""
    told = (_summed(place, years, against) for place in range(len(GROUPS)))
    return tuple(one for one in told if one is not None)


def _summed(place: int, years: Sequence[YearTold], against: str) -> GroupTold | None:
    tallies = [year.groups[place] for year in years if year.groups[place].cases]
    if not tallies:
        return None
    policies, group = tallies[0].served, tallies[0].group
    served = {name: Figure.of([one.served[name] / one.cases for one in tallies]) for name in policies}
    most = [year.bound if group == ALL else year.groups[place].value[against] for year in years]
    pairs = [(year.groups[place].value, best) for year, best in zip(years, most, strict=True) if best > 0]
    value = {name: Figure.of([values[name] / best for values, best in pairs]) for name in policies if pairs}
    return GroupTold(group, Figure.of([one.cases for one in tallies]), served, value)
