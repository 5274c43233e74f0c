"""Rows for what persons can carry: places, hours, mentoring. A pinned seat is paid for in advance, filled or not."""

from typing import Final

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole
from matching.problem import Problem
from matching.solving.program import Rows
from matching.solving.rising import Rise, places_at_rising_cost
from matching.solving.seats import Seats

THRESHOLDS: Final = 24
"""How many lengths of case get rows of their own; with more lengths than this, evenly chosen ones."""


def carry(rows: Rows, seats: Seats) -> dict[str, Ints]:
    """Add the rows of persons; gives each person's row by family, -1 where nothing can limit her.

    Whoever has one place needs no row of hours: what she has no hours for is no column.
    """
    free, person = ~seats.held(), seats.person
    taking = np.concatenate((seats.x, seats.y, seats.r, seats.w))
    taking, mentors = taking[free[taking]], seats.z[free[seats.z]]
    places, hours, mentoring = left(seats.problem)
    limited = np.isfinite(hours) & ((places > 1.0) | (hours < seats.problem.people.hours))
    hourly = taking[limited[person[taking]]]
    _long_cases(rows, seats, hourly, hours, places)
    load, held = seats.problem.load, settled(seats.problem)
    return {
        "places": places_at_rising_cost(rows, person[taking], taking, places, Rise(load.places, held[0])),
        "hours": rows.capacity(person[hourly], hourly, seats.hours(hourly), hours),
        "mentoring": places_at_rising_cost(rows, person[mentors], mentors, mentoring, Rise(load.mentoring, held[1])),
    }


def settled(problem: Problem) -> Ints:
    """How many seats of everybody are settled: int[2, n], of attorneys and interpreters, and of mentors."""
    held = np.zeros((2, problem.people.n), dtype=np.int64)
    for pin in problem.pins:
        held[int(pin.role is SeatRole.MENTOR), pin.person] += 1
    return held


def left(problem: Problem) -> tuple[Floats, Floats, Floats]:
    """What everybody has left of places, hours and mentoring after the pins."""
    people, cases = problem.people, problem.cases
    places, mentoring = people.places.astype(np.float64), people.mentoring.astype(np.float64)
    hours = people.hours.copy()
    for pin in problem.pins:
        (mentoring if pin.role is SeatRole.MENTOR else places)[pin.person] -= 1.0
        hours[pin.person] -= cases.taken(pin.role)[pin.case]
    return np.maximum(places, 0.0), np.maximum(hours, 0.0), np.maximum(mentoring, 0.0)


def _long_cases(rows: Rows, seats: Seats, columns: Ints, hours: Floats, places: Floats) -> None:
    """Places counted among the longer cases: rows that the relaxation of hours does not see by itself.

    Of cases of at least t hours, nobody takes more than hours / t. A case of more than half of her hours, of
    which she takes one at most, counts for all that do not fit beside it (a lifted cover inequality).
    """
    person, needs, one_only = seats.person[columns], seats.hours(columns), places <= 1.0
    for least in _thresholds(needs):
        most = np.minimum(places, np.floor(hours / least))
        beside = np.minimum(most[person] - 1, np.floor((hours[person] - needs) / least))
        counts = np.where(2 * needs > hours[person], np.maximum(most[person] - beside, 1.0), 1.0)
        says_more = _says_more(person, counts, most, places) & ~one_only
        inside = (needs >= least) & says_more[person]
        rows.capacity(person[inside], columns[inside], counts[inside], most)
        one_only |= most <= 1.0


def _says_more(person: Ints, counts: Floats, most: Floats, places: Floats) -> Bools:
    """For whom a row says more than the row of her places."""
    says_more = most < places
    says_more[person[counts > 1.0]] = True
    return says_more


def _thresholds(hours: Floats) -> Floats:
    lengths = np.unique(hours[hours > 0])
    if len(lengths) <= THRESHOLDS:
        return lengths
    return lengths[np.linspace(0, len(lengths) - 1, THRESHOLDS).astype(np.int64)]
