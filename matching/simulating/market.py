"""What a year asks for: its candidate graph, when each case comes, how long it waits; and parts of it as problems."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.model.cases.urgency import NOW_DAYS, SOON_DAYS, Tier
from core.model.plans.columns import Ints
from matching.problem import Cases, Chosen, OutOfRange, Pairs, People, Problem

PATIENCE_WEEKS: Final = {Tier.NOW: NOW_DAYS // 7, Tier.SOON: SOON_DAYS // 7, Tier.NONE: 26}
"""For how many weekly runs a case waits before the clinic loses it: as long as its tier lasts, at most half a year."""


@dataclass(frozen=True, slots=True)
class Market:
    """A year of ``weeks`` weeks.

    ``problem`` holds the pairs of all cases and what everybody can carry at once; ``week`` int[m] the week in which
    each case comes, below zero for the past that is only learned from; ``patience`` int[m] for how many runs it waits;
    ``busy`` for how many weeks a seat keeps its person's place. ``underway`` int[busy, 2, n]: places and mentoring that
    are taken when the year begins, by the week in which they become free; None where everybody is free.
    """

    problem: Problem
    week: Ints
    patience: Ints
    weeks: int
    busy: int
    underway: Ints | None = None

    def __post_init__(self) -> None:
        if not len(self.week) == len(self.patience) == self.problem.cases.n:
            raise OutOfRange(f"There are {self.problem.cases.n} cases; each needs a week and a patience.")
        if self.weeks < 1 or self.busy < 1:
            raise OutOfRange("A replay and a seat last one week at least.")

    def dealt_anew(self, seed: int) -> "Market":
        """The same cases and as many arrivals in each week, in another order."""
        order = np.random.default_rng(seed).permutation(len(self.week))
        return replace(self, week=self.week[order])

    def in_full_swing(self, seed: int) -> "Market":
        """The same year in a clinic at work: everybody's places are taken, and come free evenly, as chance has it."""
        people, random = self.problem.people, np.random.default_rng(seed)
        underway = np.zeros((self.busy, 2, people.n), dtype=np.int64)
        for kind, places in enumerate((people.places, people.mentoring)):
            whose = np.repeat(np.arange(people.n), places)
            weeks = random.integers(0, self.busy, len(whose))
            underway[:, kind] = np.bincount(weeks * people.n + whose, minlength=self.busy * people.n).reshape(
                self.busy, -1
            )
        return replace(self, underway=underway)

    @property
    def arriving(self) -> Ints:
        """The cases that come within the year."""
        return np.flatnonzero((self.week >= 0) & (self.week < self.weeks))

    def waiting(self, week: int, served: Ints) -> Ints:
        """The cases that have come by a week, still wait in it and were not served before it (``served`` below 0)."""
        came = (self.week >= 0) & (self.week <= week)
        return np.flatnonzero(came & (week < self.week + self.patience) & (served < 0))

    def recent(self, week: int, span: int) -> Ints:
        """The cases of the ``span`` weeks up to and including this one."""
        return np.flatnonzero((self.week <= week) & (self.week > week - span))

    def seen(self, week: int, span: int) -> int:
        """How many weeks up to and including this one are known, at most ``span``."""
        return min(span, week + 1 - min(0, int(self.week.min(initial=0))))


@dataclass(frozen=True, slots=True)
class Part:
    """Some cases of a problem as a problem of their own; ``cases`` and ``rows`` lead back, table by table."""

    problem: Problem
    cases: Ints
    rows: Chosen

    def chosen(self, chosen: Iterable[Ints]) -> Chosen:
        """Rows of the part's tables as rows of the whole's."""
        return tuple(whole[rows] for whole, rows in zip(self.rows, chosen, strict=True))


def part_of(whole: Problem, cases: Ints, people: People) -> Part:
    """The pairs of these cases, with what these people have left. A case that is named twice comes twice."""
    tables, rows = zip(*(_table(table, cases) for table in whole.tables), strict=True)
    asked = whole.cases
    attorneys = asked.attorneys[cases] if len(asked.attorneys) else asked.attorneys
    amounts = Cases(asked.hours[cases], asked.interpreter_hours[cases], attorneys=attorneys)
    return Part(Problem(people, amounts).with_tables(tables), cases, rows)


def _table(table: Pairs, cases: Ints) -> tuple[Pairs, Ints]:
    """The rows of these cases, numbered anew. Tables are in the order of their cases."""
    first, last = np.searchsorted(table.case, cases), np.searchsorted(table.case, cases, side="right")
    lengths = last - first
    before = np.cumsum(lengths) - lengths
    rows = np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))
    columns = {name: getattr(table, name)[rows] for name in table.__slots__ if name != "case"}
    return replace(table, case=np.repeat(np.arange(len(cases)), lengths), **columns), rows
