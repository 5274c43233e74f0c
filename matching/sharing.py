"""How help and work are shared out: floors for groups of cases, and load that grows dearer place by place.

Both are wishes with a price in points, never conditions: a floor that cannot be reached costs its points for every case
that is missing, and whoever has room may be given all of it if nobody else would do.
"""

from dataclasses import dataclass, field

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.mistakes import OutOfRange, check_amounts, same_length
from matching.pairs import no_floats, no_ints


def no_members() -> Bools:
    """The members of no group."""
    return np.empty((0, 0), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Floors:
    """Of g groups of cases, how many cases of each should be served at least.

    ``member`` bool[g, m]: which cases are in a group; ``wanted`` int[g]: how many of them; ``points`` float[g]: what
    each one that is missing takes off the value of a choice.
    """

    member: Bools = field(default_factory=no_members)
    wanted: Ints = field(default_factory=no_ints)
    points: Floats = field(default_factory=no_floats)

    @property
    def n(self) -> int:
        """How many groups there are."""
        return len(self.wanted)

    def check(self, cases: int) -> None:
        """Raise a BadProblem where these are no floors for so many cases."""
        same_length("floors", self.member, self.wanted, self.points)
        check_amounts("points", self.points, of="floor")
        if self.n and self.member.shape[1] != cases:
            raise OutOfRange(f"The floors know {self.member.shape[1]} cases; there are {cases}.")

    def missing(self, served: Ints) -> Ints:
        """How many cases are missing in each group when these are served: int[g]."""
        reached = self.member[:, served].sum(axis=1) if self.n else no_ints()
        short: Ints = np.maximum(self.wanted - reached, 0)
        return short

    def penalty(self, served: Ints) -> float:
        """What is taken off the value when these cases are served."""
        return float(self.points @ self.missing(served))


@dataclass(frozen=True, slots=True)
class Load:
    """By how many points each place of a person costs more than her place before; her first one costs nothing.

    ``places`` float[n] for attorney and interpreter seats, ``mentoring`` float[n] for mentor seats; empty: no cost.
    """

    places: Floats = field(default_factory=no_floats)
    mentoring: Floats = field(default_factory=no_floats)

    def check(self, people: int) -> None:
        """Raise a BadProblem where this is not the load of so many people."""
        for step in (self.places, self.mentoring):
            check_amounts("cost of load", step, of="person")
            if len(step) not in (0, people):
                raise OutOfRange(f"The load is that of {len(step)} persons; there are {people}.")

    def cost(self, places: tuple[Ints, Ints], mentoring: tuple[Ints, Ints]) -> float:
        """What it costs that everybody, holding so many places already, takes so many more: (int[n], int[n]) each."""
        return sum(_rising(step, *seats) for step, seats in ((self.places, places), (self.mentoring, mentoring)))


def _rising(step: Floats, held: Ints, more: Ints) -> float:
    return float(step @ (more * held + more * (more - 1) / 2)) if len(step) else 0.0
