"""The optimum of small problems, found by trying every combination of teams."""

import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np

from core.model.vocabulary import SeatRole
from matching.problem import (
    Chosen,
    Pin,
    Problem,
)

Team = tuple[tuple[str, int], ...]
Use = tuple[int, float]
"""What is used, by its place in the amounts of everybody, and how much of it."""
SEATS = {
    "attorneys": SeatRole.ATTORNEY,
    "legs": SeatRole.INTERPRETER,
    "mentors": SeatRole.MENTOR,
    "co_counsel": SeatRole.CO_COUNSEL,
}


def best_value(problem: Problem) -> float:
    """The optimum, by trying every team of every case with every other."""
    return max(value_of(problem, teams) for teams in _combinations(problem))


def best_in_order(problem: Problem) -> tuple[int, int, float]:
    """Cases of tier 1, then of tier 2, then the value: the greatest in this order among all combinations of teams."""
    return max(_ranked(problem, teams) for teams in _combinations(problem))


def _combinations(problem: Problem) -> Iterator[tuple[Team, ...]]:
    """Every combination of teams within everybody's limits; what breaks one already is not gone on with."""
    options = [
        [(team, _uses(problem, case, team)) for team in _teams(problem, case)] for case in range(problem.cases.n)
    ]
    yield from _filled(options, _left(problem), ())


def _filled(
    options: list[list[tuple[Team, list[Use]]]], left: list[float], chosen: tuple[Team, ...]
) -> Iterator[tuple[Team, ...]]:
    if len(chosen) == len(options):
        yield chosen
        return
    for team, uses in options[len(chosen)]:
        if (after := _after(left, uses)) is not None:
            yield from _filled(options, after, (*chosen, team))


def _ranked(problem: Problem, teams: tuple[Team, ...]) -> tuple[int, int, float]:
    first, second = (sum(bool(teams[case]) for case in np.flatnonzero(problem.cases.tier == one)) for one in (1, 2))
    return first, second, value_of(problem, teams)


def value_of(problem: Problem, teams: tuple[Team, ...]) -> float:
    """What teams are worth: their scores, less load, place by place, and the points of cases that floors lack."""
    scores = sum(_score(problem, part) for team in teams for part in team)
    served = [case for case, team in enumerate(teams) if team]
    floors = zip(problem.floors.member, problem.floors.wanted, problem.floors.points, strict=True)
    lacking = sum(points * max(0, wanted - sum(member[case] for case in served)) for member, wanted, points in floors)
    return scores - float(lacking) - _load(problem, teams)


def _load(problem: Problem, teams: tuple[Team, ...]) -> float:
    """The cost of everybody's places; a pinned seat comes first, filled or not, and costs nothing itself."""
    cost = 0.0
    for step, mentoring in ((problem.load.places, False), (problem.load.mentoring, True)):
        held = Counter(pin.person for pin in set(problem.pins) if (pin.role is SeatRole.MENTOR) is mentoring)
        for case, team in enumerate(teams):
            for table, row in team:
                pin = Pin(case, SEATS[table], int(getattr(problem, table).person[row]))
                if len(step) and (table == "mentors") is mentoring and pin not in problem.pins:
                    cost += step[pin.person] * held[pin.person]
                    held[pin.person] += 1
    return cost


def _score(problem: Problem, part: tuple[str, int]) -> float:
    return float(getattr(problem, part[0]).score[part[1]])


def _teams(problem: Problem, case: int) -> Iterator[Team]:
    yield ()
    x, z, w = problem.attorneys, problem.mentors, problem.co_counsel
    two = len(problem.cases.attorneys) > 0 and problem.cases.attorneys[case] == 2
    mentors: list[Team] = [(("mentors", int(one)),) for one in np.flatnonzero(z.case == case)]
    seconds: list[Team] = [(("co_counsel", int(one)),) for one in np.flatnonzero(w.case == case)]
    for row in np.flatnonzero(x.case == case):
        chains = list(_chains(problem, case, int(row)))
        for parts in itertools.product(chains, mentors if x.needs_mentor[row] else [()], seconds if two else [()]):
            team = (("attorneys", int(row)), *itertools.chain(*parts))
            if _allowed(problem, case, team):
                yield team


def _chains(problem: Problem, case: int, row: int) -> Iterator[Team]:
    x, legs = problem.attorneys, problem.legs
    if x.direct[row]:
        yield ()
        return
    hears = problem.people.speaks[x.person[row]]
    mine = np.flatnonzero(legs.case == case)
    for first in mine[~legs.relay[mine]]:
        if hears[legs.target[first]]:
            yield (("legs", int(first)),)
        for onward in mine[legs.relay[mine]]:
            if legs.source[onward] == legs.target[first] and hears[legs.target[onward]]:
                yield (("legs", int(first)), ("legs", int(onward)))


def _allowed(problem: Problem, case: int, team: Team) -> bool:
    members = [int(getattr(problem, table).person[row]) for table, row in team]
    if len(set(members)) < len(members):
        return False
    for (table, _), member in zip(team, members, strict=True):
        pins = [pin.person for pin in problem.pins if pin.case == case and pin.role is SEATS[table]]
        if pins and member not in pins:
            return False
    return True


def is_feasible(problem: Problem, chosen: Chosen) -> bool:
    """Whether chosen rows of the tables make one whole, allowed team a case, within everybody's limits."""
    teams: list[set[tuple[str, int]]] = [set() for _ in range(problem.cases.n)]
    for table, rows in zip(SEATS, chosen, strict=True):
        for row in rows.tolist():
            teams[getattr(problem, table).case[row]].add((table, row))
    allowed = all(team in [set(one) for one in _teams(problem, case)] for case, team in enumerate(teams))
    return allowed and keeps_capacities(problem, tuple(tuple(team) for team in teams))


def keeps_capacities(problem: Problem, teams: tuple[Team, ...]) -> bool:
    """Whether everybody stays within places, hours and mentoring; pinned seats are paid for in advance."""
    uses = [use for case, team in enumerate(teams) for use in _uses(problem, case, team)]
    return _after(_left(problem), uses) is not None


def _left(problem: Problem) -> list[float]:
    """Places, then hours, then mentoring of everybody, after the pinned seats."""
    people = problem.people
    left = [*people.places.tolist(), *people.hours.tolist(), *people.mentoring.tolist()]
    for pin in problem.pins:
        for what, amount in _taken(problem, pin):
            left[what] -= amount
    return [max(one, 0.0) for one in left]


def _uses(problem: Problem, case: int, team: Team) -> list[Use]:
    pins = [Pin(case, SEATS[table], int(getattr(problem, table).person[row])) for table, row in team]
    return [use for pin in pins if pin not in problem.pins for use in _taken(problem, pin)]


def _taken(problem: Problem, pin: Pin) -> list[Use]:
    n = problem.people.n
    if pin.role is SeatRole.MENTOR:
        return [(2 * n + pin.person, 1.0)]
    amounts = problem.cases.interpreter_hours if pin.role is SeatRole.INTERPRETER else problem.cases.hours
    return [(pin.person, 1.0), (n + pin.person, float(amounts[pin.case]))]


def _after(left: list[float], uses: list[Use]) -> list[float] | None:
    """What is left after that; None where it is more than there was."""
    after = left.copy()
    for what, amount in uses:
        after[what] -= amount
    return after if all(after[what] >= -1e-9 for what, _ in uses) else None
