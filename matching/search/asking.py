"""Asking rules and scorers about every case, each once for each distinct combination of what it reads.

A rule that fails blocks (a veto fails closed) and is named; a scorer that fails is left out (a preference fails open)
and is named. Answers over all volunteers are kept packed, so that many cases share them. Rules and scorers of pairs
answer about one case like all others; the pairs of many cases are put to them in aligned columns.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import AmparoError
from core.model.plans.columns import Bools, CaseView, Floats, Ints, VolunteerColumns
from core.model.plans.teams import ProviderFailure
from core.model.vocabulary import SeatRole
from core.protocols import PairRule, PairScorer, Rule, Scorer
from core.ruling import CasesOfPairs, PeopleOfPairs, declared, is_about
from matching.search.memory import Remembered
from matching.search.signatures import values_of

Packed = NDArray[np.uint8]
Key = tuple[int, Hashable]


class BadAnswer(AmparoError):
    """A provider answered with something else than one finite value for each volunteer or pair."""


class Asked:
    """What the rules and scorers say about cases and all volunteers, remembered."""

    def __init__(self, volunteers: VolunteerColumns, rules: Sequence[Rule], scorers: Sequence[Scorer]) -> None:
        self.volunteers, self.rules, self.scorers = volunteers, tuple(rules), tuple(scorers)
        self.pair_rules = {number: one for number, one in enumerate(self.rules) if isinstance(one, PairRule)}
        self.pair_scorers = {number: one for number, one in enumerate(self.scorers) if isinstance(one, PairScorer)}
        self._failures: dict[str, str] = {}
        self._allowed: Remembered[Packed] = Remembered()
        self._points: Remembered[Floats] = Remembered()
        self._nobody = np.packbits(np.zeros(volunteers.n, dtype=np.bool_))
        self._everybody = np.packbits(np.ones(volunteers.n, dtype=np.bool_))
        self._undecided: set[Key] = set()
        self._left_out: set[int] = set()

    @property
    def failures(self) -> tuple[ProviderFailure, ...]:
        """Who could not answer, with the first cause of each."""
        return tuple(ProviderFailure(name, cause) for name, cause in sorted(self._failures.items()))

    @property
    def left_out(self) -> frozenset[int]:
        """The numbers of the scorers that failed for some case, and so count for none."""
        return frozenset(self._left_out)

    def rules_for(self, role: SeatRole) -> list[int]:
        """The numbers of the rules that are asked about a seat."""
        return [number for number, rule in enumerate(self.rules) if is_about(rule, role)]

    def scorers_for(self, role: SeatRole) -> list[int]:
        """The numbers of the scorers that are asked about a seat and have not failed."""
        return [n for n, scorer in enumerate(self.scorers) if is_about(scorer, role) and n not in self._left_out]

    def allowed_by(self, number: int, case: CaseView) -> Bools:
        """One rule's answer about one case: bool[n]."""
        return self._unpacked(self.packed(number, case))

    def allowed(self, role: SeatRole, case: CaseView, *, without: frozenset[int] = frozenset()) -> Bools:
        """Whom all rules for a seat allow, leaving some rules out: bool[n]."""
        answers = [self.packed(number, case) for number in self.rules_for(role) if number not in without]
        return self._unpacked(np.bitwise_and.reduce(answers) if answers else self._everybody)

    def could_decide(self, number: int, case: CaseView) -> bool:
        """Whether one rule was able to answer about one case."""
        self.packed(number, case)
        return (number, values_of(self.rules[number].reads, case)) not in self._undecided

    def sentence(self, number: int, case: CaseView) -> str:
        """What one rule says where nobody may."""
        rule = self.rules[number]
        if not self.could_decide(number, case):
            return f"Could not decide: {rule.name}."
        try:
            said = rule.explain(case).strip()
        except Exception as error:  # isolation boundary: a plugin's sentence must not end the run
            self._fail(rule.name, error)
            said = ""
        return said or f"Not allowed by the rule {rule.name}."

    def packed(self, number: int, case: CaseView) -> Packed:
        """One rule's answer about one case as bits; nobody where it fails."""
        key = (number, values_of(self.rules[number].reads, case))
        return self._nobody if key in self._undecided else self._allowed.get(key, lambda: self._judged(key, case))

    def scored(self, number: int, case: CaseView) -> Floats | None:
        """One scorer's points in one case: float[n]; None where it fails, and from then on for every case."""
        if number in self._left_out:
            return None
        try:
            key = (number, values_of(self.scorers[number].reads, case))
            return self._points.get(key, lambda: self._given(number, case))
        except Exception as error:  # isolation boundary: a failing scorer is left out, and the run goes on
            self._leave_out(number, error)
            return None

    def points(self, role: SeatRole, case: CaseView) -> dict[str, Floats]:
        """The points that each scorer for a seat gives in one case: float[n] by name of the scorer."""
        answers = {self.scorers[number].name: self.scored(number, case) for number in self.scorers_for(role)}
        return {name: points for name, points in answers.items() if points is not None}

    def points_of(self, role: SeatRole, case: CaseView, person: int) -> dict[str, float]:
        """The points that each scorer for a seat gives one volunteer in one case, by name of the scorer."""
        alone = np.array([person], dtype=np.int64)
        found: dict[str, float] = {}
        for number in self.scorers_for(role):
            scorer = self.pair_scorers.get(number)
            if scorer is not None:
                among = not scorer.among or int(self.volunteers.index[person]) in getattr(case, scorer.among)
                points = self.scored_pairs(number, (case,), alone * 0, alone) if among else np.zeros(1)
                found |= {} if points is None else {scorer.name: float(points[0])}
            elif (column := self.scored(number, case)) is not None:
                found[self.scorers[number].name] = float(column[person])
        return found

    def allowed_pairs(self, number: int, cases: Sequence[CaseView], which: Ints, people: Ints) -> Bools | None:
        """The answer of a rule of pairs about k pairs: bool[k]; None where it fails, which counts for one case alone.

        After a failure about several cases, ask about each alone: it may fail for one of them only.
        """
        rule = self.pair_rules[number]
        try:
            asked = CasesOfPairs(cases, which, rule.reads), PeopleOfPairs(self.volunteers, people)
            return np.asarray(_column(rule.allows_pairs(*asked), len(people), "b"))
        except Exception as error:  # isolation boundary: a failing rule blocks, and the run goes on
            if len(cases) == 1:
                self._undecided.add((number, values_of(rule.reads, cases[0])))
                self._fail(rule.name, error)
            return None

    def scored_pairs(self, number: int, cases: Sequence[CaseView], which: Ints, people: Ints) -> Floats | None:
        """The points of a scorer of pairs for k pairs: float[k]; None where it fails, and from then on always."""
        scorer = self.pair_scorers[number]
        try:
            asked = CasesOfPairs(cases, which, scorer.reads), PeopleOfPairs(self.volunteers, people)
            return np.asarray(_column(scorer.points_of_pairs(*asked), len(people), "iuf"), dtype=np.float64)
        except Exception as error:  # isolation boundary: a failing scorer is left out, and the run goes on
            self._leave_out(number, error)
            return None

    def _unpacked(self, packed: Packed) -> Bools:
        return np.unpackbits(packed, count=self.volunteers.n).view(np.bool_)

    def _judged(self, key: Key, case: CaseView) -> Packed:
        rule = self.rules[key[0]]
        try:
            answer = rule.allows(declared(case, rule.reads), self.volunteers)
            return np.packbits(_column(answer, self.volunteers.n, "b"))
        except Exception as error:  # isolation boundary: a failing rule blocks, and the run goes on
            self._undecided.add(key)
            self._fail(rule.name, error)
            return self._nobody

    def _given(self, number: int, case: CaseView) -> Floats:
        scorer = self.scorers[number]
        answer = _column(scorer.points(declared(case, scorer.reads), self.volunteers), self.volunteers.n, "iuf")
        return _compact(answer.astype(np.float64))

    def _leave_out(self, number: int, error: Exception) -> None:
        self._left_out.add(number)
        self._fail(self.scorers[number].name, error)

    def _fail(self, name: str, error: Exception) -> None:
        said = str(error) if isinstance(error, AmparoError) else type(error).__name__
        self._failures.setdefault(name, said)


def _column(answer: Any, n: int, kinds: str) -> NDArray[Any]:
    column = np.asarray(answer)
    if column.shape != (n,) or column.dtype.kind not in kinds or not np.isfinite(column).all():
        raise BadAnswer(f"It answered {column.dtype}{list(column.shape)}, not one finite value for each row.")
    return column


def _compact(points: Floats) -> Floats:
    """The same points for everybody need no memory for each."""
    if len(points) and (points == points[0]).all():
        return np.broadcast_to(points[0], points.shape)
    return points
