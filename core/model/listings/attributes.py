"""What can be told of a case that is listed, in which order, and what is known of it from earlier lists."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec


class Attribute(StrEnum):
    """What may be told of a case, and hidden. ``language`` is the client's best one, ``spoken`` are all of them."""

    LANGUAGE = "language"
    FAMILY = "family"
    AREA = "area"
    POSTURE = "posture"
    STATE = "state"
    SPOKEN = "spoken"
    FORUM = "forum"
    RELIEF = "relief"
    REGION = "region"
    GENDER = "gender"
    KIND = "kind"


A = Attribute
REVEALED: Final = tuple(Attribute)
"""The order in which attributes are told. The language comes first, and so is generalised last: an interpreter can
decide by nothing else, and she is the scarcest. The place comes late: nearly all work can be done from anywhere, and
the rules look at the true distance anyway."""

NEEDS: Final[Mapping[Attribute, Attribute]] = {
    A.SPOKEN: A.LANGUAGE,
    A.GENDER: A.LANGUAGE,
    A.RELIEF: A.AREA,
    A.KIND: A.RELIEF,
    A.REGION: A.STATE,
}
"""What cannot be told before something broader is."""

Values = Mapping[Attribute, str]


class Known(msgspec.Struct, frozen=True):
    """What everybody could learn of a case from all lists so far: values it has, and values it has not."""

    has: dict[Attribute, str] = {}
    lacks: dict[Attribute, tuple[str, ...]] = {}

    def fits(self, values: Values) -> bool:
        """Whether a case with these values could be the one of which this is known."""
        return all(values[name] == value for name, value in self.has.items()) and all(
            values[name] not in lacking for name, lacking in self.lacks.items()
        )

    def also(self, has: Values, lacks: Mapping[Attribute, Iterable[str]]) -> "Known":
        """This, and more."""
        told = {**self.has, **has}
        names = (name for name in REVEALED if name not in told and (name in lacks or name in self.lacks))
        both = {name: {*self.lacks.get(name, ()), *lacks.get(name, ())} for name in names}
        return Known(told, {name: tuple(sorted(lacking)) for name, lacking in both.items() if lacking})


class Candidate(msgspec.Struct, frozen=True):
    """An open case that is to be listed: its true values, what is known of it, what a coordinator hides anyway.

    ``key`` names it. Where somebody has to step back, those known least do, and then the order of the ``lot`` decides:
    whoever could see these would know that nobody with a lower one than somebody told has stepped back. So a lot is
    random and never shown; two cases that are shown alike could then be each other, for all that anybody can tell.
    """

    key: str
    lot: str
    values: dict[Attribute, str]
    known: Known = Known()
    widened: frozenset[Attribute] = frozenset()


class Disclosure(msgspec.Struct, frozen=True):
    """What is shown of a case, what is known of it from then on, and how many are shown just like it.

    ``sharing`` says for each hidden attribute how many listed cases fit what is shown and share its true value.
    """

    shown: dict[Attribute, str]
    known: Known
    alike: int
    sharing: dict[Attribute, int]
