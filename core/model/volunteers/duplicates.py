"""Which volunteers may be one person with two records: suggested with what speaks for it and what against.

The careful rules of ``identity``: a number at one bar belongs to one member, so two records that share it
are the first suggestion; everything else is weaker, and nothing is ever merged by machine. Two lawyers of one name are
common: who has different numbers at one bar is not suggested for a name.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from typing import Final
from uuid import UUID

import msgspec

from core.model.people import Volunteer
from core.model.vocabulary import Gender
from core.model.volunteers.identity import Likeness, PersonName, without_zeros

FAMILY: Final = 3
"""An address that more than so many records share is an office's: it tells who works there, not who is who."""
CROWD: Final = 30
"""A name that more than so many records share tells nothing by itself."""


TWO: Final = 2


class Evidence(StrEnum):
    """What two records have in common, or where they differ."""

    SAME_NUMBER = "same_number"
    SAME_BUT_ZEROS = "same_but_zeros"
    SAME_EMAIL = "same_email"
    NAMES_AGREE = "names_agree"
    NEW_SURNAME = "new_surname"
    SAME_COUNTY = "same_county"
    OTHER_NUMBER = "other_number"
    NAMES_DIFFER = "names_differ"
    OTHER_EMAIL = "other_email"
    OTHER_COUNTY = "other_county"
    OTHER_GENDER = "other_gender"


AGAINST: Final = frozenset(
    {
        Evidence.OTHER_NUMBER,
        Evidence.NAMES_DIFFER,
        Evidence.OTHER_EMAIL,
        Evidence.OTHER_COUNTY,
        Evidence.OTHER_GENDER,
    }
)
"""What speaks against two records being one person; everything else speaks for it."""


class Reason(msgspec.Struct, frozen=True):
    """One piece of evidence; ``bar`` is where, for numbers."""

    evidence: Evidence
    bar: str = ""


class Duplicate(msgspec.Struct, frozen=True):
    """Two volunteers who may be one person; ``one`` joined first. ``mark`` changes when anything compared does."""

    one: Volunteer
    other: Volunteer
    likeness: Likeness
    speaks_for: tuple[Reason, ...]
    against: tuple[Reason, ...]
    mark: str

    @property
    def pair(self) -> tuple[UUID, UUID]:
        """Their ids, the one who joined first before the other."""
        return self.one.id, self.other.id


def duplicates(people: Iterable[Volunteer], *, apart: Mapping[tuple[UUID, UUID], str] | None = None) -> list[Duplicate]:
    """Who may be one person, the likeliest first.

    ``apart`` are pairs of whom a person said that they are two, with the mark of that time: such a pair is left out
    until something that was compared has changed.
    """
    known = {one.id: one for one in people}
    names = {key: PersonName.read(one.name) for key, one in known.items()}
    called = Counter((name.given, name.surname) for name in names.values())
    found = []
    for first, second in sorted(_candidates(known, names)):
        one, other = known[first], known[second]
        made = _compared(one, other, names[first], names[second], alone=called[_called(names[first])] == TWO)
        if made is not None and (apart or {}).get(made.pair) != made.mark:
            found.append(made)
    return sorted(found, key=lambda one: (-one.likeness, -len(one.speaks_for), len(one.against), one.pair))


def mark_of(one: Volunteer, other: Volunteer) -> str:
    """A mark over all that is compared of two volunteers, whichever comes first."""
    told = sorted(
        (str(who.id), who.name, who.email, who.county, who.us_state, str(who.gender), sorted(_numbers(who).items()))
        for who in (one, other)
    )
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def compare_two(one: Volunteer, other: Volunteer) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What speaks for two records being one person, and what against, whether or not anybody suggests it."""
    reasons = tuple(_reasons(one, other, PersonName.read(one.name), PersonName.read(other.name)))
    return (
        tuple(reason for reason in reasons if reason.evidence not in AGAINST),
        tuple(reason for reason in reasons if reason.evidence in AGAINST),
    )


def _candidates(known: Mapping[UUID, Volunteer], names: Mapping[UUID, PersonName]) -> set[tuple[UUID, UUID]]:
    groups: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for key, one in known.items():
        for bar, number in _numbers(one).items():
            groups["number", f"{bar} {without_zeros(number)}"].append(key)
        groups["email", _folded(one.email)].append(key)
        groups["name", f"{names[key].given} {names[key].surname}"].append(key)
    most = {"email": FAMILY, "name": CROWD}
    return {
        pair
        for (kind, value), keys in groups.items()
        if value.strip() and len(keys) <= most.get(kind, len(keys))
        for pair in combinations(sorted(keys), 2)
    }


def _compared(one: Volunteer, other: Volunteer, name: PersonName, hers: PersonName, *, alone: bool) -> Duplicate | None:
    reasons = tuple(_reasons(one, other, name, hers))
    said = {reason.evidence for reason in reasons}
    likeness = _likeness(said, alone=alone)
    if likeness is None:
        return None
    against = tuple(reason for reason in reasons if reason.evidence in AGAINST)
    speaks_for = tuple(reason for reason in reasons if reason.evidence not in AGAINST)
    return Duplicate(one, other, likeness, speaks_for, against, mark_of(one, other))


def _likeness(said: set[Evidence], *, alone: bool) -> Likeness | None:
    """``alone``: nobody else has this name."""
    named, reached = Evidence.NAMES_AGREE in said, Evidence.SAME_EMAIL in said
    zeros = Evidence.SAME_BUT_ZEROS in said
    if Evidence.SAME_NUMBER in said:
        return Likeness.CERTAIN
    if Evidence.OTHER_NUMBER in said and not zeros:
        return Likeness.PERHAPS if reached else None
    if sum((named, reached, zeros)) > 1 or (named and alone and Evidence.SAME_COUNTY in said):
        return Likeness.LIKELY
    return Likeness.PERHAPS if named or reached or zeros else None


def _reasons(one: Volunteer, other: Volunteer, name: PersonName, hers: PersonName) -> Iterator[Reason]:
    yield from _of_numbers(_numbers(one), _numbers(other))
    if one.email and other.email:
        same = _folded(one.email) == _folded(other.email)
        yield Reason(Evidence.SAME_EMAIL if same else Evidence.OTHER_EMAIL)
    if name.agrees_with(hers):
        yield Reason(Evidence.NAMES_AGREE)
    else:
        yield Reason(Evidence.NEW_SURNAME if name.given and name.given == hers.given else Evidence.NAMES_DIFFER)
    if one.county and other.county:
        same = (one.us_state, _folded(one.county)) == (other.us_state, _folded(other.county))
        yield Reason(Evidence.SAME_COUNTY if same else Evidence.OTHER_COUNTY)
    if one.gender is not other.gender and Gender.UNSTATED not in (one.gender, other.gender):
        yield Reason(Evidence.OTHER_GENDER)


def _of_numbers(mine: Mapping[str, str], hers: Mapping[str, str]) -> Iterator[Reason]:
    for bar in sorted(mine.keys() & hers.keys()):
        if mine[bar] == hers[bar]:
            yield Reason(Evidence.SAME_NUMBER, bar)
        elif without_zeros(mine[bar]) == without_zeros(hers[bar]):
            yield Reason(Evidence.SAME_BUT_ZEROS, bar)
        else:
            yield Reason(Evidence.OTHER_NUMBER, bar)


def _numbers(person: Volunteer) -> dict[str, str]:
    return {bar.jurisdiction: bar.number for bar in person.bars if bar.number}


def _called(name: PersonName) -> tuple[str, str]:
    return name.given, name.surname


def _folded(text: str) -> str:
    return text.strip().casefold()
