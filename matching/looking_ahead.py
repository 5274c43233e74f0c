"""A run that keeps scarce people for the weeks to come: their places have a price, which a team must be worth today.

Cases that came lately are dealt out again as those of the weeks ahead, beside those that wait, against all places that
are free or become free until then. The dual prices of that linear program are what one more place would then earn. See
``matching.simulating.forecasting``; ``amparo simulate`` replays years under the same policy.
"""

import dataclasses
import time
from collections import Counter, defaultdict
from typing import Final

import numpy as np
from msgspec.structs import replace

from core.model.languages import ENGLISH
from core.model.plans.columns import Ints
from core.model.plans.foresight import Freed, KeptKind, Price
from core.model.plans.snapshot import CaseFacts, Foresight, Snapshot, VolunteerFacts
from core.model.plans.teams import Plan, Progress, Unmatched
from core.model.vocabulary import SeatRole, VolunteerRole
from matching.planning import Planner
from matching.problem import People, Prices
from matching.simulating.forecasting import prices_of
from matching.simulating.market import part_of

LEAST: Final = 1.0
"""Points below which a price is noise."""
TOLD: Final = 100.0
"""Points below which a price only decides between people: it keeps nobody from a case, and is not told."""
TIME_SHARE: Final = 0.25
"""What of a run's time the estimation may take."""
HOURS: Final = 40.0
"""The hours of a usual case, for the price of all that one takes."""
KEPT: Final = "kept"
Kind = tuple[SeatRole, tuple[str, ...], tuple[str, ...]]


def plan_ahead(planner: Planner, snapshot: Snapshot, foresight: Foresight) -> Plan:
    """Plan as the planner does, with the prices of the weeks to come; the plan says who is kept.

    A case whose team would be worth less than its people are kept for goes on waiting, with the reason ``kept``. Both
    together keep to the planner's time.
    """
    begun = time.monotonic()
    priced = with_prices(planner, snapshot, foresight)
    left = max(planner.time_limit - (time.monotonic() - begun), 0.0)
    plan = dataclasses.replace(planner, time_limit=left).run(priced).plan
    told = tuple(_told(one) for one in plan.unmatched)
    return replace(plan, unmatched=told, kept=kinds_of(priced.volunteers, foresight))


def with_prices(planner: Planner, snapshot: Snapshot, foresight: Foresight) -> Snapshot:
    """The snapshot with the price of each volunteer, as far as she has one. Whoever holds a settled seat has none."""
    planner.report(Progress("Looking at the weeks to come"))
    prices = _estimated(planner, snapshot, foresight)
    settled = {held.volunteer for case in snapshot.cases for held in case.pinned}
    people = tuple(
        person if person.ref in settled else replace(person, price=_price(prices, row, foresight.strength))
        for row, person in enumerate(snapshot.volunteers)
    )
    return replace(snapshot, volunteers=people, foresight=None)


def _estimated(planner: Planner, snapshot: Snapshot, foresight: Foresight) -> Prices:
    """The prices of the cases that wait and are likely to come, against what is free until then."""
    waiting = len(snapshot.cases)
    recent = tuple(replace(case, ref=f"recent {number}") for number, case in enumerate(foresight.recent))
    both = replace(snapshot, cases=(*snapshot.cases, *recent), foresight=None)
    problem = planner.candidates(both).problem
    cases = np.concatenate((np.arange(waiting), waiting + dealt(len(recent), foresight.expected, planner.seed)))
    people = _free_until_then(problem.people, snapshot.volunteers, foresight)
    return prices_of(part_of(problem, cases, people).problem, planner.seed, planner.time_limit * TIME_SHARE)


def dealt(recent: int, expected: int, seed: int) -> Ints:
    """Which recent cases stand for the expected ones: each about equally often; the same seed gives the same draw."""
    if not recent:
        return np.empty(0, dtype=np.int64)
    times, more = divmod(expected, recent)
    drawn = np.random.default_rng(seed).permutation(recent)[:more]
    return np.sort(np.concatenate((np.tile(np.arange(recent), times), drawn)))


def _free_until_then(people: People, volunteers: tuple[VolunteerFacts, ...], foresight: Foresight) -> People:
    freed = [foresight.freed.get(one.ref, Freed()) for one in volunteers]
    return dataclasses.replace(
        people,
        places=people.places + np.array([one.places for one in freed], dtype=np.int64),
        mentoring=people.mentoring + np.array([one.mentoring for one in freed], dtype=np.int64),
        hours=people.hours + np.array([one.hours for one in freed], dtype=np.float64),
    )


def _price(prices: Prices, row: int, strength: float) -> Price | None:
    place, mentoring, hour = (
        strength * float(column[row]) for column in (prices.places, prices.mentoring, prices.hours)
    )
    asked = Price(
        place=place if place >= LEAST else 0.0,
        hour=max(hour, 0.0) if hour * HOURS >= LEAST else 0.0,
        mentoring=mentoring if mentoring >= LEAST else 0.0,
    )
    return asked if asked != Price() else None


def _told(left: Unmatched) -> Unmatched:
    if left.reason != "worth":
        return left
    said = "A team is free, but its people are kept for more urgent cases that are likely to come."
    return replace(left, reason=KEPT, detail=said)


def kinds_of(volunteers: tuple[VolunteerFacts, ...], foresight: Foresight) -> tuple[KeptKind, ...]:
    """Who has a price, by kind, the dearest first."""
    groups: dict[Kind, list[float]] = defaultdict(list)
    scarcity = _scarcity(volunteers, foresight)
    for person in volunteers:
        for kind, price in _asked(person, scarcity):
            if price >= TOLD:
                groups[kind].append(price)
    found = (_kind(kind, prices, foresight) for kind, prices in groups.items())
    return tuple(sorted(found, key=lambda one: (-one.most, one.role, one.languages, one.areas)))


def _scarcity(volunteers: tuple[VolunteerFacts, ...], foresight: Foresight) -> dict[str, float]:
    """For each practice area, how many recent cases there are for each volunteer who knows it."""
    known = Counter(area for person in volunteers for area in person.practice)
    came = Counter(case.practice_area for case in foresight.recent)
    return {area: came[area] / number for area, number in known.items()}


def _asked(person: VolunteerFacts, scarcity: dict[str, float]) -> list[tuple[Kind, float]]:
    """The kinds that somebody is of, with her price; the scarcest of her areas tells what she is kept for."""
    if person.price is None:
        return []
    areas = tuple(sorted(person.practice, key=lambda area: (-scarcity[area], area))[:1])
    asked: list[tuple[Kind, float]] = []
    place = person.price.place + person.price.hour * HOURS
    if place and VolunteerRole.INTERPRETER in person.roles:
        spoken = tuple(sorted({tag for pair in person.pairs() for tag in pair} - {ENGLISH}))
        asked.append(((SeatRole.INTERPRETER, spoken, ()), place))
    elif place:
        spoken = tuple(sorted(set(person.languages) - {ENGLISH}))
        asked.append(((SeatRole.ATTORNEY, spoken, areas), place))
    if person.price.mentoring:
        asked.append(((SeatRole.MENTOR, (), areas), person.price.mentoring))
    return asked


def _kind(kind: Kind, prices: list[float], foresight: Foresight) -> KeptKind:
    role, languages, areas = kind
    like = sum(_concerns(case, role, languages, areas) for case in foresight.recent)
    expected = round(like * foresight.expected / len(foresight.recent)) if foresight.recent else 0
    return KeptKind(role, languages, areas, len(prices), min(prices), max(prices), expected)


def _concerns(case: CaseFacts, role: SeatRole, languages: tuple[str, ...], areas: tuple[str, ...]) -> bool:
    if role is SeatRole.INTERPRETER:
        return ENGLISH not in case.languages and bool(set(case.languages) & set(languages))
    return case.practice_area in areas
