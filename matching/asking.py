"""Asking rules and scorers about every case, each once for each distinct combination of what it reads.

A rule that fails blocks (a veto fails closed) and is named; a scorer that fails is left out (a preference fails open)
and is named. Answers over all volunteers are kept packed, so that many cases share them.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import AmparoError
from core.model.columns import Bools, CaseView, Floats, VolunteerColumns
from core.model.teams import ProviderFailure
from core.model.vocabulary import SeatRole
from core.protocols import Rule, Scorer

Packed = NDArray[np.uint8]


class BadAnswer(AmparoError):
    """A provider answered with something else than one finite value for each volunteer."""


class Asked:
    """What the rules and scorers say about cases and all volunteers, remembered."""

    def __init__(self, volunteers: VolunteerColumns, rules: Sequence[Rule], scorers: Sequence[Scorer]) -> None:
        self.volunteers, self.rules, self.scorers = volunteers, tuple(rules), tuple(scorers)
        self._failures: dict[str, str] = {}
        self._allowed: dict[tuple[int, Hashable], Packed] = {}
        self._points: dict[tuple[int, Hashable], Floats] = {}
        self._nobody = np.packbits(np.zeros(volunteers.n, dtype=np.bool_))
        self._everybody = np.packbits(np.ones(volunteers.n, dtype=np.bool_))
        self._undecided: set[tuple[int, Hashable]] = set()
        self._left_out: set[int] = set()

    @property
    def failures(self) -> tuple[ProviderFailure, ...]:
        """Who could not answer, with the first cause of each."""
        return tuple(ProviderFailure(name, cause) for name, cause in sorted(self._failures.items()))

    def rules_for(self, role: SeatRole) -> list[int]:
        """The numbers of the rules that are asked about a seat."""
        return [number for number, rule in enumerate(self.rules) if role in rule.roles]

    def allowed_by(self, number: int, case: CaseView) -> Bools:
        """One rule's answer about one case: bool[n]."""
        return self._unpacked(self._packed(number, case))

    def allowed(self, role: SeatRole, case: CaseView, *, without: frozenset[int] = frozenset()) -> Bools:
        """Whom all rules for a seat allow, leaving some rules out: bool[n]."""
        answers = [self._packed(number, case) for number in self.rules_for(role) if number not in without]
        return self._unpacked(np.bitwise_and.reduce(answers) if answers else self._everybody)

    def could_decide(self, number: int, case: CaseView) -> bool:
        """Whether one rule was able to answer about one case."""
        self._packed(number, case)
        key = self._key(self.rules[number], case)
        return key is not None and (number, key) not in self._undecided

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

    def score_all(self, cases: Sequence[CaseView]) -> None:
        """Ask every scorer about every case, so that one that fails anywhere is left out everywhere."""
        for number in range(len(self.scorers)):
            for case in cases:
                self._scored(number, case)

    def points(self, role: SeatRole, case: CaseView) -> dict[str, Floats]:
        """The points that each scorer for a seat gives in one case: float[n] by name of the scorer."""
        answers = {
            scorer.name: self._scored(number, case)
            for number, scorer in enumerate(self.scorers)
            if role in scorer.roles
        }
        return {name: points for name, points in answers.items() if points is not None}

    def _unpacked(self, packed: Packed) -> Bools:
        return np.unpackbits(packed, count=self.volunteers.n).astype(np.bool_)

    def _packed(self, number: int, case: CaseView) -> Packed:
        rule = self.rules[number]
        key = self._key(rule, case)
        if key is None:
            return self._nobody
        if (number, key) not in self._allowed:
            self._allowed[number, key] = self._ask(number, key, case)
        return self._allowed[number, key]

    def _ask(self, number: int, key: Hashable, case: CaseView) -> Packed:
        rule = self.rules[number]
        try:
            return np.packbits(_column(rule.allows(case, self.volunteers), self.volunteers.n, "b"))
        except Exception as error:  # isolation boundary: a failing rule blocks, and the run goes on
            self._undecided.add((number, key))
            self._fail(rule.name, error)
            return self._nobody

    def _scored(self, number: int, case: CaseView) -> Floats | None:
        scorer = self.scorers[number]
        key = self._key(scorer, case)
        if number in self._left_out or key is None:
            return None
        if (number, key) not in self._points:
            try:
                answer = _column(scorer.points(case, self.volunteers), self.volunteers.n, "iuf")
            except Exception as error:  # isolation boundary: a failing scorer is left out, and the run goes on
                self._left_out.add(number)
                self._fail(scorer.name, error)
                return None
            self._points[number, key] = _compact(answer.astype(np.float64))
        return self._points[number, key]

    def _key(self, provider: Rule | Scorer, case: CaseView) -> Hashable:
        try:
            key = _plain(provider.key(case))
            hash(key)
        except Exception as error:  # isolation boundary: as for the answer itself
            self._fail(provider.name, error)
            self._left_out.update(number for number, one in enumerate(self.scorers) if one is provider)
            return None
        return key

    def _fail(self, name: str, error: Exception) -> None:
        said = str(error) if isinstance(error, AmparoError) else type(error).__name__
        self._failures.setdefault(name, said)


def _plain(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """A key that equals itself: nan (an unknown place) does not."""
    return tuple(None if isinstance(part, float) and part != part else part for part in key)


def _column(answer: Any, n: int, kinds: str) -> NDArray[Any]:
    column = np.asarray(answer)
    if column.shape != (n,) or column.dtype.kind not in kinds or not np.isfinite(column).all():
        raise BadAnswer(f"It answered {column.dtype}{list(column.shape)}, not one finite value for each volunteer.")
    return column


def _compact(points: Floats) -> Floats:
    """The same points for everybody need no memory for each."""
    if len(points) and (points == points[0]).all():
        return np.broadcast_to(points[0], points.shape)
    return points
