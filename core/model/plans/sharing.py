"""How a coordinator wants help and work shared out: floors for groups of cases, and work spread over volunteers."""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Final, Protocol

import msgspec

from core.errors import BadInput
from core.model.languages import language_group, language_tag
from core.model.vocabulary import PracticeArea

USUAL_POINTS: Final = 2000.0
"""What a case that is missing in a floor costs where nothing else is said: two cases without a date."""
MOST_POINTS: Final = 1_000_000.0
MOST_FLOORS: Final = 40
MILD: Final = 10.0
"""Spread at which what a run adds goes on as the scorer ``even_load`` counts what somebody carries already."""
LANGUAGE_GROUPS: Final = ("English", "Spanish", "Indigenous", "Other")
_HOW: Final = "Write it as language:mam=60%, group:Indigenous=50%, county:Bernalillo=40% or area:asylum=75%."


class GroupKind(StrEnum):
    """By what cases are grouped: the client's first language, its group, the county, the practice area."""

    LANGUAGE = "language"
    LANGUAGE_GROUP = "group"
    COUNTY = "county"
    AREA = "area"


class Grouped(Protocol):
    """What of a case decides its groups."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags, the client's first language first."""

    @property
    def county(self) -> str:
        """The county by name; empty where it is not given."""

    @property
    def practice_area(self) -> PracticeArea:
        """The practice area."""


GROUP_OF: Final[dict[GroupKind, Callable[[Grouped], str]]] = {
    GroupKind.LANGUAGE: lambda case: case.languages[0] if case.languages else "",
    GroupKind.LANGUAGE_GROUP: lambda case: language_group(case.languages),
    GroupKind.COUNTY: lambda case: case.county,
    GroupKind.AREA: lambda case: str(case.practice_area),
}
"""The group of a case, by kind; empty where it is not known."""


class Floor(msgspec.Struct, frozen=True):
    """At least this share of the waiting cases of a group should get a team.

    Each case that is missing costs ``points``: as much as other cases may lose for it. No floor ever costs a case of a
    more urgent tier its team, or a run its plan.
    """

    kind: GroupKind
    group: str
    share: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)]
    points: Annotated[float, msgspec.Meta(gt=0.0, le=MOST_POINTS)] = USUAL_POINTS

    def has(self, case: Grouped) -> bool:
        """Whether a case is in the group; names of counties are the same in capitals."""
        return GROUP_OF[self.kind](case).casefold() == self.group.casefold()

    @property
    def told(self) -> str:
        """The floor as ``read_floor`` reads it."""
        return f"{self.kind}:{self.group}={100 * self.share:g}%@{self.points:g}"

    def wanted(self, waiting: int) -> int:
        """How many of so many waiting cases the floor asks for: part of a case is a whole one."""
        return math.ceil(self.share * waiting - 1e-9)


class FloorReached(msgspec.Struct, frozen=True):
    """What became of a floor: of ``waiting`` cases ``wanted`` should have been served, ``served`` were.

    ``price`` is what one case less in the floor would give back in points, at most; 0 where it is reached anyway, and
    ``points`` where nothing up to them reaches it.
    """

    kind: GroupKind
    group: str
    share: float
    points: float
    waiting: int
    wanted: int
    served: int
    price: float


class Sharing(msgspec.Struct, frozen=True):
    """What is asked of a run. ``spread``: points from an empty to a full volunteer, spread over her free places.

    Each of her places costs more than the one before, so that of two who are about as good the one with less to do is
    chosen; 0: work is not spread beyond what scorers say.
    """

    floors: tuple[Floor, ...] = ()
    spread: Annotated[float, msgspec.Meta(ge=0.0, le=MOST_POINTS)] = 0.0

    def with_floor(self, floor: Floor) -> "Sharing":
        """The same with a floor, in place of the one that its group has."""
        return msgspec.structs.replace(self, floors=(*self.without_floor(floor.kind, floor.group).floors, floor))

    def without_floor(self, kind: GroupKind, group: str) -> "Sharing":
        """The same without the floor of a group; names of groups are the same in capitals."""
        of_group = (kind, group.casefold())
        others = tuple(floor for floor in self.floors if (floor.kind, floor.group.casefold()) != of_group)
        return msgspec.structs.replace(self, floors=others)

    def told(self) -> dict[str, str | float]:
        """In words, as the audit chain keeps it."""
        return {"floors": "; ".join(floor.told for floor in self.floors), "spread": self.spread}


def group_named(kind: GroupKind, text: str) -> str:
    """A group as cases carry it; raise BadInput, saying what would be right, where there is none of this name."""
    wanted = text.strip()
    if not wanted:
        raise BadInput(f"Which {kind} is meant? {_HOW}")
    if kind is GroupKind.LANGUAGE:
        return language_tag(wanted)
    known = {GroupKind.LANGUAGE_GROUP: LANGUAGE_GROUPS, GroupKind.AREA: tuple(map(str, PracticeArea))}.get(kind)
    if known is None:
        return wanted
    for name in known:
        if name.casefold() == wanted.casefold():
            return name
    raise BadInput(f"“{wanted}” is no {kind} that cases are counted by. Write one of {', '.join(known)}.")


def read_floor(text: str) -> Floor:
    """A floor in words: ``language:mam=60%``, with ``@1500`` behind it for other points. Raises BadInput."""
    group, equals, amount = text.rpartition("=")
    kind, colon, name = group.partition(":")
    share, _, points = amount.partition("@")
    if not (equals and colon):
        raise BadInput(f"“{text}” is no floor. {_HOW}")
    if kind.strip().casefold() not in set(GroupKind):
        raise BadInput(f"“{kind.strip()}” is nothing that cases are grouped by. {_HOW}")
    chosen = GroupKind(kind.strip().casefold())
    return Floor(chosen, group_named(chosen, name), read_share(share), read_points(points))


def read_share(text: str) -> float:
    """A share in per cent, above 0 and up to 100; raises BadInput."""
    number = _number(text.strip().removesuffix("%"))
    if number is None or not 0 < number <= 100:
        raise BadInput(f"“{text.strip()}” is no share. Write a number above 0 and up to 100, such as 60%.")
    return number / 100


def read_points(text: str) -> float:
    """The points of a floor, the usual ones for an empty text; raises BadInput."""
    if not text.strip():
        return USUAL_POINTS
    number = _number(text)
    if number is None or not 0 < number <= MOST_POINTS:
        raise BadInput(f"“{text.strip()}” are no points. Write a number above 0 and up to {MOST_POINTS:,.0f}.")
    return number


def read_floors(texts: tuple[str, ...]) -> tuple[Floor, ...]:
    """Several floors; raise BadInput where one cannot be read, or where they do not go together."""
    floors = tuple(map(read_floor, texts))
    require_apart(floors)
    return floors


def require_apart(floors: tuple[Floor, ...]) -> None:
    """Raise BadInput where two floors are about the same group, or there are too many of them."""
    if len({(floor.kind, floor.group.casefold()) for floor in floors}) < len(floors):
        raise BadInput("Two floors are about the same group. Keep one of them.")
    if len(floors) > MOST_FLOORS:
        raise BadInput(f"{len(floors)} floors are more than {MOST_FLOORS}. Keep those that matter most.")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
