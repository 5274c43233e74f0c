"""Why a case got no team: the rule that stands in the way, the missing leg, or who was more urgent."""

import numpy as np

from core.model.teams import Unmatched
from core.model.vocabulary import SeatRole
from matching.blocking import WORDS, Blocking, Reason
from matching.candidates import Candidates
from matching.problem import AttorneyPairs, Legs, Solution
from matching.reach import usable
from matching.teams import Room


class Explainer:
    """Explains the cases of one run that were not matched."""

    def __init__(self, candidates: Candidates, solution: Solution) -> None:
        self._found, self._problem = candidates, candidates.problem
        self._blocking, self._room = Blocking(candidates), Room.after(candidates, solution)
        x = self._problem.attorneys
        self._served = dict(zip(x.case[solution.attorneys].tolist(), x.score[solution.attorneys].tolist(), strict=True))
        self._best = np.zeros(self._problem.cases.n)
        np.maximum.at(self._best, x.case, x.score)
        self._usable = usable(self._problem)
        self._taken_by: dict[int, list[int]] = {}
        for table, rows in zip(self._problem.tables[:2], (solution.attorneys, solution.legs), strict=True):
            for row in rows:
                self._taken_by.setdefault(int(table.person[row]), []).append(int(table.case[row]))

    def unmatched(self) -> tuple[Unmatched, ...]:
        """One reason for each case without a team, in the order of the snapshot."""
        waiting = (case for case in range(self._problem.cases.n) if case not in self._served)
        return tuple(self._explain(case) for case in waiting)

    def _explain(self, case: int) -> Unmatched:
        reason = self._settled_in_vain(case) or self._blocking.reason(case) or self._crowded(case)
        return Unmatched(self._found.snapshot.cases[case].ref, *reason)

    def _settled_in_vain(self, case: int) -> Reason | None:
        """A claim that no team can be built around: the rules alone would blame somebody else."""
        pinned = self._found.snapshot.cases[case].pinned
        if not pinned:
            return None
        seats = " and ".join(dict.fromkeys(str(held.role) for held in pinned))
        return "claim", f"Around the volunteer who claims the {seats} seat no team can be completed now."

    def _crowded(self, case: int) -> Reason:
        """Everything exists, but others took it: the attorneys if all are full, else interpreters or mentors."""
        lawyers = self._people(self._problem.attorneys, 0, case)
        needs = self._problem.cases.hours[case]
        free = [one for one in lawyers if self._room.places[one] > 0 and self._room.hours[one] >= needs]
        if not free:
            return self._others_first(SeatRole.ATTORNEY, lawyers, case)
        interpreters = self._people(self._problem.legs, 1, case)
        if interpreters and not any(self._room.places[one] > 0 for one in interpreters):
            return self._others_first(SeatRole.INTERPRETER, interpreters, case)
        return "capacity", "Those who could take it together are needed by other cases."

    def _people(self, table: AttorneyPairs | Legs, kind: int, case: int) -> list[int]:
        first, last = np.searchsorted(table.case, (case, case + 1))
        return sorted(set(table.person[first:last][self._usable[kind][first:last]].tolist()))

    def _others_first(self, role: SeatRole, people: list[int], case: int) -> Reason:
        """Name a case that took a place and counts for more, where there is one."""
        said = f"Every {WORDS[role][0]} who could take it is needed by other cases"
        took = {other for person in people for other in self._taken_by.get(person, [])}
        above = [other for other in took if self._served[other] >= self._best[case]]
        if not above:
            return "capacity", f"{said}."
        first = min(above, key=lambda other: (self._found.views[other].tier, -self._served[other], other))
        more = "the more urgent " if self._found.views[first].tier < self._found.views[case].tier else ""
        return "priority", f"{said}, among them {more}{self._found.snapshot.cases[first].ref}."
