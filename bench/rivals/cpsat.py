"""CP-SAT of OR-tools (the extra ``flow``): the problem as one would write it down for a general solver.

Chains of languages are written as a flow: what of a case's legs arrives in a language and does not lead on ends there,
and the attorneys of the case must understand where it ends. With one attorney a case that is exact.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Any, Final

import numpy as np
from ortools.sat.python import cp_model

from bench.settled import asks_two
from core.model.vocabulary import SeatRole
from matching.problem import KINDS, Chosen, Problem

SCALE: Final = 100
"""CP-SAT counts in whole numbers: scores to a hundredth of a point, hours to a hundredth of an hour."""
Columns = list[tuple[Any, int]]
"""Variables with their coefficients."""


def solve_with_cpsat(
    problem: Problem, *, seconds: float, workers: int, seed: int, start: Chosen | None = None
) -> tuple[Chosen, float | None, bool]:
    """What it chose, its bound, and whether it proved its answer the best; nothing and no bound where it had no time.

    ``start`` is an answer to begin with.
    """
    model = Model(problem)
    for columns, rows in zip(model.columns, start or (), strict=start is not None):
        chosen_before = set(rows.tolist())
        for row, one in enumerate(columns):
            model.model.add_hint(one, row in chosen_before)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return tuple(np.empty(0, dtype=np.int64) for _ in KINDS), None, False
    chosen = tuple(
        np.flatnonzero([solver.boolean_value(one) for one in table]).astype(np.int64) for table in model.columns
    )
    return chosen, float(solver.best_objective_bound) / SCALE, status == cp_model.OPTIMAL


class Model:
    """The model of one problem. ``columns`` holds a variable for each pair of each table."""

    def __init__(self, problem: Problem) -> None:
        if problem.pins:
            raise ValueError("Settled seats are not written down for CP-SAT.")
        self.problem, self.model = problem, cp_model.CpModel()
        self.columns = [[self.model.new_bool_var("") for _ in range(len(table.case))] for table in problem.tables]
        self._once()
        self._carry()
        self._mentor()
        self._beside()
        self._chains()
        every = [one for table in self.columns for one in table]
        scores = np.concatenate([np.round(table.score * SCALE) for table in problem.tables]).astype(np.int64)
        self.model.maximize(cp_model.LinearExpr.weighted_sum(every, scores.tolist()))

    def _once(self) -> None:
        """One attorney a case, and nobody in two seats of one case."""
        seats: dict[Hashable, Columns] = defaultdict(list)
        for table, columns in zip(self.problem.tables, self.columns, strict=True):
            for key, one in zip(zip(table.case.tolist(), table.person.tolist(), strict=True), columns, strict=True):
                seats[key].append((one, 1))
        for case, one in zip(self.problem.attorneys.case.tolist(), self.columns[0], strict=True):
            seats[case].append((one, 1))
        self._at_most(seats.values(), 1)

    def _carry(self) -> None:
        """Nobody has more cases, hours or cases to mentor than she can take."""
        people, cases = self.problem.people, self.problem.cases
        places: dict[int, Columns] = defaultdict(list)
        hours: dict[int, Columns] = defaultdict(list)
        mentoring: dict[int, Columns] = defaultdict(list)
        for role, table, columns in zip(KINDS, self.problem.tables, self.columns, strict=True):
            takes = np.round(SCALE * cases.taken(role))
            for case, person, one in zip(table.case.tolist(), table.person.tolist(), columns, strict=True):
                (mentoring if role is SeatRole.MENTOR else places)[person].append((one, 1))
                if role is not SeatRole.MENTOR and np.isfinite(people.hours[person]):
                    hours[person].append((one, int(takes[case])))
        for held, most in ((places, people.places), (mentoring, people.mentoring)):
            for person, seats in held.items():
                self._at_most([seats], int(most[person]), even_one=True)
        for person, seats in hours.items():
            self._at_most([seats], int(SCALE * people.hours[person]), even_one=True)

    def _mentor(self) -> None:
        """A mentor where the attorney needs one."""
        found: dict[int, Columns] = defaultdict(list)
        x = self.problem.attorneys
        for row in np.flatnonzero(x.needs_mentor).tolist():
            found[int(x.case[row])].append((self.columns[0][row], 1))
        for case, one in zip(self.problem.mentors.case.tolist(), self.columns[2], strict=True):
            found[case].append((one, -1))
        for columns in found.values():
            self.model.add(_sum(columns) == 0)

    def _beside(self) -> None:
        """Co-counsel where a case asks for two attorneys and has a lead."""
        two = asks_two(self.problem)
        found: dict[int, Columns] = defaultdict(list)
        kind = KINDS.index(SeatRole.CO_COUNSEL)
        for case, one in zip(self.problem.tables[kind].case.tolist(), self.columns[kind], strict=True):
            found[case].append((one, 1))
        for case, one in zip(self.problem.attorneys.case.tolist(), self.columns[0], strict=True):
            if two[case]:
                found[case].append((one, -1))
        for columns in found.values():
            self.model.add(_sum(columns) == 0)

    def _chains(self) -> None:
        """Legs flow from the client to a language that the attorney understands."""
        ends, feeds = self._ends()
        for columns in feeds.values():
            self.model.add(_sum(columns) >= 0)
        x, speaks = self.problem.attorneys, self.problem.people.speaks
        lawyers: dict[int, dict[frozenset[int], Columns]] = defaultdict(lambda: defaultdict(list))
        for row in np.flatnonzero(~x.direct).tolist():
            case = int(x.case[row])
            heard = frozenset(one for one in ends[case] if speaks[x.person[row], one])
            lawyers[case][heard].append((self.columns[0][row], 1))
        for case in {*ends, *lawyers}:
            every = [one for group in lawyers[case].values() for one in group]
            arriving = [(one, -by) for columns in ends[case].values() for one, by in columns]
            self.model.add(_sum([*every, *arriving]) == 0)
            for heard in lawyers[case]:
                within = [one for other, group in lawyers[case].items() if other <= heard for one in group]
                self.model.add(_sum([*within, *((one, -by) for at in heard for one, by in ends[case][at])]) <= 0)

    def _ends(self) -> tuple[dict[int, dict[int, Columns]], dict[tuple[int, int], Columns]]:
        """By case and language: what ends there; and what arrives there by first legs less what leads on."""
        y = self.problem.legs
        ends: dict[int, dict[int, Columns]] = defaultdict(lambda: defaultdict(list))
        feeds: dict[tuple[int, int], Columns] = defaultdict(list)
        for row, one in enumerate(self.columns[1]):
            case, source, target = int(y.case[row]), int(y.source[row]), int(y.target[row])
            ends[case][target].append((one, 1))
            if y.relay[row]:
                ends[case][source].append((one, -1))
                feeds[case, source].append((one, -1))
            else:
                feeds[case, target].append((one, 1))
        return ends, feeds

    def _at_most(self, groups: Iterable[Columns], most: int, *, even_one: bool = False) -> None:
        for columns in groups:
            if even_one or len(columns) > 1:
                self.model.add(_sum(columns) <= most)


def _sum(columns: Columns) -> Any:
    return cp_model.LinearExpr.weighted_sum([one for one, _ in columns], [by for _, by in columns])
