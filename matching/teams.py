"""A solution read back as teams: seats with their scores, the chain of languages, reserves, and why."""

from dataclasses import dataclass

import numpy as np

from core.model.columns import AREAS, Bools, Floats, Ints
from core.model.languages import ENGLISH, language_name
from core.model.teams import Reserve, SeatPlan, TeamPlan
from core.model.vocabulary import PracticeArea, SeatRole
from matching.candidates import Candidates
from matching.problem import AttorneyPairs, Legs, MentorPairs, Solution

RESERVES = 2


def area_name(area: PracticeArea) -> str:
    """A practice area as sentences write it."""
    return "DACA or TPS" if area is PracticeArea.DACA_TPS else str(area)


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of everybody's places, mentoring and hours when all chosen seats are taken."""

    places: Ints
    mentoring: Ints
    hours: Floats

    @classmethod
    def after(cls, candidates: Candidates, solution: Solution) -> "Room":
        """The room that a solution leaves."""
        problem = candidates.problem
        people, cases = problem.people, problem.cases
        places, mentoring, hours = people.places.copy(), people.mentoring.copy(), people.hours.copy()
        lawyers, legs = solution.attorneys, solution.legs
        np.subtract.at(places, problem.attorneys.person[lawyers], 1)
        np.subtract.at(places, problem.legs.person[legs], 1)
        np.subtract.at(mentoring, problem.mentors.person[solution.mentors], 1)
        np.subtract.at(hours, problem.attorneys.person[lawyers], cases.hours[problem.attorneys.case[lawyers]])
        np.subtract.at(hours, problem.legs.person[legs], cases.interpreter_hours[problem.legs.case[legs]])
        return cls(places, mentoring, hours)


class TeamReader:
    """Reads the teams of a solution, case by case."""

    def __init__(self, candidates: Candidates, solution: Solution) -> None:
        self._found, self._solution = candidates, solution
        self._problem = candidates.problem
        self._room = Room.after(candidates, solution)
        self._tags = candidates.tags
        chosen = (solution.attorneys, solution.legs, solution.mentors)
        self._chosen = [_by_case(table.case, rows) for table, rows in zip(self._problem.tables, chosen, strict=True)]
        every = [_by_case(table.case, np.arange(len(table.case))) for table in self._problem.tables]
        self._attorneys, self._legs, self._mentors = every

    def teams(self) -> tuple[TeamPlan, ...]:
        """Every team, in the order of the snapshot's cases."""
        return tuple(self._team(case) for case in sorted(self._chosen[0]))

    def _team(self, case: int) -> TeamPlan:
        (lawyer,) = self._chosen[0][case]
        legs = self._in_order(self._chosen[1].get(case, []))
        mentors = self._chosen[2].get(case, [])
        people = self._members(lawyer, legs, mentors)
        seats = (
            self._attorney_seat(case, lawyer, people, legs),
            *(self._leg_seat(case, leg, people) for leg in legs),
            *(self._mentor_seat(case, mentor, people) for mentor in mentors),
        )
        reasons = self._reasons(case, lawyer, legs, mentors)
        return TeamPlan(
            case=self._found.snapshot.cases[case].ref,
            seats=seats,
            score=sum(seat.score for seat in seats),
            why=self._why(case, lawyer, reasons, people),
            reasons=reasons,
        )

    def _in_order(self, legs: list[int]) -> list[int]:
        return sorted(legs, key=lambda leg: bool(self._problem.legs.relay[leg]))

    def _members(self, lawyer: int, legs: list[int], mentors: list[int]) -> set[int]:
        problem = self._problem
        people = {int(problem.attorneys.person[lawyer])}
        people.update(int(problem.legs.person[leg]) for leg in legs)
        people.update(int(problem.mentors.person[mentor]) for mentor in mentors)
        return people

    def _attorney_seat(self, case: int, row: int, team: set[int], legs: list[int]) -> SeatPlan:
        pairs, rows = self._problem.attorneys, np.array(self._attorneys[case], dtype=np.int64)
        hears = self._problem.people.speaks[pairs.person[rows]][:, self._problem.legs.target[legs]].any(axis=1)
        alone = (pairs.direct[rows] | hears) & (~pairs.needs_mentor[rows] | pairs.needs_mentor[row])
        hours = self._room.hours[pairs.person[rows]] >= self._problem.cases.hours[case]
        room = (self._room.places[pairs.person[rows]] > 0) & hours
        reserves = self._reserves(pairs, rows, self._solution.attorney_worth, team, (~room, ~alone))
        return self._seat(SeatRole.ATTORNEY, case, pairs, row, reserves, self._attorney_fact(case, row))

    def _leg_seat(self, case: int, row: int, team: set[int]) -> SeatPlan:
        legs, rows = self._problem.legs, np.array(self._legs[case], dtype=np.int64)
        rows = rows[(legs.source[rows] == legs.source[row]) & (legs.target[rows] == legs.target[row])]
        crowded = self._room.places[legs.person[rows]] <= 0
        reserves = self._reserves(legs, rows, self._solution.leg_worth, team, (crowded,))
        left = max(0, int(self._room.places[legs.person[row]]))
        fact = f"{left} more place{'s' * (left != 1)} free" if left else "the last free place"
        chain = (self._tags[legs.source[row]], self._tags[legs.target[row]])
        return self._seat(SeatRole.INTERPRETER, case, legs, row, reserves, fact, chain)

    def _mentor_seat(self, case: int, row: int, team: set[int]) -> SeatPlan:
        pairs, rows = self._problem.mentors, np.array(self._mentors[case], dtype=np.int64)
        crowded = self._room.mentoring[pairs.person[rows]] <= 0
        reserves = self._reserves(pairs, rows, self._solution.mentor_worth, team, (crowded,))
        level = self._level(case, int(pairs.person[row]))
        return self._seat(SeatRole.MENTOR, case, pairs, row, reserves, f"level {level}")

    def _seat(
        self,
        role: SeatRole,
        case: int,
        pairs: AttorneyPairs | Legs | MentorPairs,
        row: int,
        reserves: tuple[Reserve, ...],
        fact: str,
        chain: tuple[str, str] = ("", ""),
    ) -> SeatPlan:
        person = int(pairs.person[row])
        points = self._found.asked.points(role, self._found.views[case])
        return SeatPlan(
            role=role,
            volunteer=self._ref(person),
            score=float(pairs.score[row]),
            scores={name: round(float(given[person]), 3) for name, given in points.items() if given[person]},
            from_language=chain[0],
            to_language=chain[1],
            fact=fact,
            reserves=reserves,
        )

    def _reserves(
        self,
        pairs: AttorneyPairs | Legs | MentorPairs,
        rows: Ints,
        worth: Floats,
        team: set[int],
        drawbacks: tuple[Bools, ...],
    ) -> tuple[Reserve, ...]:
        """The best others for a seat: without drawbacks first, the last one counting most; then by worth.

        Worth is the score less the price of what the seat takes of its holder.
        """
        order = rows[np.lexsort((rows, -worth[rows], *drawbacks))]
        others = order[~np.isin(pairs.person[order], list(team))][:RESERVES]
        return tuple(Reserve(self._ref(int(pairs.person[row])), float(pairs.score[row])) for row in others)

    def _attorney_fact(self, case: int, row: int) -> str:
        pairs, facts = self._problem.attorneys, self._found.snapshot.cases[case]
        level = self._level(case, int(pairs.person[row]))
        said = f"{area_name(facts.practice_area)} level {level}"
        spoken = self._spoken(case, int(pairs.person[row]))
        return f"{said}, speaks {spoken}" if pairs.direct[row] and spoken else said

    def _spoken(self, case: int, person: int) -> str:
        for tag in self._found.snapshot.cases[case].languages:
            if tag != ENGLISH and self._problem.people.speaks[person, self._found.book.languages[tag]]:
                return language_name(tag)
        return ""

    def _level(self, case: int, person: int) -> int:
        area = AREAS.index(self._found.snapshot.cases[case].practice_area)
        return int(self._found.volunteers.level[person, area])

    def _ref(self, person: int) -> str:
        return self._found.snapshot.volunteers[person].ref

    def _reasons(self, case: int, lawyer: int, legs: list[int], mentors: list[int]) -> tuple[str, ...]:
        facts, today = self._found.snapshot.cases[case], self._found.snapshot.today
        waited = max(0, (today - facts.received).days)
        said = [*facts.urgency(today).reasons, f"Waiting {waited} day{'s' * (waited != 1)}"]
        spoken = self._spoken(case, int(self._problem.attorneys.person[lawyer]))
        if len(legs) > 1:
            said.append("Two interpreters in relay")
        elif legs:
            said.append("One interpreter")
        elif spoken:
            said.append(f"The attorney speaks {spoken}")
        if mentors:
            said.append("One level above the attorney's own, with a mentor")
        return tuple(said)

    def _why(self, case: int, lawyer: int, reasons: tuple[str, ...], team: set[int]) -> str:
        pairs, worth = self._problem.attorneys, self._solution.attorney_worth
        others = [row for row in self._attorneys[case] if int(pairs.person[row]) not in team]
        if not others:
            return "Nobody else could take the attorney seat."
        best = max(others, key=lambda row: (worth[row], -row))
        if self._room.places[pairs.person[best]] <= 0:
            return "The next best attorney is needed more by another case."
        lower = float(pairs.score[lawyer] - pairs.score[best])
        if lower < 0.5:
            return "Another attorney would do as well; see the reserves."
        return f"The next best attorney scores {lower:.0f} lower."


def _by_case(cases: Ints, rows: Ints) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = {}
    for row in rows:
        grouped.setdefault(int(cases[row]), []).append(int(row))
    return grouped
