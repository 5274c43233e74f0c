"""Whether a member of a bar and a volunteer may be the same person: what a human is asked to confirm.

A number at the same bar identifies her; nothing else does. Two lawyers of one name are common, and a wrong merge would
freeze one's offers for the other's suspension. So everything here is a suggestion, with what speaks for it.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

import msgspec

from core.model.people import Volunteer
from core.model.rosters.entries import RosterEntry

_SUFFIXES: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "v"))
_TITLES: Final = frozenset(("esq", "dr", "mr", "ms", "mrs", "jd", "llm", "phd", "hon"))
MOST_DIGITS: Final = 14
"""Up to this length a number may have lost leading zeros; no bar writes longer ones with zeros in front."""
_PARTICLES: Final = frozenset(
    ("de", "del", "la", "las", "los", "y", "da", "dos", "van", "von", "der", "al", "el", "bin")
)


class Likeness(IntEnum):
    """How much speaks for two being one person. ``CERTAIN`` is the same number at the same bar: still a question."""

    PERHAPS = 1
    LIKELY = 2
    CERTAIN = 3


class Suggestion(msgspec.Struct, frozen=True):
    """A volunteer who may be a member. ``reasons`` are sentences without a name or an address."""

    volunteer: str
    likeness: Likeness
    reasons: tuple[str, ...]


class PersonName(msgspec.Struct, frozen=True):
    """A name as it is compared: without accents, capitals, titles and particles; initials stand for a middle name."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str

    @classmethod
    def read(cls, text: str) -> "PersonName":
        """Read a name in its spoken order, such as María-José de la Cruz Peña, Jr."""
        plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
        words = re.findall(r"[^\W_]+", plain.casefold().replace("'", "").replace("’", ""))
        words = [word for word in words if word not in _TITLES]
        suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
        given, *others = words or [""]
        *middle, surname = [word for word in others if word not in _PARTICLES] or [""]
        return cls(given, tuple(middle), surname, suffix)

    def agrees_with(self, other: "PersonName") -> bool:
        """Whether both may be ways to write one name: nothing in one contradicts the other."""
        if not self.surname or (self.given, self.surname) != (other.given, other.surname):
            return False
        if self.suffix and other.suffix and self.suffix != other.suffix:
            return False
        pairs = zip(self.middle, other.middle, strict=False)
        return all(one.startswith(more) or more.startswith(one) for one, more in pairs)


class Suggestions:
    """Suggests for one member after the other which of these volunteers she may be.

    Whoever has a number of her own at the member's bar is nobody else there, unless it is hers but for lost zeros.
    Whose number is the very same is known to be the member, and is not suggested.
    """

    def __init__(self, volunteers: Iterable[Volunteer], bar: str) -> None:
        self._bar = bar
        self._people = {one.ref: (one, PersonName.read(one.name)) for one in volunteers}
        self._by: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ref, (person, name) in self._people.items():
            for key in self._keys(person.email, name, self._number(person)):
                self._by[key].append(ref)
        self._named = Counter((name.given, name.surname) for _, name in self._people.values())

    def of(self, entry: RosterEntry) -> tuple[Suggestion, ...]:
        """Who the member may be, the likeliest first."""
        name = PersonName.read(entry.name)
        refs = dict.fromkeys(
            ref for key in self._keys(entry.email, name, without_zeros(entry.number)) for ref in self._by.get(key, ())
        )
        found = [one for ref in refs if (one := self._compared(entry, name, ref)) is not None]
        return tuple(sorted(found, key=lambda one: (-one.likeness, -len(one.reasons), one.volunteer)))

    def _compared(self, entry: RosterEntry, name: PersonName, ref: str) -> Suggestion | None:
        person, hers = self._people[ref]
        number = self._number(person)
        if number and (number != without_zeros(entry.number) or self._is_known(person, entry)):
            return None
        named, reached = name.agrees_with(hers), same_address(person.email, entry.email)
        placed = bool(person.county) and (person.us_state, _folded(person.county)) == (
            entry.us_state,
            _folded(entry.county),
        )
        told = {
            "The number is the same but for leading zeros.": bool(number),
            "The e-mail address is the same.": reached,
            "The names agree.": named,
            "The given names agree, the surnames do not: a change of name?": reached
            and not named
            and name.given == hers.given,
            "The county is the same.": placed and (named or reached),
        }
        if not (named or reached or number):
            return None
        alone = self._named[hers.given, hers.surname] == 1
        strong = sum((bool(number), reached, named)) > 1 or (named and placed and alone)
        reasons = tuple(reason for reason, holds in told.items() if holds)
        return Suggestion(ref, Likeness.LIKELY if strong else Likeness.PERHAPS, reasons)

    def _is_known(self, person: Volunteer, entry: RosterEntry) -> bool:
        return any((one.jurisdiction, one.number) == (self._bar, entry.number) for one in person.bars)

    def _number(self, person: Volunteer) -> str:
        """Her number at the member's bar without leading zeros; empty where she has none there."""
        return next((without_zeros(one.number) for one in person.bars if one.jurisdiction == self._bar), "")

    def _keys(self, email: str, name: PersonName, number: str) -> list[tuple[str, str]]:
        keys = ("email", _folded(email)), ("name", f"{name.given} {name.surname}".strip()), ("number", number)
        return [(kind, value) for kind, value in keys if value]


def without_zeros(number: str) -> str:
    """A member's number as a spreadsheet leaves it, which takes leading zeros for nothing."""
    return number.lstrip("0")


def spellings(number: str) -> tuple[str, ...]:
    """The ways to write a member's number that differ in leading zeros only: as it is given, then the shorter first."""
    given, bare = number.strip(), without_zeros(number.strip())
    if not bare:
        return (given,) if given else ()
    padded = ("0" * zeros + bare for zeros in range(max(1, MOST_DIGITS - len(bare) + 1)))
    return tuple(dict.fromkeys((given, *padded)))


def same_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses are one; nothing is the same as no address."""
    return bool(one.strip()) and _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return text.strip().casefold()
