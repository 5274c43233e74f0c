"""Rules and scorers of one case's values and whole columns of volunteers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.model.plans.columns import Bools, CaseView, Floats, VolunteerColumns
from core.model.vocabulary import SeatRole
from core.ruling.declared import BadAnswer, Declared
from core.ruling.words import checked_reads, filled_in, is_lead_only, seats_of, sentence_of

Judge = Callable[[Any, VolunteerColumns], Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard constraint on who may fill a seat.

    ``blocks`` is the short code under which an unmatched case reports it ("skill", "location"); ``text`` says in a
    sentence what is missing, with the declared fields in braces. ``lead_only``: what it says is not about co-counsel.
    """

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    blocks: str
    text: str
    judge: Judge = field(repr=False, compare=False)
    lead_only: bool = False

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """Ask the rule about one case: bool[n]. Raises whatever the rule raises, and BadAnswer."""
        return flags_of(self.judge(Declared(case, self.reads), volunteers), volunteers.n)

    def explain(self, case: CaseView) -> str:
        """The rule's sentence for one case."""
        return filled_in(self.text, case)


@dataclass(frozen=True, slots=True)
class Scorer:
    """A preference among those who may: its answer, a float for each volunteer, times its ``weight``, is points."""

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    weight: float
    text: str
    judge: Judge = field(repr=False, compare=False)
    lead_only: bool = False

    def points(self, case: CaseView, volunteers: VolunteerColumns) -> Floats:
        """Ask the scorer about one case: float[n], weighted. Raises whatever it raises, and BadAnswer."""
        return points_of(self.judge(Declared(case, self.reads), volunteers), volunteers.n, self.weight)


def flags_of(answer: Any, n: int) -> Bools:
    """A rule's answer as bool[n]; raises BadAnswer where it is something else."""
    flags = np.asarray(answer)
    if flags.shape != (n,) or flags.dtype != np.bool_:
        raise BadAnswer(f"It returned {flags.dtype}{list(flags.shape)} instead of bool[{n}].")
    return flags


def points_of(answer: Any, n: int, weight: float) -> Floats:
    """A scorer's answer times its weight as float[n]; raises BadAnswer where it is something else."""
    given = np.asarray(answer)
    if given.shape != (n,) or given.dtype.kind not in "biuf":
        raise BadAnswer(f"It returned {given.dtype}{list(given.shape)} instead of float[{n}].")
    points: Floats = given.astype(np.float64) * weight
    if not np.isfinite(points).all():
        raise BadAnswer("It returned a score that is not a finite number.")
    return points


def of_function(
    judge: Callable[..., Any], *, role: str | tuple[str, ...], reads: tuple[str, ...], name: str, text: str
) -> dict[str, Any]:
    """What a function says of itself as a provider of any kind: its name, seats, fields, sentence, and itself."""
    called = name or judge.__name__
    return {
        "name": called,
        "roles": seats_of(role),
        "reads": checked_reads(reads, called),
        "text": sentence_of(text, judge.__doc__),
        "judge": judge,
        "lead_only": is_lead_only(role),
    }


def rule(
    *, role: str | tuple[str, ...], reads: tuple[str, ...], blocks: str, name: str = "", text: str = ""
) -> Callable[[Judge], Rule]:
    """Make a rule of a function ``(case, volunteers) -> bool[n]``. The docstring is its sentence."""

    def make(judge: Judge) -> Rule:
        return Rule(**of_function(judge, role=role, reads=reads, name=name, text=text), blocks=blocks)

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
        return Scorer(**of_function(judge, role=role, reads=reads, name=name, text=text), weight=weight)

    return make
