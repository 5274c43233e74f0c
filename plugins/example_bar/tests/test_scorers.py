"""The scorer: its contract, and who gets its points."""

from example_bar.scorers import example_bar_newcomers

from amparo import PracticeArea
from amparo_testing import a_case, a_volunteer, check_scorer, points_of


def test_it_keeps_its_contract() -> None:
    check_scorer(example_bar_newcomers)


def test_who_would_like_such_a_case_and_has_none_gets_points() -> None:
    eager = a_volunteer("V-1", interests=(PracticeArea.ASYLUM,))
    busy = a_volunteer("V-2", interests=(PracticeArea.ASYLUM,), load=0.5)

    assert points_of(example_bar_newcomers, a_case(), eager, busy) == {"V-1": 8.0, "V-2": 0.0}
