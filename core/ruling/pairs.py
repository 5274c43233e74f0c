"""Rules and scorers of pairs: aligned columns, for what nearly every case has for itself.

One function serves both ways of asking: about one case (a claim, an approval, an explanation) it sees that case's
values once for each volunteer; in a matching run it sees the candidate pairs. So an answer must depend on the values
of its own row alone. Where few cases differ in what it ``reads`` the engine remembers its answers like any other's.

With ``among`` it is about those only whom a field of the case names: everybody else is allowed, and gets no points.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.model.plans.columns import Bools, CaseView, Floats, Ints, VolunteerColumns
from core.model.vocabulary import SeatRole
from core.ruling.declared import CasesOfPairs, PeopleOfPairs
from core.ruling.single import flags_of, of_function, points_of
from core.ruling.words import checked_among, filled_in

PairJudge = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class PairRule:
    """A hard constraint on pairs; the attributes are those of a ``Rule``."""

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    blocks: str
    text: str
    among: str
    judge: PairJudge = field(repr=False, compare=False)
    lead_only: bool = False

    def allows_pairs(self, cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Bools:
        """Ask about k pairs: bool[k]. Raises whatever the rule raises, and BadAnswer."""
        return flags_of(self.judge(cases, volunteers), volunteers.n)

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """Ask about one case and everybody: bool[n]."""
        rows = concerned(case, self.among, volunteers)
        allowed = np.ones(volunteers.n, dtype=np.bool_)
        if len(rows):
            allowed[rows] = self.allows_pairs(*pairs_of(case, self.reads, volunteers, rows))
        return allowed

    def explain(self, case: CaseView) -> str:
        """The rule's sentence for one case."""
        return filled_in(self.text, case)


@dataclass(frozen=True, slots=True)
class PairScorer:
    """A preference among pairs; the attributes are those of a ``Scorer``."""

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    weight: float
    text: str
    among: str
    judge: PairJudge = field(repr=False, compare=False)
    lead_only: bool = False

    def points_of_pairs(self, cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
        """Ask about k pairs: float[k], weighted. Raises whatever the scorer raises, and BadAnswer."""
        return points_of(self.judge(cases, volunteers), volunteers.n, self.weight)

    def points(self, case: CaseView, volunteers: VolunteerColumns) -> Floats:
        """Ask about one case and everybody: float[n], weighted."""
        rows = concerned(case, self.among, volunteers)
        points = np.zeros(volunteers.n)
        if len(rows):
            points[rows] = self.points_of_pairs(*pairs_of(case, self.reads, volunteers, rows))
        return points


def concerned(case: CaseView, among: str, volunteers: VolunteerColumns) -> Ints:
    """The rows of those whom a pair provider is about in one case: everybody where ``among`` is empty."""
    if not among:
        return np.arange(volunteers.n)
    named = getattr(case, among)
    return np.flatnonzero(np.isin(volunteers.index, named)) if named else np.empty(0, dtype=np.int64)


def pairs_of(
    case: CaseView, reads: tuple[str, ...], volunteers: VolunteerColumns, rows: Ints
) -> tuple[CasesOfPairs, PeopleOfPairs]:
    """One case with some volunteers, as aligned columns."""
    return CasesOfPairs((case,), np.zeros(len(rows), dtype=np.int64), reads), PeopleOfPairs(volunteers, rows)


def pair_rule(
    *,
    role: str | tuple[str, ...],
    reads: tuple[str, ...] = (),
    blocks: str,
    among: str = "",
    name: str = "",
    text: str = "",
) -> Callable[[PairJudge], PairRule]:
    """Make a rule of a function ``(cases, volunteers) -> bool[k]`` on aligned columns of k pairs.

    ``among`` names a field of volunteers ("barred", "prior", ...): the function is asked about those alone.
    """

    def make(judge: PairJudge) -> PairRule:
        known = of_function(judge, role=role, reads=_with(reads, among), name=name, text=text)
        return PairRule(**known, blocks=blocks, among=checked_among(among, known["name"]))

    return make


def pair_scorer(
    *,
    role: str | tuple[str, ...],
    reads: tuple[str, ...] = (),
    weight: float = 1.0,
    among: str = "",
    name: str = "",
    text: str = "",
) -> Callable[[PairJudge], PairScorer]:
    """Make a scorer of a function ``(cases, volunteers) -> float[k]`` on aligned columns of k pairs.

    ``among`` names a field of volunteers ("prior", "proposed_attorney", ...): the function is asked about those alone.
    """

    def make(judge: PairJudge) -> PairScorer:
        known = of_function(judge, role=role, reads=_with(reads, among), name=name, text=text)
        return PairScorer(**known, weight=weight, among=checked_among(among, known["name"]))

    return make


def _with(reads: tuple[str, ...], among: str) -> tuple[str, ...]:
    """An answer depends on whom it is about, too."""
    return (*reads, among) if among and among not in reads else reads
