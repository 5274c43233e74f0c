"""What can be wrong with the arrays of a problem: errors by name, and how they are found."""

import numpy as np
from numpy.typing import NDArray

from core.errors import AmparoError
from core.model.plans.columns import Floats, Ints
from matching.pairs import Legs, Pairs


class BadProblem(AmparoError):
    """A problem that cannot be solved because its arrays make no sense. Nothing was solved."""


class NotFinite(BadProblem):
    """A score or a number of hours is NaN or infinite."""


class Negative(BadProblem):
    """A capacity or a number of hours is below zero."""


class OutOfRange(BadProblem):
    """A pair names a case, person or language that the problem does not have, or columns differ in length."""


class FreeLeg(BadProblem):
    """An interpreter leg has a score of zero or more: nothing would keep needless interpreters out of a team."""


def check_amounts(name: str, column: Floats, *, of: str = "case") -> None:
    """Raise NotFinite or Negative where an amount of a case, or of something else, makes no sense."""
    if not np.isfinite(column).all():
        raise NotFinite(f"The {name} of {of} {int(np.argmin(np.isfinite(column)))} are not a finite number.")
    if (column < 0).any():
        raise Negative(f"The {name} of {of} {int(np.argmax(column < 0))} are below zero.")


def check_pairs(name: str, pairs: Pairs, cases: int, people: int) -> None:
    """Raise a BadProblem where a table names somebody who is not there, or has a score that is none."""
    same_length(f"{name} pairs", *(getattr(pairs, column) for column in pairs.__slots__))
    in_range(f"{name} pair", "case", pairs.case, cases)
    in_range(f"{name} pair", "person", pairs.person, people)
    if not np.isfinite(pairs.score).all():
        row = int(np.argmin(np.isfinite(pairs.score)))
        raise NotFinite(
            f"The {name} pair of case {pairs.case[row]} and person {pairs.person[row]} has no finite score."
        )


def check_legs(legs: Legs, languages: int) -> None:
    """Raise a BadProblem where a leg names no language, or costs nothing."""
    in_range("leg", "source language", legs.source, languages)
    in_range("leg", "target language", legs.target, languages)
    if (legs.score >= 0).any():
        row = int(np.argmax(legs.score >= 0))
        raise FreeLeg(f"The leg of case {legs.case[row]} and person {legs.person[row]} has no negative score.")


def in_range(name: str, what: str, column: Ints, size: int) -> None:
    """Raise OutOfRange where a column names something beyond the ``size`` that there are."""
    wrong = (column < 0) | (column >= size)
    if wrong.any():
        raise OutOfRange(f"A {name} names {what} {column[int(np.argmax(wrong))]}; there are {size}.")


def same_length(name: str, *columns: NDArray[np.generic]) -> None:
    """Raise OutOfRange where columns differ in length."""
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        raise OutOfRange(f"The columns of the {name} have different lengths: {sorted(lengths)}.")
