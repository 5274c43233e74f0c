"""An independent verdict on an answer: it shares nothing with the engine but the arrays that say what the problem is.

An answer is the chosen rows of each table of the problem, in the order of ``KINDS``. ``bench.bound`` has the other
half: an upper bound from prices.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from bench.settled import Settled, asks_two
from core.model.plans.columns import Floats
from core.model.vocabulary import SeatRole
from matching.problem import KINDS, Chosen, Pairs, Problem

NEAR: Final = 1e-6
Team = dict[SeatRole, list[int]]
"""The chosen rows of one case, by seat."""


def faults(problem: Problem, chosen: Chosen) -> list[str]:
    """What is wrong with an answer, one sentence each; nothing where it is feasible."""
    if wrong := [*_rows_that_are_none(problem, chosen)]:
        return wrong
    settled = Settled(problem)
    return [*_team_faults(problem, chosen), *_pin_faults(settled, chosen), *_overloads(settled, chosen)]


def value(problem: Problem, chosen: Chosen) -> float:
    """The sum of scores of an answer, less what it costs to give people several places and to miss floors."""
    scores = sum(table.score[rows].sum() for table, rows in zip(problem.tables, chosen, strict=True))
    served, strain = set(problem.attorneys.case[chosen[0]].tolist()), 0.0
    floors = zip(problem.floors.member, problem.floors.wanted, problem.floors.points, strict=True)
    lacking = sum(
        points * max(0, wanted - len(served & set(np.flatnonzero(group).tolist()))) for group, wanted, points in floors
    )
    settled = Settled(problem)
    for seats, kept, step in zip(_new_seats(settled, chosen), settled.kept, _steps(problem), strict=True):
        strain += sum(step[one] * (kept[one] + earlier) for one, n in seats.items() for earlier in range(n))
    return float(scores - lacking - strain)


def _steps(problem: Problem) -> tuple[Floats, Floats]:
    """By how much each seat of a person costs more than the one before: of cases, and of mentoring."""
    nothing, load = np.zeros(problem.people.n), problem.load
    return (load.places if len(load.places) else nothing), (load.mentoring if len(load.mentoring) else nothing)


def _new_seats(settled: Settled, chosen: Chosen) -> tuple[Counter[int], Counter[int]]:
    """How many seats of cases, and of mentoring, everybody is given that were not settled for her before."""
    seats, guided = Counter[int](), Counter[int]()
    for role, table, rows in zip(KINDS, settled.problem.tables, chosen, strict=True):
        new = ~settled.is_pin(role, table.case[rows], table.person[rows])
        (guided if role is SeatRole.MENTOR else seats).update(table.person[rows][new].tolist())
    return seats, guided


def by_tier(problem: Problem, chosen: Chosen) -> list[int]:
    """How many cases of tier 1, 2 and so on are served."""
    tiers = problem.cases.tiers()
    served = Counter(tiers[problem.attorneys.case[chosen[0]]].tolist())
    return [served[tier] for tier in range(1, int(tiers.max(initial=0)) + 1)]


def teams(problem: Problem, chosen: Chosen) -> dict[int, Team]:
    """The chosen rows by case, in order of cases."""
    found: dict[int, Team] = defaultdict(lambda: {role: [] for role in KINDS})
    for role, table, rows in zip(KINDS, problem.tables, chosen, strict=True):
        for case, row in zip(table.case[rows].tolist(), rows.tolist(), strict=True):
            found[case][role].append(row)
    return dict(sorted(found.items()))


def _rows_that_are_none(problem: Problem, chosen: Chosen) -> Iterator[str]:
    """Rows that are not in their table, or chosen twice."""
    for role, table, rows in zip(KINDS, problem.tables, chosen, strict=True):
        if len(np.unique(rows)) < len(rows):
            yield f"A pair for the seat of {role} is chosen twice."
        if len(rows) and not 0 <= rows.min() <= rows.max() < len(table.case):
            yield f"A pair for the seat of {role} is chosen that the problem does not have."


def _team_faults(problem: Problem, chosen: Chosen) -> Iterator[str]:
    tables: dict[SeatRole, Pairs] = dict(zip(KINDS, problem.tables, strict=True))
    two = asks_two(problem)
    for case, team in teams(problem, chosen).items():
        people = [person for role, rows in team.items() for person in tables[role].person[rows].tolist()]
        lawyers, legs, mentors = (team[role] for role in (SeatRole.ATTORNEY, SeatRole.INTERPRETER, SeatRole.MENTOR))
        if len(lawyers) != 1 or len(set(people)) < len(people):
            yield f"Case {case} has {len(lawyers)} attorneys, or one person twice."
        elif len(team.get(SeatRole.CO_COUNSEL, [])) != int(two[case]):
            yield f"Case {case} has {len(team.get(SeatRole.CO_COUNSEL, []))} co-counsel and asks for {int(two[case])}."
        elif len(mentors) != int(problem.attorneys.needs_mentor[lawyers[0]]):
            yield f"Case {case} has {len(mentors)} mentors."
        elif not _understood(problem, lawyers[0], legs):
            yield f"The client of case {case} cannot be understood."


def _understood(problem: Problem, lawyer: int, legs: list[int]) -> bool:
    y, hears = problem.legs, problem.people.speaks[problem.attorneys.person[lawyer]]
    if problem.attorneys.direct[lawyer]:
        return not legs
    chain = sorted(legs, key=lambda leg: bool(y.relay[leg]))
    if [bool(y.relay[leg]) for leg in chain] not in ([False], [False, True]):
        return False
    linked = all(y.target[one] == y.source[other] for one, other in pairwise(chain))
    return linked and bool(hears[y.target[chain[-1]]])


def _pin_faults(settled: Settled, chosen: Chosen) -> Iterator[str]:
    for role, table, rows in zip(KINDS, settled.problem.tables, chosen, strict=True):
        taken = rows[~settled.open_to(role, table.case[rows], table.person[rows])]
        yield from (f"The seat of {role} of case {case} is settled for somebody else." for case in table.case[taken])


def _overloads(settled: Settled, chosen: Chosen) -> Iterator[str]:
    """Who has more than she has left beside the seats that are settled, which are paid for in advance."""
    (seats, guided), hours = _new_seats(settled, chosen), np.zeros(settled.problem.people.n)
    for role, table, rows in zip(KINDS, settled.problem.tables, chosen, strict=True):
        case, person = table.case[rows], table.person[rows]
        new = ~settled.is_pin(role, case, person)
        np.add.at(hours, person[new], settled.takes(role, case[new]))
    yield from (f"Person {one} has {n} new seats." for one, n in seats.items() if n > settled.places[one])
    yield from (f"Person {one} mentors {n} new cases." for one, n in guided.items() if n > settled.mentoring[one])
    over = np.flatnonzero(hours > settled.hours + NEAR)
    yield from (f"Person {one} has {hours[one]:g} new hours." for one in over)
