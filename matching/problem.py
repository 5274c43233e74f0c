"""What the solver is asked and what it answers: arrays in, arrays out, no names of people.

A ``Problem`` is the candidate graph: who may fill which seat of which case, with a score, and what everybody can
carry. A ``Solution`` says which pairs are chosen and how good that is at best: its bound holds for every feasible
choice, whether or not the optimum was proved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from core.errors import AmparoError
from core.model.plans.columns import Floats, Ints
from core.model.vocabulary import SeatRole
from matching.amounts import Cases, People
from matching.mistakes import (
    BadProblem,
    FreeLeg,
    Negative,
    NotFinite,
    OutOfRange,
    check_legs,
    check_pairs,
)
from matching.pairs import (
    KINDS,
    MENTOR,
    AttorneyPairs,
    Chosen,
    CoCounselPairs,
    Legs,
    MentorPairs,
    Pairs,
    no_floats,
    no_ints,
)
from matching.sharing import Floors, Load

__all__ = [
    "KINDS",
    "OPTIMAL_GAP",
    "AttorneyPairs",
    "BadProblem",
    "Cases",
    "Chosen",
    "CoCounselPairs",
    "Floors",
    "FreeLeg",
    "Legs",
    "Load",
    "MentorPairs",
    "Negative",
    "NotFinite",
    "OutOfRange",
    "Pairs",
    "People",
    "Pin",
    "Prices",
    "Problem",
    "Solution",
    "SolverFailed",
    "relative_gap",
]

OPTIMAL_GAP: Final = 1e-6
"""Relative gap up to which a solution counts as proved optimal."""


class SolverFailed(AmparoError):
    """The optimiser gave up. No pairs were chosen."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A seat that is settled: only this person may fill it, and her place and hours are kept for it."""

    case: int
    role: SeatRole
    person: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A candidate graph. Raises a ``BadProblem`` when it is made of arrays that do not fit together."""

    people: People
    cases: Cases
    attorneys: AttorneyPairs = field(default_factory=AttorneyPairs)
    legs: Legs = field(default_factory=Legs)
    mentors: MentorPairs = field(default_factory=MentorPairs)
    pins: tuple[Pin, ...] = ()
    floors: Floors = field(default_factory=Floors)
    load: Load = field(default_factory=Load)
    co_counsel: CoCounselPairs = field(default_factory=CoCounselPairs)

    def __post_init__(self) -> None:
        self.people.check()
        self.cases.check()
        for role, pairs in zip(KINDS, self.tables, strict=True):
            check_pairs(str(role), pairs, self.cases.n, self.people.n)
        check_legs(self.legs, self.people.speaks.shape[1])
        for pin in self.pins:
            if not (0 <= pin.case < self.cases.n and 0 <= pin.person < self.people.n):
                raise OutOfRange(f"A pin names case {pin.case} and person {pin.person}, which do not exist.")
        self.floors.check(self.cases.n)
        self.load.check(self.people.n)

    @property
    def tables(self) -> tuple[Pairs, ...]:
        """The tables of pairs, in the order of ``KINDS``."""
        return self.attorneys, self.legs, self.mentors, self.co_counsel

    def with_tables(self, tables: Iterable[Pairs]) -> "Problem":
        """The same cases and people with other tables, in the order of ``KINDS``."""
        named: dict[str, Any] = dict(zip(("attorneys", "legs", "mentors", "co_counsel"), tables, strict=True))
        return replace(self, **named)

    @property
    def pairs(self) -> int:
        """How many pairs the tables have together."""
        return sum(len(table.case) for table in self.tables)

    @property
    def greatest_score(self) -> float:
        """The greatest score of a pair, whatever its sign."""
        return max(float(np.abs(table.score).max(initial=0.0)) for table in self.tables)

    def scores(self, chosen: Iterable[Ints]) -> float:
        """The sum of scores of the chosen rows of each table."""
        return float(sum(table.score[rows].sum() for table, rows in zip(self.tables, chosen, strict=True)))

    def objective(self, chosen: Chosen) -> float:
        """What is made as large as possible: the scores, less what load and missed floors cost."""
        return self.scores(chosen) - self.load_cost(chosen) - self.floors.penalty(self.served(chosen))

    def served(self, chosen: Chosen) -> Ints:
        """The cases that have a team."""
        return self.attorneys.case[chosen[0]]

    def served_by_tier(self, chosen: Chosen) -> tuple[int, ...]:
        """How many cases of tier 1, 2 and so on have a team."""
        counts = np.bincount(
            self.cases.tiers()[self.served(chosen)], minlength=1 + int(self.cases.tiers().max(initial=0))
        )
        return tuple(counts[1:].tolist())

    def load_cost(self, chosen: Chosen) -> float:
        """What it costs that some people are given several places. Settled seats are held, filled or not."""
        held, seats = np.zeros((2, len(KINDS), self.people.n), dtype=np.int64)
        for pin in self.pins:
            held[KINDS.index(pin.role), pin.person] += 1
        for kind, (table, rows) in enumerate(zip(self.tables, chosen, strict=True)):
            seats[kind] = np.bincount(table.person[rows], minlength=self.people.n)
        for pin in self.pins:
            table, rows = self.tables[KINDS.index(pin.role)], chosen[KINDS.index(pin.role)]
            filled = (table.case[rows] == pin.case) & (table.person[rows] == pin.person)
            seats[KINDS.index(pin.role), pin.person] -= np.count_nonzero(filled)
        others = [kind for kind in range(len(KINDS)) if kind != MENTOR]
        return self.load.cost((held[others].sum(axis=0), seats[others].sum(axis=0)), (held[MENTOR], seats[MENTOR]))


@dataclass(frozen=True, slots=True)
class Prices:
    """What one more of each would be worth at most: a place or hour of each person, a seat of each case.

    ``case`` float[m]: what the case's own team leaves over; ``places``, ``mentoring``, ``hours`` float[n];
    ``floors`` float[g]: what one case less in a floor would give back; ``tiers`` float[t]: what one case less would
    that is held of tier 1, 2 and so on, 0 where none had to be held.
    """

    case: Floats
    places: Floats
    mentoring: Floats
    hours: Floats
    floors: Floats = field(default_factory=no_floats)
    tiers: Floats = field(default_factory=no_floats)

    def due(self, problem: Problem) -> Floats:
        """What a team must be worth for its case: float[m]. The more a floor or a tier wants the case, the less."""
        raised = self.floors @ problem.floors.member if len(self.floors) else 0.0
        of_tier = np.concatenate(([0.0], self.tiers, np.zeros(1 + int(problem.cases.tiers().max(initial=0)))))
        due: Floats = np.maximum(self.case, 0.0) - raised - of_tier[problem.cases.tiers()]
        return due

    def charged(self, problem: Problem) -> tuple[Floats, ...]:
        """For every pair of each table, the price of what it takes of its person."""
        tables = zip(KINDS, problem.tables, strict=True)
        return tuple(self._charged(role, pairs, problem.cases) for role, pairs in tables)

    def _charged(self, role: SeatRole, pairs: Pairs, cases: Cases) -> Floats:
        if role is SeatRole.MENTOR:
            return np.asarray(self.mentoring[pairs.person])
        return np.asarray(self.places[pairs.person] + cases.taken(role)[pairs.case] * self.hours[pairs.person])


@dataclass(frozen=True, slots=True)
class Solution:
    """The chosen rows of each table of pairs.

    ``status`` is ``optimal`` (gap at most 1e-6), ``feasible``, or ``empty`` where nothing could be chosen at all.
    ``objective`` is what the problem makes as large as possible: scores, less what load and missed floors cost;
    ``bound`` bounds the same. ``gap`` is (bound - objective) / max(1, |objective|). ``missing`` int[g]: how many
    cases each floor lacks, ``given_back`` float[g]: what one case less in each would give back at most, ``tiers``: how
    many cases of tier 1, 2 and so on are served. The ``worth`` columns hold,
    for every pair of the problem, its score less the price of what it takes of its person: the order of reserves and
    runners-up.
    """

    status: str
    objective: float
    bound: float
    gap: float
    seconds: float
    attorneys: Ints
    legs: Ints
    mentors: Ints
    prices: Prices
    attorney_worth: Floats
    leg_worth: Floats
    mentor_worth: Floats
    missing: Ints = field(default_factory=no_ints)
    tiers: tuple[int, ...] = ()
    co_counsel: Ints = field(default_factory=no_ints)
    co_counsel_worth: Floats = field(default_factory=no_floats)
    given_back: Floats = field(default_factory=no_floats)

    @classmethod
    def of(cls, problem: Problem, chosen: Chosen, prices: Prices, worths: Iterable[Floats], **more: Any) -> "Solution":
        """A solution with what follows from the choice; ``more`` are the other fields."""
        attorneys, legs, mentors, co_counsel = chosen
        of_attorneys, of_legs, of_mentors, of_co_counsel = worths
        return cls(
            attorneys=attorneys,
            legs=legs,
            mentors=mentors,
            co_counsel=co_counsel,
            prices=prices,
            attorney_worth=of_attorneys,
            leg_worth=of_legs,
            mentor_worth=of_mentors,
            co_counsel_worth=of_co_counsel,
            missing=problem.floors.missing(problem.served(chosen)),
            tiers=problem.served_by_tier(chosen),
            **more,
        )

    def is_as_good_as(self, other: "Solution") -> bool:
        """Whether nothing is lost against another solution for the same cases: tier by tier, then by points."""
        return (self.tiers, self.objective) >= (other.tiers, other.objective)

    @property
    def chosen(self) -> Chosen:
        """The chosen rows of each table, in the order of ``KINDS``."""
        return self.attorneys, self.legs, self.mentors, self.co_counsel

    @property
    def worths(self) -> tuple[Floats, ...]:
        """The worth of the pairs of each table, in the order of ``KINDS``."""
        return self.attorney_worth, self.leg_worth, self.mentor_worth, self.co_counsel_worth


def relative_gap(objective: float, bound: float) -> float:
    """How far the bound lies above the objective, relative to it."""
    return max(0.0, bound - objective) / max(1.0, abs(objective))
