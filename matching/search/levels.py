"""One rule's or scorer's answers for the groups of cases that it tells apart, equal answers being one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.model.plans.columns import CaseView, Floats, Ints
from matching.search.asking import Asked
from matching.search.signatures import Alike

FEW: Final = 4
"""Rules with so few answers are applied early: they narrow much and split little."""
SAMPLE: Final = 512

Answer = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Level:
    """``group`` int[m] is each case's answer by number; ``answer(number)`` a column over all volunteers, or None.

    None: it changes nothing. ``same`` float[groups of cases] are points that everybody gets; ``common`` is how many
    people the most frequent answer is given to, from 0 to 1.
    """

    is_rule: bool
    reads: tuple[str, ...]
    group: Ints
    count: int
    answer: Callable[[int], Answer | None]
    same: Floats = field(default_factory=lambda: np.empty(0))
    common: float = 0.0


def rule_level(asked: Asked, number: int, views: Sequence[CaseView], alike: Alike) -> Level:
    """A rule's answers, asked for once for each group of cases."""
    numbers: dict[bytes, int] = {}
    of_group = np.zeros(alike.count, dtype=np.int64)
    first: list[int] = []
    for group, case in enumerate(alike.first.tolist()):
        digest = blake2b(asked.packed(number, views[case]).tobytes(), digest_size=16).digest()
        of_group[group] = numbers.setdefault(digest, len(numbers))
        if len(first) < len(numbers):
            first.append(case)

    def answer(one: int) -> Answer | None:
        return asked.allowed_by(number, views[first[one]])

    return Level(True, asked.rules[number].reads, of_group[alike.group], len(numbers), answer)


def score_level(asked: Asked, number: int, views: Sequence[CaseView], alike: Alike, people: Ints) -> Level:
    """A scorer's answers about these people; number 0 stands for all that give everybody the same."""
    of_group, first, same = np.zeros(alike.count, dtype=np.int64), [-1], np.zeros(alike.count)
    common = 1.0
    for group, case in enumerate(alike.first.tolist()):
        column = asked.scored(number, views[case])
        if column is None:
            return Level(False, (), alike.group * 0, 1, lambda one: None, same * 0.0)
        mine = column[people]
        if not len(mine) or mine.min() == mine.max():
            same[group] = mine[0] if len(mine) else 0.0
            continue
        of_group[group] = len(first)
        first.append(case)
        common = min(common, _common(mine))

    def answer(one: int) -> Answer | None:
        return asked.scored(number, views[first[one]]) if one else None

    return Level(False, asked.scorers[number].reads, of_group[alike.group], len(first), answer, same, common)


def broad_first(rules: list[Level], scores: list[Level]) -> list[Level]:
    """An order in which little is done twice.

    First the rules that split the cases no further than the scorers do, then the scorers, the one whose points are
    most alike last (people in order stay nearly in order), then the rules that only leave people out.
    """
    read = {name for level in scores for name in level.reads}
    broad = [level for level in rules if set(level.reads) <= read or level.count <= FEW]
    fine = [level for level in rules if not any(level is one for one in broad)]
    return [
        *sorted(broad, key=lambda level: level.count),
        *sorted(scores, key=lambda level: level.common),
        *sorted(fine, key=lambda level: level.count),
    ]


def _common(points: Floats) -> float:
    """How frequent the most frequent points are, in a sample."""
    sample = points[:: max(1, len(points) // SAMPLE)]
    return float(np.unique(sample, return_counts=True)[1].max() / len(sample))
