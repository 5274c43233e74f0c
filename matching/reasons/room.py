"""Who has what to give when all chosen seats are taken: room that is left, and the cases that took the rest."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole
from matching.problem import KINDS, Pin, Problem, Solution


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of everybody's places, mentoring and hours, and by whom the rest was taken.

    ``places``, ``mentoring`` int[n], ``hours`` float[n] (inf: no limit). ``seats`` are the cases in which a person has
    an attorney's or interpreter's seat, ``mentored`` those that she mentors. A settled seat counts as taken though its
    case has no team: its place is kept.
    """

    places: Ints
    mentoring: Ints
    hours: Floats
    seats: dict[int, list[int]]
    mentored: dict[int, list[int]]

    @classmethod
    def after(cls, problem: Problem, solution: Solution) -> "Room":
        """The room that a solution leaves."""
        people = problem.people
        room = cls(
            people.places.copy(), people.mentoring.copy(), people.hours.copy(), defaultdict(list), defaultdict(list)
        )
        taken = {
            Pin(int(table.case[row]), role, int(table.person[row]))
            for role, table, rows in zip(KINDS, problem.tables, solution.chosen, strict=True)
            for row in rows
        }
        for seat in sorted(taken | set(problem.pins), key=lambda one: (one.case, one.role, one.person)):
            room.take(problem, seat)
        return room

    def take(self, problem: Problem, seat: Pin) -> None:
        """Give one seat to its holder."""
        if seat.role is SeatRole.MENTOR:
            self.mentoring[seat.person] -= 1
            self.mentored[seat.person].append(seat.case)
            return
        self.places[seat.person] -= 1
        self.seats[seat.person].append(seat.case)
        self.hours[seat.person] -= problem.cases.taken(seat.role)[seat.case]

    def has(self, role: SeatRole, hours: float) -> Bools:
        """Who has room for one more seat of this role, which takes so many hours of her: bool[n]."""
        if role is SeatRole.MENTOR:
            return np.asarray(self.mentoring > 0)
        return np.asarray((self.places > 0) & (self.hours >= hours))

    def cases_of(self, role: SeatRole, person: int) -> list[int]:
        """The cases that have what a seat of this role would take of a person."""
        return (self.mentored if role is SeatRole.MENTOR else self.seats).get(person, [])
