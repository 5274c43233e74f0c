"""What a problem says of seats: which are settled in advance, what is left beside them, which cases ask for two."""

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole
from matching.problem import Problem


def asks_two(problem: Problem) -> Bools:
    """Which cases ask for co-counsel beside their lead attorney: bool[m]."""
    asked = problem.cases.attorneys
    return np.asarray(asked > 1) if len(asked) else np.zeros(problem.cases.n, dtype=np.bool_)


class Settled:
    """The pins of a problem.

    ``kept`` int[2, n]: how many seats of cases, and of mentoring, are kept for everybody; ``places``, ``hours``,
    ``mentoring`` float[n]: what is left beside them, at least 0.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._holders: dict[SeatRole, set[tuple[int, int]]] = {role: set() for role in SeatRole}
        self.kept, hours = np.zeros((2, problem.people.n), dtype=np.int64), problem.people.hours.copy()
        for pin in problem.pins:
            self._holders[pin.role].add((pin.case, pin.person))
            self.kept[int(pin.role is SeatRole.MENTOR), pin.person] += 1
            hours[pin.person] -= self.takes(pin.role, np.array([pin.case]))[0]
        self.places = np.maximum(problem.people.places - self.kept[0], 0.0)
        self.mentoring = np.maximum(problem.people.mentoring - self.kept[1], 0.0)
        self.hours = np.maximum(hours, 0.0)

    def takes(self, role: SeatRole, case: Ints) -> Floats:
        """The hours that a seat of these cases takes of its holder: those of a mentor are not counted."""
        cases = self.problem.cases
        if role is SeatRole.MENTOR:
            return np.zeros(len(case))
        return np.asarray((cases.interpreter_hours if role is SeatRole.INTERPRETER else cases.hours)[case])

    def any(self, role: SeatRole) -> bool:
        """Whether any seat of this role is settled."""
        return bool(self._holders[role])

    def is_pin(self, role: SeatRole, case: Ints, person: Ints) -> Bools:
        """Which pairs fill a seat that is settled for that person."""
        held = self._holders[role]
        return np.array([one in held for one in zip(case.tolist(), person.tolist(), strict=True)], dtype=np.bool_)

    def open_to(self, role: SeatRole, case: Ints, person: Ints) -> Bools:
        """Which pairs are not kept out by somebody for whom the seat is settled."""
        settled = np.isin(case, [one for one, _ in self._holders[role]])
        return np.asarray(self.is_pin(role, case, person) | ~settled)
