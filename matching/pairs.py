"""The tables of pairs of a problem: who may fill which seat of which case, with a score."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole

KINDS: Final = (SeatRole.ATTORNEY, SeatRole.INTERPRETER, SeatRole.MENTOR, SeatRole.CO_COUNSEL)
"""The seats in the order of a problem's tables. A kind of pair is numbered by its place here."""
ATTORNEY: Final = KINDS.index(SeatRole.ATTORNEY)
LEG: Final = KINDS.index(SeatRole.INTERPRETER)
MENTOR: Final = KINDS.index(SeatRole.MENTOR)
CO_COUNSEL: Final = KINDS.index(SeatRole.CO_COUNSEL)
SEATS_OF_TEAM: Final = (1, 2, 1, 1)
"""How many pairs of each kind a team has at most."""


def no_ints() -> Ints:
    """An empty column of numbers."""
    return np.empty(0, dtype=np.int64)


def no_floats() -> Floats:
    """An empty column of scores."""
    return np.empty(0, dtype=np.float64)


def no_bools() -> Bools:
    """An empty column of flags."""
    return np.empty(0, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class AttorneyPairs:
    """Candidates for lead attorneys' seats, one row a pair. ``direct``: speaks a language of the client."""

    case: Ints = field(default_factory=no_ints)
    person: Ints = field(default_factory=no_ints)
    score: Floats = field(default_factory=no_floats)
    direct: Bools = field(default_factory=no_bools)
    needs_mentor: Bools = field(default_factory=no_bools)


@dataclass(frozen=True, slots=True)
class Legs:
    """Candidates for interpreter seats, one row a pair and direction; the scores are below zero.

    A first leg (``relay`` false) leads from a language of the client to ``target``; a relay leg leads on from the
    ``target`` of a first leg.
    """

    case: Ints = field(default_factory=no_ints)
    person: Ints = field(default_factory=no_ints)
    source: Ints = field(default_factory=no_ints)
    target: Ints = field(default_factory=no_ints)
    relay: Bools = field(default_factory=no_bools)
    score: Floats = field(default_factory=no_floats)


@dataclass(frozen=True, slots=True)
class MentorPairs:
    """Candidates for mentor seats, one row a pair."""

    case: Ints = field(default_factory=no_ints)
    person: Ints = field(default_factory=no_ints)
    score: Floats = field(default_factory=no_floats)


@dataclass(frozen=True, slots=True)
class CoCounselPairs:
    """Candidates for the second seat of cases that ask for two attorneys, one row a pair."""

    case: Ints = field(default_factory=no_ints)
    person: Ints = field(default_factory=no_ints)
    score: Floats = field(default_factory=no_floats)


Pairs = AttorneyPairs | Legs | MentorPairs | CoCounselPairs
Chosen = tuple[Ints, ...]
"""Rows of each table, in their order."""
