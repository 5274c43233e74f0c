"""Small random problems, and crowds in which everybody could take every case."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from core.model.plans.columns import Bools, Floats, Ints
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
Chance = np.random.Generator


@st.composite
def problems(draw: st.DrawFn, *, cases: int = 3, people: int = 4, pinned: bool = True) -> Problem:
    """Problems of up to ``cases`` x ``people`` with every feature: hours, relays, mentors, co-counsel, pins.

    How many there are of everything is drawn, and which they are follows from one drawn number: to draw each value by
    itself takes several times as long as all that is then done with it.
    """
    m, n, chance = draw(st.integers(1, cases)), draw(st.integers(1, people)), draw(chances())
    given_people = People(
        chance.integers(0, 3, n),
        chance.integers(0, 3, n),
        chance.choice([5.0, 10.0, 20.0, 30.0, np.inf], n),
        _flags(chance, n, LANGUAGES),
    )
    amounts = chance.choice([5.0, 10.0, 15.0], (2, m))
    given_cases = Cases(amounts[0], amounts[1] * draw(st.sampled_from([0.0, 1.0])))
    if draw(st.booleans()):
        given_cases = replace(given_cases, attorneys=chance.choice([1, 1, 2], m))
    pins: tuple[Pin, ...] = ()
    if pinned and draw(st.booleans()):
        pins = (Pin(int(chance.integers(m)), KINDS[chance.integers(len(KINDS))], int(chance.integers(n))),)
    few = st.integers(0, 8)
    return Problem(
        given_people,
        given_cases,
        _attorneys(chance, m, n, draw(few)),
        _legs(chance, m, n, draw(few)),
        MentorPairs(*_pairs(chance, m, n, draw(few), (-10, 10))),
        pins,
        co_counsel=CoCounselPairs(*_pairs(chance, m, n, draw(few), (-20, 40))),
    )


@st.composite
def shared(draw: st.DrawFn, among: st.SearchStrategy[Problem]) -> Problem:
    """The same problems with floors for up to two groups of cases, and places of rising cost."""
    problem, groups, chance = draw(among), draw(st.integers(0, 2)), draw(chances())
    m, n = problem.cases.n, problem.people.n
    price = chance.integers(0, 61, groups).astype(float)
    floors = Floors(_flags(chance, groups, m), chance.integers(0, m + 1, groups), price)
    steps = chance.choice([0.0, 0.5, 3.0, 25.0], (2, n))
    return replace(problem, floors=floors, load=Load(steps[0], steps[1]) if draw(st.booleans()) else Load())


@st.composite
def tiered(draw: st.DrawFn, among: st.SearchStrategy[Problem]) -> Problem:
    """The same problems with cases of two tiers and some that come by points alone."""
    problem, chance = draw(among), draw(chances())
    return replace(problem, cases=replace(problem.cases, tier=chance.integers(0, 3, problem.cases.n)))


def chances() -> st.SearchStrategy[Chance]:
    """A stream of chance that follows from one drawn number."""
    return st.integers(0, 2**32 - 1).map(np.random.default_rng)


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


def _flags(chance: Chance, *shape: int) -> Bools:
    return chance.integers(0, 2, shape).astype(np.bool_)


def _pairs(chance: Chance, m: int, n: int, most: int, scores: tuple[int, int]) -> tuple[Ints, Ints, Floats]:
    """Different pairs of a case and a person, at most so many, with scores between two."""
    case, person = np.divmod(chance.permutation(m * n)[:most], n)
    return case, person, chance.integers(scores[0], scores[1] + 1, len(case)).astype(float)


def _attorneys(chance: Chance, m: int, n: int, most: int) -> AttorneyPairs:
    case, person, score = _pairs(chance, m, n, most, (1, 100))
    direct, mentored = _flags(chance, 2, len(case))
    return AttorneyPairs(case, person, score, direct, mentored)


def _legs(chance: Chance, m: int, n: int, most: int) -> Legs:
    shape = (m, n, LANGUAGES, LANGUAGES, 2)
    chosen = chance.permutation(np.prod(shape))[:most]
    case, person, source, target, relay = np.unravel_index(chosen, shape)
    return Legs(case, person, source, target, relay.astype(bool), -chance.integers(1, 21, len(chosen)).astype(float))


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
