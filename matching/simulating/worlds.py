"""Seeded worlds, for measurements and replays: a clinic's waitlist, its volunteers, languages as rare as they are.

Language frequencies come from the shipped ``core/data/languages.csv`` (immigration court figures for the common ones,
one share for the indigenous ones, spread by their relative weights), places from ``core/data/counties.csv``. The rest
are plain assumptions, written below, and the same for every solver.
"""

import csv
from datetime import date, timedelta
from importlib import resources

import numpy as np

from core.model.places import County, counties
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import Forum, Gender, PracticeArea, Standing, VolunteerRole

TODAY = date(2026, 11, 24)
INDIGENOUS_SHARE = 0.12
AREAS = tuple(PracticeArea)
HOURS = {"asylum": 45.0, "family": 15.0, "removal": 40.0, "victims": 30.0, "citizenship": 8.0, "daca_tps": 6.0}


def languages() -> tuple[list[str], np.ndarray]:
    """Tags of clients' languages with their shares, English included."""
    text = resources.files("core").joinpath("data", "languages.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["tag"] != "und"]
    share = np.array([float(row["weight"]) for row in rows])
    indigenous = np.array([row["scale"] == "indigenous" for row in rows])
    share[indigenous] *= INDIGENOUS_SHARE / share[indigenous].sum()
    share[~indigenous] *= (1 - INDIGENOUS_SHARE) / share[~indigenous].sum()
    return [row["tag"] for row in rows], share


class World:
    """Draws the people and cases of one seeded world."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._tags, self._share = languages()
        self._counties = list(counties().values())
        central = np.array([8.0 if county.region == "Central" else 1.0 for county in self._counties])
        self._crowd = central / central.sum()

    def snapshot(self, cases: int, attorneys: int, interpreters: int, *, hours: bool, mentors: bool) -> Snapshot:
        """A snapshot of this size; ``hours`` limits attorneys by hours too, ``mentors`` lets some mentor."""
        people = self.volunteers(attorneys, interpreters, hours=hours, mentors=mentors)
        return Snapshot(TODAY, tuple(self.case(number) for number in range(cases)), people)

    def volunteers(
        self, attorneys: int, interpreters: int, *, hours: bool, mentors: bool
    ) -> tuple[VolunteerFacts, ...]:
        """So many attorneys, then so many interpreters."""
        lawyers = [self._attorney(number, hours=hours, mentors=mentors) for number in range(attorneys)]
        return (*lawyers, *(self._interpreter(number) for number in range(interpreters)))

    def _county(self) -> County:
        return self._counties[self._random.choice(len(self._counties), p=self._crowd)]

    def case(self, number: int) -> CaseFacts:
        """One more case."""
        random, county = self._random, self._county()
        area = AREAS[random.choice(6, p=(0.3, 0.2, 0.2, 0.15, 0.05, 0.1))]
        forum = Forum.EOIR if area in (PracticeArea.REMOVAL, PracticeArea.ASYLUM) else Forum.USCIS
        dated = random.random() < 0.4
        return CaseFacts(
            ref=f"C-{number}",
            practice_area=area,
            skill_level=int(random.choice((1, 2, 3, 4), p=(0.3, 0.4, 0.2, 0.1))),
            languages=(str(random.choice(self._tags, p=self._share)),),
            forum=forum,
            received=TODAY - timedelta(days=int(random.integers(1, 700))),
            county=county.name,
            us_state=county.state,
            remote_ok=bool(random.random() < 0.75),
            detained=bool(random.random() < 0.05),
            deadline=TODAY + timedelta(days=int(random.integers(3, 300))) if dated else None,
            hours=HOURS[area] * float(random.choice((0.8, 1.0, 1.2))),
            interpreter_gender=Gender.FEMALE if random.random() < 0.05 else None,
        )

    def _attorney(self, number: int, *, hours: bool, mentors: bool) -> VolunteerFacts:
        random, county = self._random, self._county()
        listed = random.choice(6, size=int(random.integers(1, 4)), replace=False)
        practice = {AREAS[area]: int(random.choice((1, 2, 3, 4), p=(0.35, 0.35, 0.2, 0.1))) for area in listed}
        spoken = {"en": 5.0} | ({"es": 4.0} if random.random() < 0.25 else {})
        if random.random() < 0.06:
            spoken[str(random.choice(self._tags, p=self._share))] = 3.5
        experienced = mentors and max(practice.values()) >= 3 and random.random() < 0.5
        roles = (VolunteerRole.ATTORNEY, VolunteerRole.MENTOR) if experienced else (VolunteerRole.ATTORNEY,)
        return VolunteerFacts(
            ref=f"A-{number}",
            roles=roles,
            practice=practice,
            languages=spoken,
            bars=("NM" if random.random() < 0.6 else "TX",),
            standing=Standing.ACTIVE if random.random() < 0.97 else Standing.SUSPENDED,
            eoir_registered=bool(random.random() < 0.8),
            county=county.name,
            us_state=county.state,
            remote=bool(random.random() < 0.7),
            capacity_cases=int(random.choice((1, 2, 3), p=(0.6, 0.3, 0.1))),
            capacity_mentor=int(random.integers(1, 3)) if experienced else 0,
            capacity_hours=float(random.choice((20.0, 40.0, 60.0, 90.0))) if hours else None,
            interests=tuple(AREAS[area] for area in listed[:1]),
            load=float(random.choice((0.0, 0.25, 0.5))),
        )

    def _interpreter(self, number: int) -> VolunteerFacts:
        random, county = self._random, self._county()
        foreign = self._share * np.array([tag != "en" for tag in self._tags])
        even = foreign > 0
        draw = 0.6 * foreign / foreign.sum() + 0.4 * even / even.sum()
        tag = str(random.choice(self._tags, p=draw))
        hub = "es" if tag != "es" and random.random() < 0.35 else "en"
        both = tag != "es" and random.random() < 0.15
        pairs = ((tag, "es"), (tag, "en")) if both else ((tag, hub),)
        return VolunteerFacts(
            ref=f"I-{number}",
            roles=(VolunteerRole.INTERPRETER,),
            languages={tag: 4.5, hub: 4.0},
            interprets=pairs,
            county=county.name,
            us_state=county.state,
            remote=bool(random.random() < 0.8),
            capacity_cases=int(random.choice((1, 2, 3), p=(0.5, 0.3, 0.2))),
            gender=Gender.FEMALE if random.random() < 0.6 else Gender.MALE,
            load=float(random.choice((0.0, 0.25, 0.5))),
        )
