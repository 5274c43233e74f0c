"""Which of many candidates are kept: the best, and enough of those who make a team simpler."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from operator import neg
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints

WHOLE: Final = 1_500_000
"""Up to so many pairs in all, every pair is kept."""
VERY_MANY: Final = 50_000
"""More cases than this keep fewer candidates each."""


@dataclass(frozen=True, slots=True)
class Width:
    """How many candidates a case keeps where not all are kept; equals take turns from case to case.

    ``attorneys`` are the best, ``speakers`` the best who speak with the client, ``unaided`` the best who need no
    mentor; ``interpreters`` for each pair of languages, where the client's languages have more than ``in_full``: they
    are the scarce side; ``mentors`` where one may be needed. ``whole``: up to so many pairs in all, every pair is kept.
    """

    attorneys: int = 128
    speakers: int = 64
    unaided: int = 32
    interpreters: int = 96
    mentors: int = 64
    in_full: int = 500
    whole: int = WHOLE

    def for_cases(self, cases: int) -> "Width":
        """The width for so many cases: of very many, five candidates in eight, so that they fit into memory."""
        if cases <= VERY_MANY or self.whole > WHOLE:
            return self
        names = ("attorneys", "speakers", "unaided", "interpreters", "mentors")
        return replace(self, **{name: -(-getattr(self, name) * 5 // 8) for name in names})


def best(score: Floats, most: int, turn: int) -> Ints:
    """The positions of the ``most`` best of falling scores; which of equals are taken depends on ``turn``."""
    if len(score) <= most or not most:
        return np.arange(min(most, len(score)))
    last = score[most - 1]
    if score[most] < last:
        return np.arange(most)
    begin = bisect_left(score, -last, hi=most, key=neg)
    end = bisect_right(score, -last, lo=most, key=neg)
    missing = most - begin
    equals = begin + (turn * missing + np.arange(missing)) % (end - begin)
    return np.concatenate((np.arange(begin), equals))


def best_of(flags: Bools, score: Floats, most: int, turn: int) -> Ints:
    """The positions of the ``most`` best of those who are flagged."""
    rows = np.flatnonzero(flags)
    return rows[best(score[rows], most, turn)]
