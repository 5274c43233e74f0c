"""Invented parties to be found again: names as they are common among the clients of an immigration clinic.

The words are Faker's lists for Mexico, Spain, the United States and France, apart from what the search itself knows;
Mayan surnames and Arabic names, which Faker has in other forms, are listed here. The frequent ones are drawn about as
often as they are among people (the heads of the lists of INE Guatemala and INEGI Mexico), the others by Zipf's law.
"""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Final

import msgspec
from faker.providers.person.en_US import Provider as English
from faker.providers.person.es_ES import Provider as Spanish
from faker.providers.person.es_MX import Provider as Mexican
from faker.providers.person.fr_FR import Provider as French

from bench.conflicts.words import ARABIC_GIVEN, ARABIC_SURNAMES, COMMON_GIVEN, COMMON_SURNAMES, MAYAN_SURNAMES

SHARES: Final = {"spanish": 62, "mayan": 14, "arabic": 10, "english": 9, "french": 5}
TWO_GIVEN: Final = {"spanish": 0.6, "mayan": 0.6, "arabic": 0.25, "english": 0.35, "french": 0.2}
TWO_SURNAMES: Final = {"spanish": 0.85, "mayan": 0.85, "arabic": 0.3, "english": 0.02, "french": 0.05}
HYPHENATED: Final = 0.05
PARTICLES: Final = ("de la ", "de ", "del ", "de los ")
WITH_PARTICLE: Final = 0.04


class Party(msgspec.Struct, frozen=True):
    """One party: the words of her name, with accents and particles, and of which people it is."""

    people: str
    given: tuple[str, ...]
    surnames: tuple[str, ...]

    @property
    def written(self) -> str:
        """The name in its spoken order."""
        return " ".join((*self.given, *self.surnames))


class Drawing:
    """Draws words by their frequency: the first by a share each, the others by Zipf's law."""

    def __init__(self, common: Sequence[tuple[str, float]], others: Sequence[str], *, rest: float) -> None:
        known = {word for word, _ in common}
        tail = [word for word in dict.fromkeys(others) if word not in known]
        weights = [1 / (place + 20) for place in range(len(tail))]
        whole = sum(weights)
        self.words = [*(word for word, _ in common), *tail]
        self._sums = list(accumulate([share for _, share in common] + [rest * one / whole for one in weights]))

    def one(self, random: Random) -> str:
        """One word."""
        return random.choices(self.words, cum_weights=self._sums)[0]

    def several(self, random: Random, count: int) -> tuple[str, ...]:
        """So many different words."""
        drawn: dict[str, None] = {}
        while len(drawn) < count:
            drawn[self.one(random)] = None
        return tuple(drawn)


def parties(count: int, random: Random) -> list[Party]:
    """So many parties, the same ones for the same seed."""
    given, surnames = _drawings(random)
    drawn = random.choices(list(SHARES), list(SHARES.values()), k=count)
    return [_party(people, given[people], surnames[people], random) for people in drawn]


def _party(people: str, given: Drawing, surnames: Drawing, random: Random) -> Party:
    first = given.several(random, 2 if random.random() < TWO_GIVEN[people] else 1)
    last = surnames.several(random, 2 if random.random() < TWO_SURNAMES[people] else 1)
    if people in ("spanish", "mayan") and random.random() < WITH_PARTICLE:
        last = (random.choice(PARTICLES) + last[0], *last[1:])
    if len(last) > 1 and random.random() < HYPHENATED:
        last = ("-".join(last),)
    return Party(people, first, last)


def _drawings(random: Random) -> tuple[dict[str, Drawing], dict[str, Drawing]]:
    spanish_given = Drawing(COMMON_GIVEN, _shuffled([*Mexican.first_names, *Spanish.first_names], random), rest=50)
    spanish = Drawing(COMMON_SURNAMES, _shuffled([*Mexican.last_names, *Spanish.last_names], random), rest=52)
    given = {
        "spanish": spanish_given,
        "mayan": spanish_given,
        "arabic": Drawing((), [group[0] for group in ARABIC_GIVEN], rest=1),
        "english": Drawing((), list(English.first_names), rest=1),
        "french": Drawing((), list(French.first_names), rest=1),
    }
    surnames = {
        "spanish": spanish,
        "mayan": Drawing((), MAYAN_SURNAMES, rest=1),
        "arabic": Drawing((), [group[0] for group in ARABIC_SURNAMES], rest=1),
        "english": Drawing((), list(English.last_names), rest=1),
        "french": Drawing((), list(French.last_names), rest=1),
    }
    return given, surnames


def _shuffled(words: Sequence[str], random: Random) -> list[str]:
    single = sorted({word for word in words if " " not in word})
    random.shuffle(single)
    return single
