"""What everybody can carry, and what cases take of the people on their teams."""

from dataclasses import dataclass, field

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole
from matching.mistakes import Negative, NotFinite, OutOfRange, check_amounts, same_length
from matching.pairs import no_ints


@dataclass(frozen=True, slots=True)
class People:
    """What each of n persons can carry.

    ``places`` int[n]: attorney and interpreter seats together; ``mentoring`` int[n]: mentor seats; ``hours``
    float[n]: for new cases in all (inf: no limit); ``speaks`` bool[n, languages]: well enough to talk with a client.
    """

    places: Ints
    mentoring: Ints
    hours: Floats
    speaks: Bools

    @property
    def n(self) -> int:
        """How many persons there are."""
        return len(self.places)

    def check(self) -> None:
        """Raise a BadProblem where nobody can have this to give."""
        same_length("people", self.places, self.mentoring, self.hours, self.speaks)
        for name, column in (("places", self.places), ("mentoring", self.mentoring), ("hours", self.hours)):
            if np.isnan(column).any():
                raise NotFinite(f"A person's {name} are not a number.")
            if (column < 0).any():
                row = int(np.argmax(column < 0))
                raise Negative(f"Person {row} has {column[row]:g} {name}; a capacity cannot be below zero.")


@dataclass(frozen=True, slots=True)
class Cases:
    """What each of m cases takes: ``hours`` of each attorney, ``interpreter_hours`` of each interpreter (0: none).

    ``tier`` int[m] says how urgent each is, 1 the most: no number of points serves a case at the cost of one of a tier
    above. Cases of tier 0, all where it is empty, come by their points alone. ``attorneys`` int[m] is how many each
    asks for, 1 or 2; where it is empty, one each.
    """

    hours: Floats
    interpreter_hours: Floats
    tier: Ints = field(default_factory=no_ints)
    attorneys: Ints = field(default_factory=no_ints)

    @property
    def with_two(self) -> Bools:
        """Which cases ask for two attorneys: bool[m]."""
        return self.attorneys > 1 if len(self.attorneys) else np.zeros(self.n, dtype=np.bool_)

    @property
    def n(self) -> int:
        """How many cases there are."""
        return len(self.hours)

    def tiers(self) -> Ints:
        """The tier of every case: int[m]."""
        return self.tier if len(self.tier) else np.zeros(self.n, dtype=np.int64)

    def taken(self, role: SeatRole) -> Floats:
        """The hours that a seat of this role takes of its holder: float[m]. Mentors count by cases only."""
        if role is SeatRole.MENTOR:
            return np.zeros(self.n)
        return self.interpreter_hours if role is SeatRole.INTERPRETER else self.hours

    def check(self) -> None:
        """Raise a BadProblem where no case can take this."""
        check_amounts("case hours", self.hours)
        check_amounts("interpreter hours", self.interpreter_hours)
        same_length("cases", self.hours, self.interpreter_hours, self.tiers(), self.with_two)
        check_amounts("tier", self.tiers().astype(np.float64))
        wrong = ~np.isin(self.attorneys, (1, 2))
        if wrong.any():
            case = int(np.argmax(wrong))
            raise OutOfRange(f"Case {case} asks for {self.attorneys[case]} attorneys; it can ask for 1 or 2.")
