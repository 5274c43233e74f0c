"""The demo's volunteers: attorneys of two bars, accredited representatives, students, interpreters and mentors."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final
from unicodedata import normalize

import msgspec

from core.demo.words import FIRST_NAMES, LAST_NAMES
from core.model.languages import InterpretingPair, LanguageAbility
from core.model.people import BarAdmission, Capacity, Leave, Volunteer
from core.model.places import County, counties
from core.model.vocabulary import Gender, InterpretingMode, PracticeArea, Standing, VolunteerRole
from core.store.keys import new_id

R = VolunteerRole
HEADS: Final = (
    ((R.ATTORNEY,), 101),
    ((R.ATTORNEY, R.MENTOR), 14),
    ((R.MENTOR,), 10),
    ((R.ACCREDITED_FULL,), 10),
    ((R.ACCREDITED_PARTIAL,), 8),
    ((R.LAW_STUDENT,), 14),
)
"""How many volunteers represent or guide, by their roles; with the interpreters they are 220."""
INTERPRETERS: Final = (
    (("es", "en"), 20),
    (("mam", "es"), 7),
    (("mam", "en"), 1),
    (("quc", "es"), 5),
    (("kek", "es"), 4),
    (("kjb", "es"), 3),
    (("knj", "es"), 2),
    (("acr", "es"), 1),
    (("cac", "es"), 1),
    (("qu", "es"), 2),
    (("jac", "es"), 1),
    (("cak", "es"), 1),
    (("pt", "en"), 4),
    (("ht", "en"), 3),
    (("zh", "en"), 3),
    (("pa", "en"), 2),
)
"""Interpreters by pair: indigenous languages go to Spanish, as they mostly do."""
ALSO_SPOKEN: Final = ("pt", "fr", "zh", "ht", "pa", "vi", "de")
AREAS: Final = {
    PracticeArea.ASYLUM: 4,
    PracticeArea.REMOVAL: 5,
    PracticeArea.FAMILY: 3,
    PracticeArea.VICTIMS: 3,
    PracticeArea.CITIZENSHIP: 1,
    PracticeArea.DACA_TPS: 2,
}
"""How often volunteers offer each practice area."""
TEXAN_SHARE: Final = 0.3
CROWDED: Final = 9.0
"""How many times likelier the county of Albuquerque is than any other."""
DEMO_ATTORNEY: Final = "V-0001"
DEMO_INTERPRETER: Final = "V-0002"
DEMO_SUSPENDED: Final = "V-0003"
"""The attorney whom the roster suspends on the last evening."""


class Crowd:
    """Draws volunteers, the same ones for the same seed and day."""

    def __init__(self, random: Random, today: date) -> None:
        self._random, self._today = random, today
        self._places = list(counties().values())
        self._weights = [CROWDED if place.name == "Bernalillo" else 1.0 for place in self._places]
        names = [(first, last) for first in FIRST_NAMES for last in LAST_NAMES]
        self._names = iter(random.sample(names, 400))
        self._numbers = iter(range(1, 1000))

    def volunteers(self) -> list[Volunteer]:
        """All 220, the two who can sign in first, then the one who is suspended at the end."""
        return [self._elena(), self._tomas(), self._henry(), *self._others()]

    def _others(self) -> Iterator[Volunteer]:
        for roles, number in HEADS:
            yield from (self._representing(roles) for _ in range(number))
        for pair, number in INTERPRETERS:
            yield from (self._interpreting(pair) for _ in range(number))

    def _elena(self) -> Volunteer:
        return msgspec.structs.replace(
            self._somebody((R.ATTORNEY, R.MENTOR), "Elena Ortega"),
            email="attorney@amparo.example",
            practice={PracticeArea.ASYLUM: 3, PracticeArea.REMOVAL: 3, PracticeArea.FAMILY: 2},
            languages=(LanguageAbility("en", 5.0), LanguageAbility("es", 4.5)),
            bars=(BarAdmission("NM", "20417", Standing.ACTIVE, 2011),),
            eoir_registered=True,
            county="Bernalillo",
            us_state="NM",
            remote=True,
            gender=Gender.FEMALE,
            interests=(PracticeArea.ASYLUM,),
            capacity=Capacity(cases=5, mentoring=2),
            leave=(),
        )

    def _tomas(self) -> Volunteer:
        modes = (InterpretingMode.CONSECUTIVE, InterpretingMode.SIGHT)
        return msgspec.structs.replace(
            self._somebody((R.INTERPRETER,), "Tomás Ramos"),
            email="interpreter@amparo.example",
            languages=(LanguageAbility("mam", 5.0), LanguageAbility("es", 4.5), LanguageAbility("en", 2.5)),
            interprets=(InterpretingPair("mam", "es", modes),),
            county="Bernalillo",
            us_state="NM",
            remote=True,
            gender=Gender.MALE,
            capacity=Capacity(cases=6),
            leave=(),
        )

    def _henry(self) -> Volunteer:
        return msgspec.structs.replace(
            self._somebody((R.ATTORNEY,), "Henry Vance"),
            practice={PracticeArea.FAMILY: 3, PracticeArea.VICTIMS: 3},
            languages=(LanguageAbility("en", 5.0), LanguageAbility("es", 3.5)),
            bars=(BarAdmission("NM", "18230", Standing.ACTIVE, 2006),),
            county="Santa Fe",
            us_state="NM",
            remote=True,
            gender=Gender.MALE,
            capacity=Capacity(cases=3, mentoring=0),
            leave=(),
        )

    def _somebody(self, roles: tuple[VolunteerRole, ...], name: str = "") -> Volunteer:
        number, place = next(self._numbers), self._place()
        full = name or " ".join(next(self._names))
        return Volunteer(
            id=new_id(),
            ref=f"V-{number:04}",
            name=full,
            email=f"{_plain(full)}.{number}@example.org",
            roles=roles,
            languages=(LanguageAbility("en", 5.0),),
            county=place.name,
            us_state=place.state,
            remote=self._random.random() < 0.8,
            gender=self._random.choice((Gender.FEMALE, Gender.FEMALE, Gender.MALE, Gender.MALE, Gender.UNSTATED)),
            capacity=self._capacity(),
            leave=self._leave(),
        )

    def _place(self) -> County:
        return self._random.choices(self._places, self._weights)[0]

    def _capacity(self) -> Capacity:
        cases = self._random.choices((1, 2, 3, 4), (5, 4, 2, 1))[0]
        hours = self._random.choice((None, None, None, 12.0, 15.0, 20.0, 30.0))
        return Capacity(cases=cases, mentoring=cases, hours_a_month=hours)

    def _leave(self) -> tuple[Leave, ...]:
        if self._random.random() > 0.1:
            return ()
        starts = self._today + timedelta(days=self._random.randint(-20, 40))
        return (Leave(starts, starts + timedelta(days=self._random.randint(7, 42))),)

    def _representing(self, roles: tuple[VolunteerRole, ...]) -> Volunteer:
        """Somebody for an attorney's or a mentor's seat. A third are of the Texas bar and work from there."""
        person = self._somebody(roles)
        licensed = bool({R.ATTORNEY, R.MENTOR} & set(roles))
        practice = self._practice(roles)
        person = msgspec.structs.replace(
            person,
            practice=practice,
            languages=self._spoken(),
            eoir_registered=licensed and self._random.random() < 0.85,
            bars=self._admissions() if licensed else (),
            interests=tuple(practice)[: self._random.randint(0, 1)],
        )
        if person.bars and person.bars[0].jurisdiction == "TX":
            return msgspec.structs.replace(person, county="", us_state="TX", remote=True)
        return person

    def _practice(self, roles: tuple[VolunteerRole, ...]) -> dict[PracticeArea, int]:
        drawn = self._random.choices(list(AREAS), list(AREAS.values()), k=self._random.choice((1, 2, 3, 4)))
        areas = list(dict.fromkeys(drawn))
        if R.MENTOR in roles:
            return {area: self._random.choice((3, 4, 4)) for area in areas}
        most = 2 if R.LAW_STUDENT in roles else 4
        return {area: min(most, self._random.choices((1, 2, 3, 4), (6, 7, 5, 2))[0]) for area in areas}

    def _spoken(self) -> tuple[LanguageAbility, ...]:
        spoken = [LanguageAbility("en", 5.0)]
        spanish = self._random.choices((0.0, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0), (38, 8, 8, 12, 12, 12, 10))[0]
        if spanish:
            spoken.append(LanguageAbility("es", spanish))
        if self._random.random() < 0.12:
            spoken.append(LanguageAbility(self._random.choice(ALSO_SPOKEN), self._random.choice((2.5, 3.0, 4.0))))
        return tuple(spoken)

    def _admissions(self) -> tuple[BarAdmission, ...]:
        bar = "TX" if self._random.random() < TEXAN_SHARE else "NM"
        standing = self._random.choices((Standing.ACTIVE, Standing.EMERITUS, Standing.INACTIVE), (93, 5, 2))[0]
        number = str(self._random.randint(10_000, 99_999) + (24_000_000 if bar == "TX" else 0))
        admissions = [BarAdmission(bar, number, standing, self._today.year - self._random.randint(1, 38))]
        if self._random.random() < 0.06:
            admissions.append(BarAdmission("TX" if bar == "NM" else "NM", "", standing))
        return tuple(admissions)

    def _interpreting(self, pair: tuple[str, str]) -> Volunteer:
        certified = "FCICE" if pair == ("es", "en") and self._random.random() < 0.3 else ""
        first = LanguageAbility(pair[0], self._random.choice((4.5, 5.0)), certified)
        modes = self._random.choice(((InterpretingMode.CONSECUTIVE,), tuple(InterpretingMode)[:3]))
        spoken = [first, LanguageAbility(pair[1], self._random.choice((4.0, 4.5, 5.0)))]
        if "en" not in pair:
            spoken.append(LanguageAbility("en", self._random.choice((1.0, 2.0, 2.5))))
        return msgspec.structs.replace(
            self._somebody((R.INTERPRETER,)), languages=tuple(spoken), interprets=(InterpretingPair(*pair, modes),)
        )


def _plain(name: str) -> str:
    """A name as an address writes it."""
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return letters.replace(" ", ".")
