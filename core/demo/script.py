"""What the demo's year holds: when cases come, and how the teams of each week fare."""

from datetime import date, timedelta
from enum import StrEnum, auto
from random import Random
from typing import Final

from core.demo.people import DEMO_ATTORNEY, DEMO_INTERPRETER, DEMO_SUSPENDED

CASES: Final = 300
WEEKS: Final = 52


class Turn(StrEnum):
    """How a proposed team fares."""

    LEFT = auto()
    REJECTED = auto()
    UNDONE = auto()
    DECLINED = auto()
    EXPIRED = auto()
    CONFLICTED = auto()
    OFFERED = auto()
    ACCEPTED = auto()
    CLEARED = auto()
    ENGAGED = auto()
    TRANSFERRED = auto()
    WITHDRAWN = auto()
    CLOSED = auto()


class Claim(StrEnum):
    """How a volunteer's own claim fares."""

    APPROVED = auto()
    REJECTED = auto()
    TAKEN_BACK = auto()


DETOURS: Final = (
    *(Turn.DECLINED,) * 8,
    *(Turn.EXPIRED,) * 5,
    *(Turn.REJECTED,) * 4,
    *(Turn.CONFLICTED,) * 3,
    *(Turn.TRANSFERRED,) * 3,
    *(Turn.UNDONE,) * 2,
    *(Turn.WITHDRAWN,) * 2,
    *(Turn.LEFT,) * 14,
)
"""Ways that lead back to the waitlist, or out; spread over the year."""
LATELY: Final = {
    1: [Turn.CLEARED] * 5 + [Turn.ACCEPTED] * 2 + [Turn.DECLINED, Turn.EXPIRED],
    0: [Turn.OFFERED] * 10 + [Turn.ACCEPTED] * 5,
}
"""The last two weeks, by how many weeks ago; the demo's own attorney and interpreter come first."""
FAVOURED: Final = {
    40: (DEMO_INTERPRETER,),
    33: (DEMO_INTERPRETER, DEMO_ATTORNEY),
    20: (DEMO_INTERPRETER,),
    14: (DEMO_INTERPRETER, DEMO_ATTORNEY, DEMO_SUSPENDED),
    9: (DEMO_INTERPRETER,),
    0: (DEMO_INTERPRETER, DEMO_ATTORNEY, DEMO_SUSPENDED),
}
"""Weeks in which those whom the demo shows are asked first, so that there is something to see."""
CLAIMS: Final = {41: Claim.APPROVED, 29: Claim.APPROVED, 23: Claim.REJECTED, 16: Claim.TAKEN_BACK, 8: Claim.APPROVED}


def turns_by_week(random: Random) -> dict[int, list[Turn]]:
    """What becomes of each week's teams, by how many weeks ago."""
    weeks: dict[int, list[Turn]] = {ago: list(LATELY.get(ago, ())) for ago in range(WEEKS)}
    for turn, number, first, last in ((Turn.CLOSED, 40, 49, 22), (Turn.ENGAGED, 32, 44, 2)):
        for _ in range(number):
            weeks[random.randint(last, first)].append(turn)
    for turn in DETOURS:
        weeks[random.randint(9 if turn in (Turn.TRANSFERRED, Turn.WITHDRAWN) else 2, 47)].append(turn)
    for ago, turns in weeks.items():
        random.shuffle(turns)
        turns[:0] = [_favoured_turn(ago)] * len(FAVOURED.get(ago, ()))
    return weeks


def _favoured_turn(ago: int) -> Turn:
    """What becomes of a favoured team: finished work, work under way, and on the last day an open offer."""
    if ago == 0:
        return Turn.OFFERED
    return Turn.CLOSED if ago > 25 else Turn.ENGAGED


def arrivals(random: Random, last: date) -> list[date]:
    """The days on which the cases come: a backlog at first, then week by week, more of them lately."""
    days = [last - timedelta(days=random.randint(345, 366)) for _ in range(60)]
    days += [last - timedelta(days=random.randint(8, 345)) for _ in range(CASES - 60 - 26)]
    days += [last - timedelta(days=random.choice((1, 1, 2, 2, 3, 4, 5, 6))) for _ in range(26)]
    return sorted(days)
