"""A solution read back as teams: seats with their scores, the chain of languages, who else, and why."""

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.plans.fit import seat_fact, shared_language
from core.model.plans.teams import RunnerUp, SeatPlan, TeamPlan
from core.model.vocabulary import SeatRole
from matching.candidates import Candidates
from matching.problem import Pairs, Solution
from matching.reasons.lifting import Lifting
from matching.reasons.room import Room
from matching.reasons.standby import Others, Standby


class TeamReader:
    """Reads the teams of a solution, case by case."""

    def __init__(self, candidates: Candidates, solution: Solution) -> None:
        self._found, self._solution = candidates, solution
        self._problem = candidates.problem
        self._room = Room.after(self._problem, solution)
        self._tags = candidates.tags
        x, served = self._problem.attorneys, np.zeros(self._problem.cases.n)
        served[x.case[solution.attorneys]] = x.score[solution.attorneys]
        self._standby, self._lifting = Standby(candidates, self._room, served), Lifting(candidates, solution)
        tables = zip(self._problem.tables, solution.chosen, strict=True)
        self._chosen = [ByCase(table.case, rows) for table, rows in tables]
        every = [ByCase(table.case, np.arange(len(table.case))) for table in self._problem.tables]
        self._attorneys, self._legs, self._mentors, self._co_counsel = every

    def teams(self) -> tuple[TeamPlan, ...]:
        """Every team, in the order of the snapshot's cases."""
        served = np.unique(self._problem.attorneys.case[self._solution.attorneys])
        return tuple(self.team(int(case)) for case in served)

    def team(self, case: int) -> TeamPlan:
        """The team of one case that has one."""
        rows = [chosen.rows(case).tolist() for chosen in self._chosen]
        people = {
            int(table.person[row]) for table, mine in zip(self._problem.tables, rows, strict=True) for row in mine
        }
        (lawyer,), legs, mentors, beside = rows
        legs = self._in_order(legs)
        seats = (
            self._attorney_seat(case, lawyer, people, legs),
            *(self._co_counsel_seat(case, second, people) for second in beside),
            *(self._leg_seat(case, leg, people) for leg in legs),
            *(self._mentor_seat(case, mentor, people) for mentor in mentors),
        )
        return TeamPlan(
            case=self._found.snapshot.cases[case].ref,
            seats=seats,
            score=sum(seat.score for seat in seats),
            why=_why(seats[0].score, seats[0].runner_up),
            reasons=self._reasons(case, lawyer, legs, mentored=bool(mentors), accompanied=bool(beside)),
        )

    def _in_order(self, legs: list[int]) -> list[int]:
        return sorted(legs, key=lambda leg: bool(self._problem.legs.relay[leg]))

    def _attorney_seat(self, case: int, row: int, team: set[int], legs: list[int]) -> SeatPlan:
        pairs, rows = self._problem.attorneys, self._attorneys.rows(case)
        hears = self._problem.people.speaks[pairs.person[rows]][:, self._problem.legs.target[legs]].any(axis=1)
        fits = (pairs.direct[rows] | hears) & (~pairs.needs_mentor[rows] | pairs.needs_mentor[row])
        others = self._others(SeatRole.ATTORNEY, case, pairs, rows, self._solution.attorney_worth, fits, team)
        return self._seat(SeatRole.ATTORNEY, case, pairs, row, others)

    def _co_counsel_seat(self, case: int, row: int, team: set[int]) -> SeatPlan:
        pairs, rows = self._problem.co_counsel, self._co_counsel.rows(case)
        every = np.ones(len(rows), dtype=np.bool_)
        others = self._others(SeatRole.CO_COUNSEL, case, pairs, rows, self._solution.co_counsel_worth, every, team)
        return self._seat(SeatRole.CO_COUNSEL, case, pairs, row, others)

    def _leg_seat(self, case: int, row: int, team: set[int]) -> SeatPlan:
        legs, rows = self._problem.legs, self._legs.rows(case)
        rows = rows[(legs.source[rows] == legs.source[row]) & (legs.target[rows] == legs.target[row])]
        every = np.ones(len(rows), dtype=np.bool_)
        others = self._others(SeatRole.INTERPRETER, case, legs, rows, self._solution.leg_worth, every, team)
        chain = (self._tags[legs.source[row]], self._tags[legs.target[row]])
        return self._seat(SeatRole.INTERPRETER, case, legs, row, others, chain)

    def _mentor_seat(self, case: int, row: int, team: set[int]) -> SeatPlan:
        pairs, rows = self._problem.mentors, self._mentors.rows(case)
        every = np.ones(len(rows), dtype=np.bool_)
        others = self._others(SeatRole.MENTOR, case, pairs, rows, self._solution.mentor_worth, every, team)
        return self._seat(SeatRole.MENTOR, case, pairs, row, others)

    def _others(
        self,
        role: SeatRole,
        case: int,
        pairs: Pairs,
        rows: Ints,
        worth: Floats,
        fits: Bools,
        team: set[int],
    ) -> Others:
        """The candidates of a seat who are not in its team."""
        others = np.array([person not in team for person in pairs.person[rows].tolist()], dtype=np.bool_)
        rows, hours = rows[others], float(self._problem.cases.taken(role)[case])
        free = self._room.has(role, hours)[pairs.person[rows]]
        return Others(pairs.person[rows], pairs.score[rows], worth[rows], free, fits[others])

    def _seat(
        self,
        role: SeatRole,
        case: int,
        pairs: Pairs,
        row: int,
        others: Others,
        chain: tuple[str, str] = ("", ""),
    ) -> SeatPlan:
        person, score = int(pairs.person[row]), float(pairs.score[row])
        known = self._found.snapshot.volunteers[person]
        points = self._found.asked.points_of(role, self._found.views[case], person)
        return SeatPlan(
            role=role,
            volunteer=known.ref,
            score=score,
            scores={name: round(given, 3) for name, given in points.items() if given},
            from_language=chain[0],
            to_language=chain[1],
            fact=seat_fact(self._found.snapshot.cases[case], known, role, left=int(self._room.places[person])),
            reserves=self._standby.reserves(others),
            runner_up=self._standby.runner_up(role, others, score),
        )

    def _reasons(
        self, case: int, lawyer: int, legs: list[int], *, mentored: bool, accompanied: bool
    ) -> tuple[str, ...]:
        facts, today = self._found.snapshot.cases[case], self._found.snapshot.today
        waited = max(0, (today - facts.received).days)
        said = [*facts.urgency(today).reasons, f"Waiting {waited} day{'s' * (waited != 1)}"]
        person = int(self._problem.attorneys.person[lawyer])
        spoken = shared_language(facts, self._found.snapshot.volunteers[person])
        if len(legs) > 1:
            said.append("Two interpreters in relay")
        elif legs:
            said.append("One interpreter")
        elif spoken:
            said.append(f"The attorney speaks {spoken}")
        if accompanied:
            said.append("Two attorneys, one as co-counsel")
        if mentored:
            said.append("One level above the attorney's own, with a mentor")
        if lift := self._lifting.of(case):
            said.append(f"A floor for {lift.cases} counts {lift.points:,.0f} points more for it")
        return tuple(said)


def _why(score: float, runner_up: RunnerUp | None) -> str:
    """Why this attorney, in a sentence."""
    if runner_up is None:
        return "Nobody else could take the attorney seat."
    if runner_up.kept_by == "case":
        return f"The next best attorney is needed more by {runner_up.case}."
    if runner_up.kept_by == "team":
        return "Any other attorney would need another interpreter or a mentor."
    if runner_up.kept_by == "load":
        return "The next best attorney has other cases in this plan."
    lower = score - runner_up.score
    if lower < 0.5:
        return "Another attorney would do as well; see the reserves."
    return f"The next best attorney scores {lower:.0f} lower."


class ByCase:
    """Some rows of a table of pairs, found by their case."""

    def __init__(self, cases: Ints, rows: Ints) -> None:
        self._rows = rows[np.argsort(cases[rows], kind="stable")]
        self._sorted = cases[self._rows]

    def rows(self, case: int) -> Ints:
        """The rows of one case, in order."""
        first, last = np.searchsorted(self._sorted, (case, case + 1))
        return self._rows[first:last]
