"""Small random problems, and their optimum found by trying every combination of teams."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from core.model.vocabulary import SeatRole
from matching.problem import (
    KINDS,
    AttorneyPairs,
    Cases,
    Chosen,
    CoCounselPairs,
    Floors,
    Legs,
    Load,
    MentorPairs,
    People,
    Pin,
    Problem,
)

LANGUAGES = 3
Team = tuple[tuple[str, int], ...]
SEATS = {
    "attorneys": SeatRole.ATTORNEY,
    "legs": SeatRole.INTERPRETER,
    "mentors": SeatRole.MENTOR,
    "co_counsel": SeatRole.CO_COUNSEL,
}


@st.composite
def problems(draw: st.DrawFn, *, cases: int = 3, people: int = 4, pinned: bool = True) -> Problem:
    """Problems of up to ``cases`` x ``people`` with every feature: hours, relays, mentors, co-counsel, pins."""
    m, n = draw(st.integers(1, cases)), draw(st.integers(1, people))
    number, chance = st.integers(0, 2), st.booleans()
    hours = draw(st.lists(st.sampled_from([5.0, 10.0, 20.0, 30.0, np.inf]), min_size=n, max_size=n))
    places = draw(st.lists(number, min_size=n, max_size=n))
    mentoring = draw(st.lists(number, min_size=n, max_size=n))
    speaks = draw(st.lists(chance, min_size=n * LANGUAGES, max_size=n * LANGUAGES))
    amounts = st.lists(st.sampled_from([5.0, 10.0, 15.0]), min_size=m, max_size=m)
    given_people = People(
        np.array(places), np.array(mentoring), np.array(hours), np.array(speaks).reshape(n, LANGUAGES)
    )
    given_cases = Cases(np.array(draw(amounts)), np.array(draw(amounts)) * draw(st.sampled_from([0.0, 1.0])))
    pairs = st.lists(st.tuples(st.integers(0, m - 1), st.integers(0, n - 1)), unique=True, max_size=8)
    pins: tuple[Pin, ...] = ()
    if pinned and draw(chance):
        pins = (Pin(draw(st.integers(0, m - 1)), draw(st.sampled_from(KINDS)), draw(st.integers(0, n - 1))),)
    attorneys = np.array(draw(st.lists(st.sampled_from([1, 1, 2]), min_size=m, max_size=m)))
    return Problem(
        given_people,
        replace(given_cases, attorneys=attorneys) if draw(chance) else given_cases,
        draw(_attorneys(pairs)),
        draw(_legs(m, n)),
        draw(_mentors(pairs)),
        pins,
        co_counsel=draw(_co_counsel(pairs)),
    )


@st.composite
def shared(draw: st.DrawFn, among: st.SearchStrategy[Problem]) -> Problem:
    """The same problems with floors for up to two groups of cases, and places of rising cost."""
    problem = draw(among)
    m, n, groups = problem.cases.n, problem.people.n, draw(st.integers(0, 2))
    member = draw(st.lists(st.booleans(), min_size=groups * m, max_size=groups * m))
    amounts = st.lists(st.integers(0, 60), min_size=groups, max_size=groups)
    wanted = draw(st.lists(st.integers(0, m), min_size=groups, max_size=groups))
    floors = Floors(
        np.array(member, bool).reshape(groups, m), np.array(wanted, dtype=np.int64), np.array(draw(amounts), float)
    )
    steps = st.lists(st.sampled_from([0.0, 0.5, 3.0, 25.0]), min_size=n, max_size=n)
    load = Load(np.array(draw(steps)), np.array(draw(steps))) if draw(st.booleans()) else Load()
    return replace(problem, floors=floors, load=load)


@st.composite
def tiered(draw: st.DrawFn, among: st.SearchStrategy[Problem]) -> Problem:
    """The same problems with cases of two tiers and some that come by points alone."""
    problem = draw(among)
    tier = draw(st.lists(st.integers(0, 2), min_size=problem.cases.n, max_size=problem.cases.n))
    return replace(problem, cases=replace(problem.cases, tier=np.array(tier, dtype=np.int64)))


@st.composite
def _attorneys(draw: st.DrawFn, pairs: st.SearchStrategy[list[tuple[int, int]]]) -> AttorneyPairs:
    rows = draw(pairs)
    flags = st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))
    case, person = _columns(rows)
    score = draw(st.lists(st.integers(1, 100), min_size=len(rows), max_size=len(rows)))
    return AttorneyPairs(
        case, person, np.array(score, dtype=float), np.array(draw(flags), bool), np.array(draw(flags), bool)
    )


@st.composite
def _legs(draw: st.DrawFn, m: int, n: int) -> Legs:
    leg = st.tuples(st.integers(0, m - 1), st.integers(0, n - 1), st.integers(0, 2), st.integers(0, 2), st.booleans())
    rows = draw(st.lists(leg, unique=True, max_size=9))
    score = draw(st.lists(st.integers(-20, -1), min_size=len(rows), max_size=len(rows)))
    case, person, source, target, relay = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    return Legs(case, person, source, target, relay.astype(bool), np.array(score, dtype=float))


@st.composite
def _mentors(draw: st.DrawFn, pairs: st.SearchStrategy[list[tuple[int, int]]]) -> MentorPairs:
    rows = draw(pairs)
    case, person = _columns(rows)
    score = draw(st.lists(st.integers(-10, 10), min_size=len(rows), max_size=len(rows)))
    return MentorPairs(case, person, np.array(score, dtype=float))


@st.composite
def _co_counsel(draw: st.DrawFn, pairs: st.SearchStrategy[list[tuple[int, int]]]) -> CoCounselPairs:
    rows = draw(pairs)
    case, person = _columns(rows)
    score = draw(st.lists(st.integers(-20, 40), min_size=len(rows), max_size=len(rows)))
    return CoCounselPairs(case, person, np.array(score, dtype=float))


def _columns(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    case, person = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return case, person


def best_value(problem: Problem) -> float:
    """The optimum, by trying every team of every case with every other."""
    options = [list(_teams(problem, case)) for case in range(problem.cases.n)]
    combinations = itertools.product(*options)
    return max(value_of(problem, teams) for teams in combinations if keeps_capacities(problem, teams))


def best_in_order(problem: Problem) -> tuple[int, int, float]:
    """Cases of tier 1, then of tier 2, then the value: the greatest in this order among all combinations of teams."""
    options = [list(_teams(problem, case)) for case in range(problem.cases.n)]
    return max(_ranked(problem, teams) for teams in itertools.product(*options) if keeps_capacities(problem, teams))


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
    places, hours = problem.people.places.astype(float), problem.people.hours.copy()
    mentoring = problem.people.mentoring.astype(float)
    for pin in problem.pins:
        _spend(problem, pin.role, pin.case, pin.person, places, hours, mentoring)
    for column in (places, hours, mentoring):
        np.maximum(column, 0.0, out=column)
    for case, team in enumerate(teams):
        for table, row in team:
            pin = Pin(case, SEATS[table], int(getattr(problem, table).person[row]))
            if pin not in problem.pins:
                _spend(problem, pin.role, case, pin.person, places, hours, mentoring)
    return bool((places >= 0).all() and (hours >= -1e-9).all() and (mentoring >= 0).all())


def _spend(
    problem: Problem,
    role: SeatRole,
    case: int,
    person: int,
    places: np.ndarray,
    hours: np.ndarray,
    mentoring: np.ndarray,
) -> None:
    if role is SeatRole.MENTOR:
        mentoring[person] -= 1
        return
    places[person] -= 1
    amounts = problem.cases.interpreter_hours if role is SeatRole.INTERPRETER else problem.cases.hours
    hours[person] -= amounts[case]


def crowd(cases: int, people: int, seed: int, *, hours: bool = False) -> Problem:
    """A crowd in which everybody could take every case; a third of the clients need an interpreter."""
    random = np.random.default_rng(seed)
    case, person = (table.ravel() for table in np.meshgrid(np.arange(cases), np.arange(people), indexing="ij"))
    foreign = np.arange(cases) % 3 == 0
    listed, helper = case[foreign[case]], person[foreign[case]]
    speaks = np.tile([True, False, False], (people, 1))
    return Problem(
        People(
            random.integers(0, 3, people),
            random.integers(0, 2, people),
            random.choice([20.0, 40.0, 60.0], people) if hours else np.full(people, np.inf),
            speaks,
        ),
        Cases(random.choice([10.0, 15.0, 25.0], cases), np.zeros(cases)),
        AttorneyPairs(
            case,
            person,
            random.integers(100, 1000, len(case)).astype(float),
            ~foreign[case],
            random.random(len(case)) < 0.2,
        ),
        Legs(
            listed,
            helper,
            np.full(len(listed), 1),
            np.zeros(len(listed), np.int64),
            np.zeros(len(listed), bool),
            -random.integers(10, 50, len(listed)).astype(float),
        ),
        MentorPairs(case, person, np.full(len(case), -5.0)),
    )


def triangle() -> Problem:
    """Three interpreters of two directions each and one place each; any two of them make a relay, for two cases."""
    person, source, target = (
        np.array(column) for column in ((0, 1, 1, 2, 2, 0), (1, 2, 1, 2, 1, 2), (2, 0, 2, 0, 2, 0))
    )
    legs = Legs(
        np.tile(np.repeat((0, 1, 2), 6), 1),
        np.tile(person, 3),
        np.tile(source, 3),
        np.tile(target, 3),
        np.tile(source == 2, 3),
        np.full(18, -1.0),
    )
    lawyers = AttorneyPairs(np.arange(3), np.arange(3, 6), np.full(3, 100.0), np.zeros(3, bool), np.zeros(3, bool))
    speaks = np.tile([True, False, False], (6, 1))
    return Problem(
        People(np.ones(6, int), np.zeros(6, int), np.full(6, np.inf), speaks),
        Cases(np.zeros(3), np.zeros(3)),
        lawyers,
        legs,
    )
