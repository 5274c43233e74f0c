"""The rule and the scorer of pairs: their contracts, and what they say of two people."""

from example_bar.pairs import example_bar_not_twice, example_bar_same_valley

from amparo import PracticeArea
from amparo_testing import a_case, a_volunteer, allowed, check_rule, check_scorer, points_of


def test_they_keep_their_contracts() -> None:
    check_rule(example_bar_not_twice)
    check_scorer(example_bar_same_valley)


def test_nobody_takes_the_same_clients_naturalization_as_well() -> None:
    case = a_case(practice_area=PracticeArea.CITIZENSHIP, prior=("V-1",))

    people = (a_volunteer("V-1"), a_volunteer("V-2"))
    assert allowed(example_bar_not_twice, case, *people) == {"V-1": False, "V-2": True}


def test_a_neighbour_gets_points_and_somebody_of_an_unknown_place_none() -> None:
    near, unknown = a_volunteer("V-1"), a_volunteer("V-2", county="", us_state="")

    assert points_of(example_bar_same_valley, a_case(), near, unknown) == {"V-1": 5.0, "V-2": 0.0}
