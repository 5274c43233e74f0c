"""What can be wrong with the arrays of a problem: errors by name, and how they are found."""

import numpy as np
from numpy.typing import NDArray

from core.errors import AmparoError
from core.model.columns import Floats, Ints


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
