"""Rules and scorers that break their contract, one way each, and the sentence that says so."""

import itertools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from amparo import Bools, CaseView, Rule, Scorer, SeatRole, VolunteerColumns, pair_rule, pair_scorer, rule, scorer
from core.conformance import State
from tests.core.conformance.finding import found, letting_go
from tests.plugins_for_tests.hanging import hang

BASIC = "answers for every case, and asks only for what it may"
TWICE = "the same answer twice, in any order"
OWN_ROW = "says of a volunteer what that volunteer’s row says"
FEW = "nobody and one person alone"
PAIRS = "pairs as it answers about one case"
SENTENCE = "its sentence"
Function = Callable[[Any, Any], Any]


def ruled(function: Function, reads: tuple[str, ...] = (), text: str = "Nobody may.") -> Rule:
    return rule(role="attorney", reads=reads, blocks="x", name="odd", text=text)(function)


def scored(function: Function, reads: tuple[str, ...] = ()) -> Scorer:
    return scorer(role="attorney", reads=reads, name="odd", text="Odd.")(function)


def leave(case: Any, volunteers: Any) -> Any:
    sys.exit(3)


def test_a_rule_that_does_everything_right_passes() -> None:
    good = ruled(lambda case, people: people.level[:, case.practice_area] >= 1, reads=("practice_area",))

    assert found("rules", good) == {}
    assert found("rules", good, State.ADVICE) == {}


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda case, people: people.load, "It returned float64[36] instead of bool[36]."),
        (lambda case, people: np.ones(3, dtype=np.bool_), "It returned bool[3] instead of bool[36]."),
        (lambda case, people: 1 / 0, "It raised ZeroDivisionError: division by zero"),
        (lambda case, people: people.load > case.hours, "add 'hours' to reads"),
        (lambda case, people: case.client_name, "It asks for case.client_name, which no plugin gets."),
        (lambda case, people: people.email, "It asks for volunteers.email, which no plugin gets."),
        (lambda case, people: getattr(people, "email", people.remote), "It asks for volunteers.email"),
        (lambda case, people: people.load.sort(), "It raised ValueError"),
        (leave, "It calls sys.exit."),
    ],
)
def test_what_a_rule_must_not_do_is_said_once(function: Function, said: str) -> None:
    problems = found("rules", ruled(function))

    assert list(problems) == [BASIC]
    assert said in problems[BASIC]


def test_a_rule_that_hangs_is_reported_and_asked_no_more() -> None:
    with letting_go():
        assert "no answer within 1 seconds" in found("rules", ruled(lambda case, people: hang()))[BASIC]


def test_chance_and_memory_are_found() -> None:
    count = itertools.count()

    def changes_its_mind(case: Any, people: Any) -> Any:
        return np.full(people.n, next(count) % 2 == 0)

    assert TWICE in found("rules", ruled(changes_its_mind))


def test_comparing_people_with_each_other_is_found() -> None:
    problems = found("scorers", scored(lambda case, people: people.level[:, 0] - people.level[:, 0].mean()))

    assert "changes with who else is asked about" in problems[OWN_ROW]


def test_what_fails_for_nobody_is_found() -> None:
    def about_the_first(case: Any, people: Any) -> Any:
        return np.full(people.n, people.remote[0] or True)

    assert "IndexError" in found("rules", ruled(about_the_first))[FEW]


def test_a_score_that_is_not_finite_is_found() -> None:
    problems = found("scorers", scored(lambda case, people: people.latitude))

    assert "not a finite number" in problems[BASIC]


@pytest.mark.parametrize(
    ("text", "said"),
    [("Nobody in {town}.", "{town}, which a case does not have"), ("Nobody for {hours}.", "which it does not read")],
)
def test_a_sentence_that_names_what_it_does_not_know_is_found(text: str, said: str) -> None:
    assert said in found("rules", ruled(lambda case, people: people.remote, text=text))[SENTENCE]


def test_a_field_that_is_declared_in_vain_is_worth_advice() -> None:
    idle = ruled(lambda case, people: people.remote, reads=("hours",))

    assert found("rules", idle) == {}
    assert "declares hours and read none" in found("rules", idle, State.ADVICE)["reads what it declares"]


def test_a_loop_over_people_is_too_slow() -> None:
    def one_by_one(case: Any, people: Any) -> Any:
        return np.array([bool(people.free_days[row].sum() >= 0) for row in range(people.n)], dtype=np.bool_)

    assert "ns a pair" in found("rules", ruled(one_by_one))["at most 1000 ns a pair"]


def test_a_good_scorer_of_pairs_passes() -> None:
    @pair_scorer(role="attorney", reads=("latitude",))
    def near(cases: Any, people: Any) -> Any:
        """Near."""
        return np.nan_to_num(np.abs(cases.latitude - people.latitude), nan=9.0)

    assert found("scorers", near) == {}


def test_a_rule_of_pairs_that_looks_at_other_rows_is_found() -> None:
    @pair_rule(role="attorney", reads=("waiting_days",), blocks="x")
    def crowded(cases: Any, people: Any) -> Any:
        """Crowded."""
        return np.full(people.n, people.n > 100)

    assert PAIRS in found("rules", crowded)


def test_a_rule_of_pairs_that_writes_to_its_columns_is_found() -> None:
    @pair_rule(role="attorney", blocks="x")
    def writes(cases: Any, people: Any) -> Any:
        """Writes."""
        people.free_hours[:] = 0.0
        return people.remote

    assert "It changes volunteers.free_hours." in found("rules", writes)[PAIRS]


class OwnRule:
    """A rule of one's own class, which our decorators do not guard."""

    name, roles, reads, blocks, text = "own", (SeatRole.ATTORNEY,), ("hours",), "x", "Too many hours."

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        return volunteers.free_hours >= case.hours

    def explain(self, case: CaseView) -> str:
        return self.text


def test_an_object_of_ones_own_class_is_held_to_the_same() -> None:
    assert found("rules", OwnRule()) == {}

    nosy = type("Nosy", (OwnRule,), {"reads": ()})()
    assert "add 'hours' to reads" in found("rules", nosy)[BASIC]

    silent = type("Silent", (OwnRule,), {"explain": lambda self, case: None})()
    assert "a NoneType instead of a str" in found("rules", silent)[SENTENCE]


def test_what_is_no_rule_at_all_is_said_before_anything_is_asked() -> None:
    assert "It returned a object without name" in found("rules", object())["is declared"]
