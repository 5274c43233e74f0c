"""What a bar may see of what its members give: figures that rest on at least five people, and give away no smaller one.

Statistics offices hide every cell of a table that rests on fewer than k people (primary suppression), and more where
the hidden ones could be worked out from sums and differences (secondary suppression); or they round all cells to a
base, so that no sum is exact. Both are in Hundepool et al., Statistical Disclosure Control (Wiley, 2012), chapters 4
and 5. Here every figure is a lower bound in steps of k: whoever adds or takes away what is shown learns
no small figure. The rule:

1. A figure of fewer than k people is not shown, nor what rests on them: their cases and hours.
2. A shown figure is the true one or less: the next lower step (people and cases: k, hours: 50).
3. What is said of several years together, or of a group within another, is never more than what follows if one year
   had no more than is shown of it and every other year k - 1 more. So each year could be anything from what is shown
   of it to k - 1 more, whatever else is shown, and a hidden one anything from 0 to k - 1.
4. Cases and hours of several years are the sum of what is shown of each: they say nothing new.

Members are counted as the bar itself lists them. Since figures move in steps, a look every day shows no single event.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

K: Final = 5
"""A figure rests on so many people, or is not shown."""
HOURS: Final = 50
"""The steps of hours: about what one case takes, so that no single case moves a figure by more than one step."""


class YearOfBar(msgspec.Struct, frozen=True, kw_only=True):
    """What is true of one year: how many members joined us, took a case, and gave hours, the cases, and the hours.

    This is not for the bar to see.
    """

    year: int
    joined: int = 0
    took: int = 0
    cases: int = 0
    gave: int = 0
    hours: float = 0.0


class Figure(msgspec.Struct, frozen=True):
    """A figure as it is shown: at least so many. 0: it is not shown, since it rests on ``few`` people or would tell."""

    at_least: int = 0
    few: bool = False


class ShownYear(msgspec.Struct, frozen=True):
    """One year as it is shown; None for all of them together."""

    year: int | None
    joined: Figure
    took: Figure
    cases: Figure
    hours: Figure


class RosterFigures(msgspec.Struct, frozen=True):
    """How many members a roster lists, what they gave altogether, and by year from the first."""

    listed: int
    together: ShownYear
    years: tuple[ShownYear, ...]


def figures(listed: int, years: Sequence[YearOfBar], *, took: int) -> RosterFigures:
    """What is shown of these years, which follow each other. ``took`` members took a case in any of them.

    Of those who joined, each is counted once; who took cases in two years is counted in both, and once in ``took``.
    """
    joined = [_step(one.joined, K) for one in years]
    some_joined = _bounds(joined)
    taking = [min(_step(one.took, K), bound) for one, bound in zip(years, some_joined, strict=True)]
    some_took = [min(*both) for both in zip(_bounds(taking), some_joined, strict=True)]
    shown = [
        ShownYear(
            one.year,
            _figure(joined[at], one.joined),
            _figure(taking[at], one.took),
            _figure(_step(one.cases, K) if taking[at] else 0, one.took),
            _figure(_step(one.hours, HOURS) if one.gave >= K and some_took[at] else 0, one.gave),
        )
        for at, one in enumerate(years)
    ]
    everybody = sum(one.joined for one in years)
    together = ShownYear(
        None,
        _figure(min(_step(everybody, K), *some_joined[-1:]), everybody),
        _figure(min(_step(took, K), *some_took[-1:]), took),
        _figure(sum(one.cases.at_least for one in shown), took),
        _figure(sum(one.hours.at_least for one in shown), max((one.gave for one in years), default=0)),
    )
    return RosterFigures(listed, together, tuple(shown))


def _step(value: float, size: int) -> int:
    """The next lower step."""
    return int(value // size) * size


def _bounds(shown: Sequence[int]) -> list[int]:
    """What may be said of all years until each, by rule 3."""
    bounds, total = list[int](), 0
    for others, one in enumerate(shown):
        total += one
        bounds.append(total + _step((K - 1) * others, K))
    return bounds


def _figure(at_least: int, people: int) -> Figure:
    return Figure(at_least, few=not at_least and people < K)
