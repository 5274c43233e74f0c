"""The weeks to come: what a place is worth in them, what becomes free in them, and who is kept for whom."""

import msgspec

from core.model.vocabulary import SeatRole


class Price(msgspec.Struct, frozen=True):
    """What a case must be worth today to be given a place, an hour or a mentor's place of somebody, in points."""

    place: float = 0.0
    hour: float = 0.0
    mentoring: float = 0.0


class Freed(msgspec.Struct, frozen=True):
    """What of somebody becomes free within the weeks to come, as seats that she holds end."""

    places: int = 0
    mentoring: int = 0
    hours: float = 0.0


class KeptKind(msgspec.Struct, frozen=True):
    """People of one kind with a price, after a run.

    ``languages`` are those that they interpret, or that they speak beside English; ``areas`` the one of theirs in which
    the fewest people meet the most cases. ``least`` and ``most`` are the prices of a place, in points; ``expected`` is
    how many cases in their languages or area are likely to come in the weeks ahead.
    """

    role: SeatRole
    languages: tuple[str, ...]
    areas: tuple[str, ...]
    people: int
    least: float
    most: float
    expected: int
