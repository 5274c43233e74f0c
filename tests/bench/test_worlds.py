"""The worlds that everything is measured on."""

from collections import Counter

from bench.builtin import the_plugins
from bench.worlds import Supply, World
from core.model.vocabulary import VolunteerRole
from tests.plugins.asking import builtin

SPANISH = Supply(spanish=1.0, places=(1.0, 0.0, 0.0, 0.0))


def test_a_seed_always_draws_the_same_world() -> None:
    one, other = (World(7).snapshot(40, 20, 10, hours=True, mentors=True) for _ in range(2))
    assert one == other
    assert one != World(8).snapshot(40, 20, 10, hours=True, mentors=True)


def test_more_volunteers_leave_the_cases_as_they_are() -> None:
    few, many = (World(7).snapshot(40, size, size, hours=False, mentors=True) for size in (5, 50))
    assert few.cases == many.cases
    assert len(many.volunteers) == 100


def test_languages_are_as_rare_as_they_are_in_court() -> None:
    cases = World(1).snapshot(3000, 0, 0, hours=False, mentors=False).cases
    counts = Counter(tag for case in cases for tag in case.languages)
    assert counts.most_common(1)[0][0] == "es"
    assert counts["es"] > 0.6 * len(cases)
    assert 0 < counts["mam"] < 0.1 * len(cases)


def test_hours_and_mentors_are_there_when_they_are_asked_for() -> None:
    with_both = World(3).snapshot(0, 60, 0, hours=True, mentors=True).volunteers
    with_neither = World(3).snapshot(0, 60, 0, hours=False, mentors=False).volunteers
    assert all(person.capacity_hours for person in with_both)
    assert any(VolunteerRole.MENTOR in person.roles for person in with_both)
    assert all(person.capacity_hours is None for person in with_neither)
    assert not any(VolunteerRole.MENTOR in person.roles for person in with_neither)


def test_interpreters_join_two_languages_that_they_know_well() -> None:
    people = World(5).snapshot(0, 0, 200, hours=False, mentors=False).volunteers
    assert all(set(pair) <= person.languages.keys() for person in people for pair in person.pairs())
    assert {tag for person in people for pair in person.pairs() for tag in pair} >= {"en", "es", "mam"}


def test_what_is_assumed_of_the_volunteers_leaves_the_cases_as_they_are() -> None:
    usual, other = (World(7, supply).snapshot(20, 60, 20, hours=False, mentors=True) for supply in (Supply(), SPANISH))
    assert usual.cases == other.cases
    assert all("es" in person.languages for person in other.volunteers[:60])
    assert {person.capacity_cases for person in other.volunteers} == {1}


def test_every_built_in_rule_and_scorer_is_asked() -> None:
    asked, every = the_plugins(), builtin()
    assert [rule.name for rule in asked.rules()] == [rule.name for rule in every.rules()] != []
    assert [scorer.name for scorer in asked.scorers()] == [scorer.name for scorer in every.scorers()] != []
