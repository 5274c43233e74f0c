"""Seeded waitlists to measure with: a clinic's cases and volunteers, languages as rare as they are.

How often clients speak a language comes from the shipped ``core/data/languages.csv`` (immigration court figures for the
common ones, one share for the indigenous ones), where they are from ``core/data/counties.csv``. The rest are plain
assumptions, written below, and the same for every solver. Whole columns are drawn at once, so that 100,000 cases take
seconds; cases, attorneys and interpreters have a stream of chance each: more of one leaves the others as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeVar

import numpy as np

from core.model.places import counties
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import Forum, Gender, PracticeArea, Standing, VolunteerRole
from matching.simulating.worlds import languages

TODAY: Final = date(2026, 11, 24)
AREAS: Final = tuple(PracticeArea)
AREA_SHARE: Final = {
    "asylum": 0.3,
    "family": 0.2,
    "removal": 0.2,
    "victims": 0.15,
    "citizenship": 0.05,
    "daca_tps": 0.1,
}
HOURS: Final = {"asylum": 45.0, "family": 15.0, "removal": 40.0, "victims": 30.0, "citizenship": 8.0, "daca_tps": 6.0}
REMOTE: Final = {"cases": 0.6, "interpreters": 0.6}
"""Shares that can be met, or would work, from afar."""
DATED: Final = 0.6
LATEST: Final = 200
"""Share of cases with a deadline, which comes within so many days."""
PLACES: Final = (1, 2, 3, 4)
IN_COURT: Final = (PracticeArea.REMOVAL, PracticeArea.ASYLUM)
CENTRAL_CROWD: Final = 8.0
"""How many times as many people a county of the central region has as another one."""
OTHER_SPEAKERS: Final = 0.06
"""Share of attorneys who speak another of the clients' languages than Spanish well enough to need no interpreter."""

Random = np.random.Generator
Columns = dict[str, list[Any]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Supply:
    """What is assumed of the volunteers.

    ``spanish``: the share of attorneys who speak Spanish well enough to need no interpreter. ``by_demand``: the share
    of interpreters whose languages follow demand; the others' are drawn evenly, as who offers to help is. ``remote``:
    the share of attorneys who would work from afar. ``places``: how often somebody takes one case, two, three or four;
    two in the mean are about one place a case.
    """

    spanish: float = 0.25
    by_demand: float = 0.6
    remote: float = 0.5
    places: tuple[float, float, float, float] = (0.4, 0.3, 0.2, 0.1)


class World:
    """The waitlists of one seed, of any size."""

    def __init__(self, seed: int, supply: Supply = Supply()) -> None:
        self._seed, self._supply = seed, supply
        self._tags, self._share = languages()
        self._counties = list(counties().values())
        crowd = np.array([CENTRAL_CROWD if county.region == "Central" else 1.0 for county in self._counties])
        self._crowd = crowd / crowd.sum()

    def snapshot(self, cases: int, attorneys: int, interpreters: int, *, hours: bool, mentors: bool) -> Snapshot:
        """A snapshot of this size; ``hours`` limits attorneys by hours too, ``mentors`` lets some mentor."""
        waiting, lawyers, speakers = (np.random.default_rng(one) for one in np.random.SeedSequence(self._seed).spawn(3))
        people = self._attorneys(lawyers, attorneys, hours=hours, mentors=mentors)
        return Snapshot(
            TODAY, tuple(self._cases(waiting, cases)), (*people, *self._interpreters(speakers, interpreters))
        )

    def _cases(self, random: Random, n: int) -> list[CaseFacts]:
        area = _drawn(random, AREAS, n, [AREA_SHARE[one] for one in AREAS])
        columns: Columns = {
            "skill_level": _drawn(random, (1, 2, 3, 4), n, (0.3, 0.4, 0.2, 0.1)),
            "languages": [(tag,) for tag in _drawn(random, self._tags, n, self._share)],
            "received": [TODAY - timedelta(days=days) for days in random.integers(1, 700, n).tolist()],
            "remote_ok": _chance(random, n, REMOTE["cases"]),
            "detained": _chance(random, n, 0.05),
            "deadline": [
                TODAY + timedelta(days=days) if dated else None
                for dated, days in zip(_chance(random, n, DATED), random.integers(3, LATEST, n).tolist(), strict=True)
            ],
            "hours": [
                HOURS[one] * longer for one, longer in zip(area, _drawn(random, (0.8, 1.0, 1.2), n), strict=True)
            ],
            "interpreter_gender": [Gender.FEMALE if asked else None for asked in _chance(random, n, 0.05)],
            "practice_area": area,
            "forum": [Forum.EOIR if one in IN_COURT else Forum.USCIS for one in area],
            **self._places(random, n),
        }
        return [CaseFacts(ref=f"C-{number}", **row) for number, row in enumerate(_rows(columns, n))]

    def _attorneys(self, random: Random, n: int, *, hours: bool, mentors: bool) -> list[VolunteerFacts]:
        practice = [self._practice(random, count) for count in random.integers(1, 4, n).tolist()]
        able = [max(levels.values()) >= 3 for levels in practice]
        mentoring = [mentors and one and willing for one, willing in zip(able, _chance(random, n, 0.5), strict=True)]
        limits = _drawn(random, (20.0, 40.0, 60.0, 90.0), n)
        columns: Columns = {
            "roles": [
                (VolunteerRole.ATTORNEY, VolunteerRole.MENTOR) if one else (VolunteerRole.ATTORNEY,)
                for one in mentoring
            ],
            "practice": practice,
            "languages": self._spoken(random, n),
            "bars": [("NM",) if local else ("TX",) for local in _chance(random, n, 0.6)],
            "standing": [Standing.ACTIVE if one else Standing.SUSPENDED for one in _chance(random, n, 0.97)],
            "eoir_registered": _chance(random, n, 0.8),
            "remote": _chance(random, n, self._supply.remote),
            "capacity_cases": _drawn(random, PLACES, n, self._supply.places),
            "capacity_mentor": [
                some if one else 0 for one, some in zip(mentoring, random.integers(1, 3, n).tolist(), strict=True)
            ],
            "capacity_hours": limits if hours else [None] * n,
            "interests": [tuple(levels)[:1] for levels in practice],
            "load": _drawn(random, (0.0, 0.25, 0.5), n),
            **self._places(random, n),
        }
        return [VolunteerFacts(ref=f"A-{number}", **row) for number, row in enumerate(_rows(columns, n))]

    def _practice(self, random: Random, count: int) -> dict[PracticeArea, int]:
        listed = random.permutation(len(AREAS))[:count].tolist()
        levels = _drawn(random, (1, 2, 3, 4), count, (0.35, 0.35, 0.2, 0.1))
        return {AREAS[area]: level for area, level in zip(listed, levels, strict=True)}

    def _spoken(self, random: Random, n: int) -> list[dict[str, float]]:
        spanish, other = _chance(random, n, self._supply.spanish), _chance(random, n, OTHER_SPEAKERS)
        tags = _drawn(random, self._tags, n, self._share)
        return [
            ({tag: 3.5} if more else {}) | ({"es": 4.0} if speaks else {}) | {"en": 5.0}
            for speaks, more, tag in zip(spanish, other, tags, strict=True)
        ]

    def _interpreters(self, random: Random, n: int) -> list[VolunteerFacts]:
        foreign = self._share * np.array([tag != "en" for tag in self._tags])
        even = (foreign > 0) / np.count_nonzero(foreign)
        share = self._supply.by_demand
        tags = _drawn(random, self._tags, n, share * foreign / foreign.sum() + (1 - share) * even)
        through_spanish, both = _chance(random, n, 0.35), _chance(random, n, 0.15)
        known = [_between(*one) for one in zip(tags, through_spanish, both, strict=True)]
        columns: Columns = {
            "languages": [{tag: 4.5} | {hub: 4.0 for _, hub in pairs} for tag, pairs in zip(tags, known, strict=True)],
            "interprets": known,
            "remote": _chance(random, n, REMOTE["interpreters"]),
            "capacity_cases": _drawn(random, PLACES, n, self._supply.places),
            "gender": [Gender.FEMALE if one else Gender.MALE for one in _chance(random, n, 0.6)],
            "load": _drawn(random, (0.0, 0.25, 0.5), n),
            **self._places(random, n),
        }
        roles = (VolunteerRole.INTERPRETER,)
        return [VolunteerFacts(ref=f"I-{number}", roles=roles, **row) for number, row in enumerate(_rows(columns, n))]

    def _places(self, random: Random, n: int) -> dict[str, list[Any]]:
        where = _drawn(random, self._counties, n, self._crowd)
        return {"county": [county.name for county in where], "us_state": [county.state for county in where]}


def _between(tag: str, through_spanish: bool, both: bool) -> tuple[tuple[str, str], ...]:
    """Between which languages somebody interprets who knows this one."""
    if tag != "es" and both:
        return ((tag, "es"), (tag, "en"))
    return ((tag, "es" if tag != "es" and through_spanish else "en"),)


def _rows(columns: Columns, n: int) -> list[dict[str, Any]]:
    values = list(zip(*columns.values(), strict=True)) if n else []
    return [dict(zip(columns, row, strict=True)) for row in values]


def _drawn(random: Random, options: Sequence[T], n: int, share: Sequence[float] | np.ndarray | None = None) -> list[T]:
    return [options[at] for at in random.choice(len(options), size=n, p=share).tolist()]


def _chance(random: Random, n: int, share: float) -> list[bool]:
    drawn: list[bool] = (random.random(n) < share).tolist()
    return drawn
