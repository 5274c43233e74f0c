"""Why a case got no team: the rules that stand in the way, the missing leg, or the more urgent case that came first."""

from core.model.plans.teams import Unmatched
from matching.candidates import Candidates
from matching.problem import Solution
from matching.reasons.blocking import Blocking
from matching.reasons.contest import Contest, Lost
from matching.reasons.lifting import Lifting
from matching.reasons.room import Room
from matching.reasons.seating import Seating


class Explainer:
    """Explains the cases of one run that were not matched."""

    def __init__(self, candidates: Candidates, solution: Solution) -> None:
        self._found, self._solution = candidates, solution
        seating = Seating(candidates)
        problem = candidates.problem
        self._blocking = Blocking(seating)
        self._contest = Contest(seating, problem, solution, Room.after(problem, solution))
        self._lifting = Lifting(candidates, solution)
        self._served = set(problem.attorneys.case[solution.attorneys].tolist())

    def unmatched(self) -> tuple[Unmatched, ...]:
        """One reason for each case without a team, in the order of the snapshot."""
        waiting = (case for case in range(len(self._found.views)) if case not in self._served)
        return tuple(map(self.explain, waiting))

    def explain(self, case: int) -> Unmatched:
        """Why one case has no team."""
        ref, lost = self._found.snapshot.cases[case].ref, self._contest.lost(case)
        settled = self._settled(case)
        if lost is None:
            found = self._blocking.obstacle(case)
            return Unmatched(ref, "claim" if settled else found.reason, f"{settled}{found.detail}", found.relax)
        reason, detail = self._crowded(case, lost)
        refs = tuple(self._found.snapshot.cases[other].ref for other in lost.cases)
        return Unmatched(ref, "claim" if settled else reason, f"{settled}{detail}", lost_to=refs)

    def _settled(self, case: int) -> str:
        """What to say first of a settled seat that no team can be built around."""
        pinned = self._found.snapshot.cases[case].pinned
        seats = " and ".join(dict.fromkeys(held.role.word for held in pinned))
        return f"No team can be completed around the volunteer who is settled as its {seats}. " if seats else ""

    def _crowded(self, case: int, lost: Lost) -> tuple[str, str]:
        """The code and the sentence where everybody exists, but others have them."""
        if not lost.roles:
            return self._in_vain()
        seats = " and every ".join(role.word for role in lost.roles)
        said = f"Every {seats} who could take it is needed by other cases"
        if not lost.cases:
            return "capacity", f"{said}."
        first = self._found.snapshot.cases[lost.cases[0]].ref
        more = "the more urgent " if self._is_more_urgent(lost.cases[0], case) else ""
        lift = None if lost.above else self._lifting.of(lost.cases[0])
        lifted = f", which a floor for {lift.cases} counts {lift.points:,.0f} points more" if lift else ""
        return "priority" if lost.above else "capacity", f"{said}, among them {more}{first}{lifted}."

    def _in_vain(self) -> tuple[str, str]:
        """What to say where a whole team is free."""
        if self._solution.status != "optimal":
            return "search", "A team is still free: the search ended before it came to this case. Give it more time."
        if self._found.pruned:
            return "search", "A team is still free, but its people were left out of this large search."
        return "worth", "A team is free, but by its scores it would cost more than it brings."

    def _is_more_urgent(self, other: int, case: int) -> bool:
        return self._found.views[other].tier < self._found.views[case].tier
