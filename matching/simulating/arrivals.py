"""Who comes when: the clinic's own cases by the day they were received, or a seeded world of so many a week.

A case is what it was on the day it came: its waiting time is zero and its deadline as far away as it was then. So its
urgency, and whatever rules read of dates, are those of its arrival.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from msgspec.structs import replace

from core.errors import BadInput
from core.model.plans.columns import Ints
from core.model.plans.snapshot import CaseFacts, Snapshot
from core.protocols import Rule, Scorer
from matching.candidates import Candidates, find_candidates
from matching.simulating.market import PATIENCE_WEEKS, Market
from matching.simulating.worlds import TODAY, World

PAST_WEEKS: Final = 26
"""Weeks of arrivals before the first one that a seeded clinic remembers."""
FEWEST_WEEKS: Final = 2


@dataclass(frozen=True, slots=True)
class Year:
    """Cases as of their arrival and the volunteers; ``week`` int[m]: when each comes, below zero for the past."""

    snapshot: Snapshot
    week: Ints
    weeks: int

    def candidates(
        self,
        rules: Sequence[Rule],
        scorers: Sequence[Scorer],
        report: Callable[[int, int], None] = lambda done, of: None,
    ) -> Candidates:
        """Ask the rules and scorers about everybody, once for the whole year; ``report`` hears of the cases."""
        return find_candidates(self.snapshot, rules, scorers, report=report)

    def market(self, candidates: Candidates, busy: int) -> Market:
        """What may be chosen from, where a seat keeps its person's place for ``busy`` weeks."""
        today = self.snapshot.today
        patience = [PATIENCE_WEEKS[case.urgency(today).tier] for case in self.snapshot.cases]
        return Market(candidates.problem, self.week, np.array(patience, dtype=np.int64), self.weeks, busy)


def year_of(snapshot: Snapshot, weeks: int) -> Year:
    """The ``weeks`` weeks up to the snapshot's day by the cases that were received in them; older ones are the past.

    Raises BadInput where they came in fewer than two different weeks: then there is nothing to replay.
    """
    first = snapshot.today - timedelta(weeks=weeks) + timedelta(days=1)
    week = np.array([(case.received - first).days // 7 for case in snapshot.cases], dtype=np.int64)
    if len(set(week[(week >= 0) & (week < weeks)].tolist())) < FEWEST_WEEKS:
        raise BadInput(
            f"In the {weeks} weeks up to {snapshot.today:%Y-%m-%d} there are not {FEWEST_WEEKS} in which a case was "
            "received. Give all cases of that time, each with its day in the column received, served ones too; or "
            "another --today, or more --weeks. Nothing was written."
        )
    known = np.flatnonzero(week < weeks)
    cases = tuple(as_it_came(snapshot.cases[one], snapshot.today) for one in known)
    return Year(replace(snapshot, cases=cases), week[known], weeks)


def seeded_year(seed: int, weeks: int, cases_per_week: float, attorneys: int, interpreters: int) -> Year:
    """A clinic that does not exist: as many arrivals a week as chance has it, with half a year of past."""
    world, random = World(seed), np.random.default_rng(seed)
    people = world.volunteers(attorneys, interpreters, hours=False, mentors=True)
    counts = random.poisson(cases_per_week, PAST_WEEKS + weeks)
    week = np.repeat(np.arange(-PAST_WEEKS, weeks), counts)
    cases = tuple(as_it_came(world.case(number), TODAY, received=TODAY) for number in range(len(week)))
    return Year(Snapshot(TODAY, cases, people), week, weeks)


def as_it_came(case: CaseFacts, today: date, received: date | None = None) -> CaseFacts:
    """The case as if it had been received ``today``, without what was settled or proposed since."""
    later = today - (received or case.received)
    deadline = case.deadline + later if case.deadline else None
    return replace(case, received=today, deadline=deadline, proposed=(), pinned=())
