"""Small random problems, and crowds in which everybody could take every case."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from core.model.plans.columns import Bools, Ints
from matching.problem import (
    KINDS,
    AttorneyPairs,
    Cases,
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


@st.composite
def problems(draw: st.DrawFn, *, cases: int = 3, people: int = 4, pinned: bool = True) -> Problem:
    """Problems of up to ``cases`` x ``people`` with every feature: hours, relays, mentors, co-counsel, pins."""
    m, n = draw(st.integers(1, cases)), draw(st.integers(1, people))
    number, chance = st.integers(0, 2), st.booleans()
    hours = draw(st.lists(st.sampled_from([5.0, 10.0, 20.0, 30.0, np.inf]), min_size=n, max_size=n))
    places = draw(st.lists(number, min_size=n, max_size=n))
    mentoring = draw(st.lists(number, min_size=n, max_size=n))
    speaks = draw(_flags(n * LANGUAGES))
    amounts = st.lists(st.sampled_from([5.0, 10.0, 15.0]), min_size=m, max_size=m)
    given_people = People(np.array(places), np.array(mentoring), np.array(hours), speaks.reshape(n, LANGUAGES))
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
    member = draw(_flags(groups * m))
    amounts = st.lists(st.integers(0, 60), min_size=groups, max_size=groups)
    wanted = draw(st.lists(st.integers(0, m), min_size=groups, max_size=groups))
    floors = Floors(member.reshape(groups, m), np.array(wanted, dtype=np.int64), np.array(draw(amounts), float))
    steps = st.lists(st.sampled_from([0.0, 0.5, 3.0, 25.0]), min_size=n, max_size=n)
    load = Load(np.array(draw(steps)), np.array(draw(steps))) if draw(st.booleans()) else Load()
    return replace(problem, floors=floors, load=load)


@st.composite
def tiered(draw: st.DrawFn, among: st.SearchStrategy[Problem]) -> Problem:
    """The same problems with cases of two tiers and some that come by points alone."""
    problem = draw(among)
    tier = draw(st.lists(st.integers(0, 2), min_size=problem.cases.n, max_size=problem.cases.n))
    return replace(problem, cases=replace(problem.cases, tier=np.array(tier, dtype=np.int64)))


def shuffled(problem: Problem, random: Random) -> tuple[Problem, Ints, Ints]:
    """The same problem with people and cases in another order, and what each person and each case is numbered then."""
    people, cases = list(range(problem.people.n)), list(range(problem.cases.n))
    random.shuffle(people)
    random.shuffle(cases)
    of_person, of_case = np.argsort(people), np.argsort(cases)
    moved = {
        "people": _taken(problem.people, people),
        "cases": _taken(problem.cases, cases),
        "floors": replace(problem.floors, member=problem.floors.member[:, cases]),
        "load": _taken(problem.load, people),
    }
    other: Problem = replace(problem, **moved)
    tables = [replace(one, case=of_case[one.case], person=of_person[one.person]) for one in problem.tables]
    return other.with_tables(tables), of_person, of_case


def _taken(table: Any, order: list[int]) -> Any:
    """The columns of a table in another order; those that are not given stay so."""
    columns = {name: getattr(table, name) for name in table.__slots__}
    return type(table)(**{name: column[order] if len(column) else column for name, column in columns.items()})


def _flags(n: int) -> st.SearchStrategy[Bools]:
    """So many choices of yes or no, drawn as one number: one by one they take most of the time of a test."""
    return st.integers(0, 2**n - 1).map(
        lambda bits: np.array([bits >> place & 1 for place in range(n)], dtype=np.bool_)
    )


@st.composite
def _attorneys(draw: st.DrawFn, pairs: st.SearchStrategy[list[tuple[int, int]]]) -> AttorneyPairs:
    rows = draw(pairs)
    case, person = _columns(rows)
    score = draw(st.lists(st.integers(1, 100), min_size=len(rows), max_size=len(rows)))
    direct, mentored = draw(_flags(len(rows))), draw(_flags(len(rows)))
    return AttorneyPairs(case, person, np.array(score, dtype=float), direct, mentored)


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
