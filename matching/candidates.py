"""From a snapshot to a problem: who may fill which seat, with what score, and the worthiest of them kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.model.cases.urgency import Tier
from core.model.plans.columns import CaseView, CodeBook, VolunteerColumns, case_view, volunteer_columns
from core.model.plans.snapshot import Snapshot
from core.model.vocabulary import SeatRole
from core.protocols import Rule, Scorer
from matching.problem import Cases, People, Pin, Problem
from matching.search.asking import Asked
from matching.search.dropped import Dropped
from matching.search.finding import Counts, Finder, Found
from matching.search.interpreting import Directions
from matching.search.keeping import Width
from matching.search.searching import WAIVED, Search, student_only
from matching.search.slow import slow_providers
from matching.search.violators import Violators
from matching.search.wishes import floors_of, load_of

__all__ = ["EVERY_PAIR", "WAIVED", "Candidates", "Width", "find_candidates", "student_only"]

EVERY_PAIR: Final = Width(whole=2**62)
"""Nothing is left out, however many pairs there are."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A snapshot as rules and scorers read it: columns of volunteers and values of cases, in one code."""

    snapshot: Snapshot
    book: CodeBook
    volunteers: VolunteerColumns
    views: tuple[CaseView, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Coded":
        """Code a snapshot."""
        book = CodeBook.of(snapshot)
        views = tuple(case_view(case, book, snapshot.today) for case in snapshot.cases)
        return cls(snapshot, book, volunteer_columns(snapshot, book), views)


@dataclass(frozen=True, slots=True)
class Candidates:
    """A snapshot with everything that was asked about it, and the problem that came of it.

    ``pruned`` says in a sentence which pairs were left out (empty: none), ``dropped`` can tell whether that cost
    anything; ``slow`` says which rules and scorers are asked too often to be quick.
    """

    snapshot: Snapshot
    book: CodeBook
    volunteers: VolunteerColumns
    views: tuple[CaseView, ...]
    directions: Directions
    asked: Asked
    problem: Problem
    pruned: str
    dropped: Dropped
    width: Width
    slow: tuple[str, ...] = ()

    def with_violators(self, violators: Violators) -> "Candidates":
        """The same with some of the pairs let in that were left out."""
        problem = violators.joined(self.problem)
        dropped = self.dropped.with_problem(problem)
        return replace(self, problem=problem, dropped=dropped, pruned=pruning(dropped.counts, self.width))

    @property
    def tags(self) -> list[str]:
        """Language tags by their number in the problem."""
        return list(self.book.languages)


def find_candidates(
    snapshot: Snapshot,
    rules: Sequence[Rule],
    scorers: Sequence[Scorer],
    *,
    report: Callable[[int, int], None] = lambda done, of: None,
    every_pair: bool = False,
    width: Width = Width(),  # noqa: B008 -- frozen
) -> Candidates:
    """Ask the rules and scorers about every case and keep the best pairs of each, or all with ``every_pair``.

    Up to ``width.whole`` pairs in all, every pair is kept. ``report`` hears how many cases are done, and of how many.
    """
    width = EVERY_PAIR if every_pair else width
    return candidates_among(Coded.of(snapshot), rules, scorers, width=width, report=report)


def candidates_among(
    coded: Coded,
    rules: Sequence[Rule],
    scorers: Sequence[Scorer],
    *,
    width: Width = Width(),  # noqa: B008 -- frozen
    report: Callable[[int, int], None] = lambda done, of: None,
) -> Candidates:
    """The same for a snapshot that is coded already."""
    snapshot, book, volunteers, views = coded.snapshot, coded.book, coded.volunteers, coded.views
    width = width.for_cases(len(views))
    asked, directions = Asked(volunteers, rules, scorers), Directions.of(snapshot, book)
    search, found = searched(coded, asked, directions, width, report)
    problem = Problem(
        People(volunteers.free_places, volunteers.free_mentoring, volunteers.free_hours, search.speaks),
        cases_of(views, held=Tier.NOW if any(one.price for one in snapshot.volunteers) else Tier.SOON),
        found.attorneys,
        found.legs,
        found.mentors,
        pins_of(snapshot, book),
        floors_of(snapshot),
        load_of(snapshot, volunteers),
        co_counsel=found.co_counsel,
    )
    dropped = Dropped(search, problem, found.counts)
    pruned, slow = pruning(found.counts, width), slow_providers(search)
    return Candidates(snapshot, book, volunteers, views, directions, asked, problem, pruned, dropped, width, slow)


def cases_of(views: Sequence[CaseView], *, held: Tier) -> Cases:
    """What cases take, and their tiers down to the last one that comes before points.

    Among those without a date points decide; and where people are kept for more urgent cases to come, among all that
    can wait longer than those.
    """
    tiers = [int(view.tier) if view.tier <= held else 0 for view in views]
    return Cases(
        np.array([view.hours for view in views]),
        np.array([view.interpreter_hours for view in views]),
        np.array(tiers, dtype=np.int64),
        np.array([view.attorneys for view in views], dtype=np.int64),
    )


def searched(
    coded: Coded,
    asked: Asked,
    directions: Directions,
    width: Width,
    report: Callable[[int, int], None],
) -> tuple[Search, Found]:
    """Search until no scorer fails any more: one that fails for one case counts for none, those before it included."""
    while True:
        left_out = asked.left_out
        search = Search(asked, coded.views, directions, settled_seats(coded.snapshot, coded.book))
        found = Finder(search, width, report).found()
        if asked.left_out == left_out:
            return search, found


def settled_seats(snapshot: Snapshot, book: CodeBook) -> dict[SeatRole, dict[int, np.ndarray]]:
    """For each seat, the cases where it is settled, with the numbers of its holders."""
    seats: dict[SeatRole, dict[int, set[int]]] = {role: {} for role in SeatRole}
    for number, case in enumerate(snapshot.cases):
        for held in case.pinned:
            holders = seats[held.role].setdefault(number, set())
            holders.update([book.volunteers[held.volunteer]] if held.volunteer in book.volunteers else [])
    return {
        role: {case: np.array(sorted(holders), dtype=np.int64) for case, holders in cases.items()}
        for role, cases in seats.items()
    }


def pins_of(snapshot: Snapshot, book: CodeBook) -> tuple[Pin, ...]:
    """The settled seats of volunteers who are in the snapshot."""
    return tuple(
        Pin(number, held.role, book.volunteers[held.volunteer])
        for number, case in enumerate(snapshot.cases)
        for held in case.pinned
        if held.volunteer in book.volunteers
    )


def pruning(counts: Counts, width: Width) -> str:
    """Say what was left out."""
    if not counts.left_out:
        return ""
    by_table = ", ".join(f"{left:,} {name}" for name, left in counts.by_table() if left)
    return (
        f"{counts.left_out:,} of {counts.eligible:,} eligible pairs were left out ({by_table}): for each case the "
        f"{width.attorneys} best attorneys for each seat, {width.speakers} who speak with the client, "
        f"{width.unaided} who need no mentor, {width.interpreters} interpreters for each pair of languages and "
        f"{width.mentors} mentors were kept."
    )
