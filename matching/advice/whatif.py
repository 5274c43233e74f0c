"""What if: the same day with some changes, planned again so that only what must change does, beside the plan as it is.

The second plan may give up a little to keep a team together: each person who stays in her seat counts ``CALM`` points
more while it is sought. So it is worth at least its optimum less ``CALM`` times the seats of the first plan, and where
the changes only add to what volunteers can do, it is never worth less than the first plan. The values told are those
of the scores alone.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import msgspec
import numpy as np

from core.model.plans.advice import WhatIf
from core.model.plans.changes import AddVolunteers, Change, changed, told
from core.model.plans.columns import Ints
from core.model.plans.comparing import differences
from core.model.vocabulary import SeatRole
from matching.advice.following import following
from matching.candidates import Candidates
from matching.planning import Planner, Run, doubt, is_proved, read_plan
from matching.problem import KINDS, Pairs, Problem, Solution, relative_gap
from matching.second_look import solved_with_second_looks

CALM: Final = 0.5
"""What it is worth to leave somebody in her seat, in points; less than what any interpreter's seat costs."""


def what_if(run: Run, changes: Sequence[Change], planner: Planner) -> WhatIf:
    """Say what these changes together would change of a run's plan. Nothing is saved.

    Raises BadInput, saying what would be right, where a change names nobody or contradicts another.
    """
    before = run.plan
    snapshot = changed(run.candidates.snapshot, changes)
    after = run if snapshot == run.candidates.snapshot else _plan_calmly(run, planner.candidates(snapshot), planner)
    if not after.solution.is_as_good_as(run.solution) and all(map(_only_adds, changes)):
        after = run
    compared = differences(before, after.plan, snapshot)
    return WhatIf(
        **msgspec.structs.asdict(compared),
        changes=tuple(map(told, changes)),
        value_before=before.objective,
        value_after=after.plan.objective,
        proved=is_proved(run.solution) and is_proved(after.solution),
        doubt=doubt(run.solution, after.solution),
    )


def _only_adds(change: Change) -> bool:
    return isinstance(change, AddVolunteers)


def _plan_calmly(run: Run, candidates: Candidates, planner: Planner) -> Run:
    """A plan for other candidates in which everybody who can stays in her seat, unless something better is gained."""
    begun, seated = time.monotonic(), {role: _seated(run, candidates, role) for role in KINDS}
    last = following(run, candidates)

    def calmly(problem: Problem, seconds: float) -> Solution:
        tables = zip(KINDS, problem.tables, strict=True)
        favoured = [_favoured(table, seated[role], problem.people.n) for role, table in tables]
        return _told_plainly(problem, planner.solve(problem.with_tables(favoured), seconds, last))

    found = solved_with_second_looks(candidates, calmly, planner.time_limit)
    return Run(found.candidates, found.solution, read_plan(found.candidates, found.solution, begun))


def _seated(run: Run, candidates: Candidates, role: SeatRole) -> Ints:
    """Who has a seat in a run's plan, as case times the number of people plus person, by the numbers of candidates."""
    case_of = {case.ref: number for number, case in enumerate(candidates.snapshot.cases)}
    people, persons = candidates.book.volunteers, candidates.problem.people.n
    keys = [
        case_of[team.case] * persons + people[seat.volunteer]
        for team in run.plan.teams
        for seat in team.seats
        if seat.role is role and seat.volunteer in people
    ]
    return np.array(keys, dtype=np.int64)


def _favoured(table: Pairs, seated: Ints, people: int) -> Pairs:
    stays = np.isin(table.case * people + table.person, seated)
    return replace(table, score=table.score + CALM * stays)


def _told_plainly(problem: Problem, calm: Solution) -> Solution:
    """The same choice with the value of its scores alone; the bound holds, since favours only lift it."""
    objective = problem.objective(calm.chosen)
    return replace(calm, objective=objective, gap=relative_gap(objective, calm.bound))
