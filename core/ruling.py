"""Rules and scorers: how a partner says who may take a case, and who had better.

A rule is a function of one case's values and whole columns of volunteers. It declares the case fields that it
``reads``; the engine asks it once for each distinct combination of those, can explain a missing match by leaving
it out, and refuses it when it touches anything else of the case.
"""

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from core.errors import AmparoError
from core.model.columns import AREAS, GENDERS, Bools, CaseView, Floats, VolunteerColumns
from core.model.vocabulary import PracticeArea, SeatRole

Judge = Callable[[Any, VolunteerColumns], Any]
CASE_FIELDS = frozenset(column.name for column in fields(CaseView))


class UndeclaredField(AmparoError):
    """A rule or scorer read a field of the case that it did not declare in ``reads``."""


class BadAnswer(AmparoError):
    """A rule or scorer returned something other than one finite value for each volunteer."""


class Declared:
    """A view of a case that shows the declared fields only."""

    __slots__ = ("_case", "_reads")

    def __init__(self, case: CaseView, reads: Iterable[str]) -> None:
        self._case, self._reads = case, frozenset(reads)

    def __getattr__(self, name: str) -> Any:
        if name not in self._reads:
            raise UndeclaredField(f"It reads case.{name} without declaring it: add {name!r} to reads.")
        return getattr(self._case, name)


def _roles(role: str | tuple[str, ...]) -> tuple[SeatRole, ...]:
    return tuple(SeatRole(one) for one in ((role,) if isinstance(role, str) else role))


def _checked(reads: tuple[str, ...], name: str) -> tuple[str, ...]:
    unknown = sorted(set(reads) - CASE_FIELDS)
    if unknown:
        raise AmparoError(f"{name} reads {', '.join(unknown)}, which a case does not have.")
    return reads


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard constraint on who may fill a seat.

    ``blocks`` is the short code under which an unmatched case reports it ("skill", "location"); ``text`` says in a
    sentence what is missing, with the declared fields in braces.
    """

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    blocks: str
    text: str
    judge: Judge = field(repr=False, compare=False)

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """Ask the rule about one case: bool[n]. Raises whatever the rule raises, and BadAnswer."""
        answer = np.asarray(self.judge(Declared(case, self.reads), volunteers))
        if answer.shape != (volunteers.n,) or answer.dtype != np.bool_:
            raise BadAnswer(f"It returned {answer.dtype}{list(answer.shape)} instead of bool[{volunteers.n}].")
        return answer

    def key(self, case: CaseView) -> tuple[Any, ...]:
        """The combination of values that the answer depends on."""
        return tuple(getattr(case, name) for name in self.reads)

    def explain(self, case: CaseView) -> str:
        """The rule's sentence for one case."""
        names = [name for _, name, _, _ in string.Formatter().parse(self.text) if name]
        return self.text.format(**{name: label(case, name) for name in names})


@dataclass(frozen=True, slots=True)
class Scorer:
    """A preference among those who may: its answer, a float for each volunteer, times its ``weight``, is points."""

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    weight: float
    text: str
    judge: Judge = field(repr=False, compare=False)

    def points(self, case: CaseView, volunteers: VolunteerColumns) -> Floats:
        """Ask the scorer about one case: float[n], weighted. Raises whatever it raises, and BadAnswer."""
        answer = np.asarray(self.judge(Declared(case, self.reads), volunteers))
        if answer.shape != (volunteers.n,) or answer.dtype.kind not in "biuf":
            raise BadAnswer(f"It returned {answer.dtype}{list(answer.shape)} instead of float[{volunteers.n}].")
        points: Floats = answer.astype(np.float64) * self.weight
        if not np.isfinite(points).all():
            raise BadAnswer("It returned a score that is not a finite number.")
        return points

    def key(self, case: CaseView) -> tuple[Any, ...]:
        """The combination of values that the answer depends on."""
        return tuple(getattr(case, name) for name in self.reads)


def rule(
    *, role: str | tuple[str, ...], reads: tuple[str, ...], blocks: str, name: str = "", text: str = ""
) -> Callable[[Judge], Rule]:
    """Make a rule of a function ``(case, volunteers) -> bool[n]``. The docstring is its sentence."""

    def make(judge: Judge) -> Rule:
        called = name or judge.__name__
        sentence = text or (judge.__doc__ or "").strip().split("\n")[0]
        return Rule(called, _roles(role), _checked(reads, called), blocks, sentence, judge)

    return make


def scorer(
    *,
    role: str | tuple[str, ...],
    reads: tuple[str, ...],
    weight: float = 1.0,
    name: str = "",
    text: str = "",
) -> Callable[[Judge], Scorer]:
    """Make a scorer of a function ``(case, volunteers) -> float[n]``. The docstring is its sentence."""

    def make(judge: Judge) -> Scorer:
        called = name or judge.__name__
        sentence = text or (judge.__doc__ or "").strip().split("\n")[0]
        return Scorer(called, _roles(role), _checked(reads, called), weight, sentence, judge)

    return make


def label(case: CaseView, name: str) -> str:
    """A field of a case in words, for a rule's sentence."""
    value = getattr(case, name)
    if name == "practice_area":
        return "DACA or TPS" if AREAS[value] is PracticeArea.DACA_TPS else str(AREAS[value])
    if name == "interpreter_gender":
        return "" if value is None else str(GENDERS[value])
    return f"{value:g}" if isinstance(value, float) else str(value)
