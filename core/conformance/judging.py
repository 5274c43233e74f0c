"""Checks of rules and scorers: the answer's shape, purity, what they ask for, and how long they take."""

import string
from collections.abc import Iterator
from dataclasses import dataclass, fields
from time import thread_time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.conformance.asking import NO_IDENTITIES, Asker
from core.conformance.outcome import Advice, Check, Wrong
from core.conformance.samples import World, rows_of, sample_world
from core.model.plans.columns import CaseView, Ints, VolunteerColumns
from core.ruling import CASE_FIELDS, CasesOfPairs, PeopleOfPairs, declared

NANOSECONDS_A_PAIR: Final = 1000.0
"""What one answer may take. Array operations take 10 to 100; a loop over the volunteers takes thousands."""
CROWD: Final = 10_000
COLUMNS: Final = frozenset(column.name for column in fields(VolunteerColumns)) | {"is_a"}
PAIRED: Final = {"rules": "allows_pairs", "scorers": "points_of_pairs"}
Answer = NDArray[Any]


class Watched:
    """Cases or volunteers that note what is asked of them."""

    def __init__(self, inner: Any, asked: set[str]) -> None:
        self._inner, self._asked = inner, asked

    def __getattr__(self, name: str) -> Any:
        self._asked.add(name)
        return getattr(self._inner, name)


@dataclass(frozen=True, slots=True)
class Judge:
    """A rule or a scorer under check. ``kind`` is ``rules`` or ``scorers``."""

    kind: str
    provider: Any
    asker: Asker

    @property
    def world(self) -> World:
        """What it is asked about."""
        return sample_world()

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("answers for every case, and asks only for what it may", self.asks_only_what_it_may, basic=True)
        yield Check("the same answer twice, in any order", self.answers_the_same_twice)
        yield Check("says of a volunteer what that volunteer’s row says", self.judges_each_by_her_own_row)
        yield Check("nobody and one person alone", self.answers_about_few)
        if self._pairs() is not None:
            yield Check("pairs as it answers about one case", self.answers_alike_about_pairs)
        yield Check("reads what it declares", self.reads_what_it_declares)
        yield Check("its sentence", self.has_a_sentence)
        yield Check(f"at most {NANOSECONDS_A_PAIR:g} ns a pair", self.is_fast)

    def answer(self, view: Any, columns: Any) -> Answer:
        """What it says of one case and these volunteers, checked."""
        method = "allows" if self.kind == "rules" else "points"
        function = getattr(self.provider, method)
        given: Answer = self.asker.ask_checked(self.kind, method, function, declared(view, self._reads()), columns)
        return np.array(given)

    def _reads(self) -> tuple[str, ...]:
        return tuple(self.provider.reads)

    def _pairs(self) -> Any:
        return getattr(self.provider, PAIRED[self.kind], None)

    def asks_only_what_it_may(self) -> None:
        """No column that there is not, and above all nothing that would name a person."""
        self._asked_of_everything()

    def _asked_of_everything(self) -> set[str]:
        of_cases: set[str] = set()
        of_people: set[str] = set()
        for view in self.world.views:
            try:
                self.answer(Watched(view, of_cases), Watched(self.world.columns, of_people))
            finally:
                self._require_known(of_people)
        return of_cases

    def _require_known(self, asked: set[str]) -> None:
        unknown = sorted(name for name in asked - COLUMNS if not name.startswith("_"))
        if unknown:
            raise Wrong(
                f"It asks for volunteers.{unknown[0]}, which no plugin gets.",
                f"{NO_IDENTITIES} Volunteers have: {', '.join(sorted(COLUMNS))}.",
            )

    def answers_the_same_twice(self) -> None:
        """Nothing but the declared fields may matter: no clock, no chance, no memory of earlier questions."""
        first = [self.answer(view, self.world.columns) for view in self.world.views]
        again = [self.answer(view, self.world.columns) for view in reversed(self.world.views)]
        for view, one, other in zip(self.world.views, first, reversed(again), strict=True):
            if not _same(one, other):
                raise Wrong(
                    f"It gave two answers about one case ({_described(view, self._reads())}).",
                    "Let the answer depend on the declared fields and the volunteers' columns alone.",
                )

    def judges_each_by_her_own_row(self) -> None:
        """A run asks about everybody at once, a claim about one person: both must hear the same."""
        everybody = np.arange(self.world.columns.n)
        for number, view in enumerate(self.world.views):
            whole = self.answer(view, self.world.columns)
            parts = (everybody[::-3], everybody[number : number + 1])
            if not all(_same(whole[part], self.answer(view, rows_of(self.world.columns, part))) for part in parts):
                raise Wrong(
                    "What it says of a volunteer changes with who else is asked about.",
                    "Decide by the row itself: compare with a fixed value, not with the best or the mean of all.",
                )

    def answers_about_few(self) -> None:
        """Nobody at all, and one person."""
        for view in self.world.views:
            for rows in (np.arange(0), np.arange(1)):
                self.answer(view, rows_of(self.world.columns, rows))

    def answers_alike_about_pairs(self) -> None:
        """One rule, two ways of asking: the run's about pairs and the claim's about one case."""
        which, rows = self._pairs_concerned()
        self._answer_pairs(which[:0], rows[:0])
        given = self._answer_pairs(which, rows)
        single = np.array([self.answer(view, self.world.columns) for view in self.world.views])
        if not _same(given, single[which, rows]):
            raise Wrong(
                "About pairs it says something else than about one case.",
                "Let the answer depend on the values of its own row alone.",
            )

    def _pairs_concerned(self) -> tuple[Ints, Ints]:
        """The pairs that a run would ask about: all, or those whom ``among`` names."""
        among, index = self.provider.among, self.world.columns.index
        every = np.ones((len(self.world.views), len(index)), dtype=np.bool_)
        if among:
            every = np.array([np.isin(index, getattr(view, among)) for view in self.world.views])
        which, rows = np.nonzero(every)
        return which, rows

    def _answer_pairs(self, which: Ints, rows: Ints) -> Answer:
        asked: set[str] = set()
        people = PeopleOfPairs(self.world.columns, rows)
        cases = CasesOfPairs(self.world.views, which, self._reads())
        given = self.asker.ask_checked(self.kind, PAIRED[self.kind], self._pairs(), cases, Watched(people, asked))
        for name in (asked & COLUMNS) - {"n", "is_a"}:
            if not _same(getattr(people, name), getattr(self.world.columns, name)[rows]):
                raise Wrong(f"It changes volunteers.{name}.", "Copy a column before you write to it.")
        return np.array(given)

    def reads_what_it_declares(self) -> None:
        """Every declared field costs a question for each of its values."""
        named = {name for _, name, _, _ in string.Formatter().parse(self.provider.text) if name}
        idle = set(self._reads()) - self._asked_of_everything() - named - {getattr(self.provider, "among", "")}
        if idle:
            raise Advice(f"It declares {', '.join(sorted(idle))} and read none of it here.", "Declare what it reads.")

    def has_a_sentence(self) -> None:
        """A coordinator reads it where nobody may, or beside the points."""
        named = {name for _, name, _, _ in string.Formatter().parse(self.provider.text) if name}
        if named - CASE_FIELDS:
            raise Wrong(
                f"Its sentence names {{{min(named - CASE_FIELDS)}}}, which a case does not have.", "Correct it."
            )
        if named - set(self._reads()):
            raise Wrong(f"Its sentence names {{{min(named - set(self._reads()))}}}, which it does not read.", _ADD)
        if self.kind == "rules":
            for view in self.world.views:
                if not self.asker.ask_checked(self.kind, "explain", self.provider.explain, view).strip():
                    raise Wrong("It says nothing where nobody may.", _SENTENCE)
        if not self.provider.text.strip():
            raise Advice("It has no sentence.", _SENTENCE)

    def is_fast(self) -> None:
        """Measured as processor time, the best of three."""
        crowd = rows_of(self.world.columns, np.arange(CROWD) % self.world.columns.n)
        spent = min(self.asker.ask(self._timed, view, crowd) for view in self.world.views[:3])
        nanoseconds = spent / CROWD * 1e9
        if nanoseconds > NANOSECONDS_A_PAIR:
            raise Wrong(
                f"It takes {nanoseconds:,.0f} ns a pair.", "Work on whole columns with numpy, without a Python loop."
            )

    def _timed(self, view: CaseView, crowd: VolunteerColumns) -> float:
        function = self.provider.allows if self.kind == "rules" else self.provider.points
        began = thread_time()
        function(declared(view, self._reads()), crowd)
        return thread_time() - began


_ADD: Final = "Add it to reads, or leave it out of the sentence."
_SENTENCE: Final = "Give the function a docstring: its first line is what a coordinator reads."


def _same(one: Answer, other: Answer) -> bool:
    if one.dtype.kind == "f":
        return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True))
    return bool(np.array_equal(one, other))


def _described(view: CaseView, reads: tuple[str, ...]) -> str:
    return ", ".join(f"{name}={getattr(view, name)!r}" for name in reads) or "it reads nothing of it"
