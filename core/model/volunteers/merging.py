"""Two records of one volunteer made one: which value stays where they differ, and how she looks then.

The kept record's values stand, and what it does not say is taken from the other one. A coordinator may let the other's
value win, part by part. Lists are put together. Capacities are not added: she is one person. A standing is never
softened: of two at one bar the stricter one stays.
"""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

import msgspec

from core.model.people import BarAdmission, Volunteer
from core.model.vocabulary import Gender, Standing

T = TypeVar("T")


class Part(StrEnum):
    """What of two records may differ, so that a person may choose whose value stays."""

    NAME = "name"
    EMAIL = "email"
    NUMBERS = "numbers"
    PRACTICE = "practice"
    LANGUAGES = "languages"
    INTERPRETS = "interprets"
    EOIR = "eoir"
    WHERE = "where"
    REMOTE = "remote"
    GENDER = "gender"
    CAPACITY = "capacity"
    FIRM = "firm"


STRICT: Final = (
    Standing.DISBARRED,
    Standing.SUSPENDED,
    Standing.DECEASED,
    Standing.RESIGNED,
    Standing.INACTIVE,
    Standing.PENDING,
    Standing.EMERITUS,
    Standing.ACTIVE,
    Standing.UNKNOWN,
)
"""The standings, strictest first. One that is not known says nothing, so it yields to any other."""


def stricter(one: Standing, other: Standing) -> Standing:
    """Of two standings at one bar the one that stays when records are merged."""
    return min(one, other, key=STRICT.index)


def values_of(person: Volunteer) -> dict[Part, Any]:
    """What a record says of each part; lists by what tells their items apart."""
    return {
        Part.NAME: person.name,
        Part.EMAIL: person.email,
        Part.NUMBERS: {bar.jurisdiction: bar.number for bar in person.bars if bar.number},
        Part.PRACTICE: person.practice,
        Part.LANGUAGES: languages_of(person),
        Part.INTERPRETS: pairs_of(person),
        Part.EOIR: person.eoir_registered,
        Part.WHERE: (person.county, person.us_state) if person.county or person.us_state else (),
        Part.REMOTE: person.remote,
        Part.GENDER: "" if person.gender is Gender.UNSTATED else person.gender,
        Part.CAPACITY: person.capacity,
        Part.FIRM: person.firm,
    }


def languages_of(person: Volunteer) -> dict[str, Any]:
    """Her languages by tag."""
    return {one.language: one for one in person.languages}


def pairs_of(person: Volunteer) -> dict[frozenset[str], Any]:
    """Her interpreting pairs by their two languages, whichever comes first."""
    return {frozenset((one.source, one.target)): one for one in person.interprets}


ALWAYS_SAID: Final = frozenset({Part.REMOTE, Part.CAPACITY})
"""Parts that every record says something of, even if it is no."""


def conflicts(kept: Volunteer, other: Volunteer) -> tuple[Part, ...]:
    """The parts of which both records say something, and not the same."""
    mine, hers = values_of(kept), values_of(other)
    return tuple(part for part in Part if _contradict(part, mine[part], hers[part]))


def _contradict(part: Part, mine: Any, hers: Any) -> bool:
    if isinstance(mine, Mapping):
        return any(mine[key] != hers[key] for key in mine.keys() & hers.keys())
    return mine != hers and (part in ALWAYS_SAID or bool(mine and hers))


def merged(kept: Volunteer, other: Volunteer, *, yielding: Collection[Part] = ()) -> Volunteer:
    """The kept record with what the other one adds. In the parts that are ``yielding`` the other one's value wins.

    Her account is left as it is: see ``core.services.volunteers.merging``.
    """

    def said(part: Part, read: Callable[[Volunteer], T]) -> T:
        first, second = (other, kept) if part in yielding else (kept, other)
        return read(first if part in ALWAYS_SAID or values_of(first)[part] else second)

    def together(part: Part, read: Callable[[Volunteer], Mapping[Any, T]]) -> dict[Any, T]:
        first, second = (other, kept) if part in yielding else (kept, other)
        whole = {**read(second), **read(first)}
        return {key: whole[key] for key in (*read(kept), *(new for new in read(other) if new not in read(kept)))}

    home = said(Part.WHERE, lambda one: (one.county, one.us_state))
    return msgspec.structs.replace(
        kept,
        name=said(Part.NAME, lambda one: one.name),
        email=said(Part.EMAIL, lambda one: one.email),
        roles=tuple(dict.fromkeys((*kept.roles, *other.roles))),
        practice=together(Part.PRACTICE, lambda one: one.practice),
        languages=tuple(together(Part.LANGUAGES, languages_of).values()),
        interprets=tuple(together(Part.INTERPRETS, pairs_of).values()),
        bars=_bars(kept, other, others_number=Part.NUMBERS in yielding),
        eoir_registered=said(Part.EOIR, lambda one: one.eoir_registered),
        county=home[0],
        us_state=home[1],
        remote=said(Part.REMOTE, lambda one: one.remote),
        gender=said(Part.GENDER, lambda one: one.gender),
        interests=tuple(dict.fromkeys((*kept.interests, *other.interests))),
        capacity=said(Part.CAPACITY, lambda one: one.capacity),
        firm=said(Part.FIRM, lambda one: one.firm),
        leave=tuple(dict.fromkeys((*kept.leave, *other.leave))),
    )


def _bars(kept: Volunteer, other: Volunteer, *, others_number: bool) -> tuple[BarAdmission, ...]:
    mine, hers = bars_of(kept), bars_of(other)
    return tuple(
        _admission(mine.get(bar), hers.get(bar), others_number=others_number) for bar in dict.fromkeys((*mine, *hers))
    )


def bars_of(person: Volunteer) -> dict[str, BarAdmission]:
    """Her admissions by jurisdiction."""
    return {bar.jurisdiction: bar for bar in person.bars}


def _admission(mine: BarAdmission | None, hers: BarAdmission | None, *, others_number: bool) -> BarAdmission:
    present = [one for one in (mine, hers) if one is not None]
    if len(present) == 1:
        return present[0]
    first, second = reversed(present) if others_number else present
    return BarAdmission(
        first.jurisdiction,
        number=first.number or second.number,
        standing=stricter(first.standing, second.standing),
        admitted_year=first.admitted_year or second.admitted_year,
    )
