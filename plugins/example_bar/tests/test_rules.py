"""The rules: their contracts, and whom they keep out."""

from example_bar.rules import MostHours, example_bar_training_for_detained

from amparo import PracticeArea
from amparo_testing import a_case, a_volunteer, allowed, check_rule, explained


def test_they_keep_their_contracts() -> None:
    check_rule(example_bar_training_for_detained)
    check_rule(MostHours(200.0))


def test_a_detained_client_gets_somebody_trained() -> None:
    trained = a_volunteer("V-1", practice={PracticeArea.REMOVAL: 2})
    beginner = a_volunteer("V-2", practice={PracticeArea.REMOVAL: 1})
    case = a_case(practice_area=PracticeArea.REMOVAL, detained=True)

    assert allowed(example_bar_training_for_detained, case, trained, beginner) == {"V-1": True, "V-2": False}
    assert "removal" in explained(example_bar_training_for_detained, case)


def test_a_long_case_needs_a_second_admission() -> None:
    one, two = a_volunteer("V-1", bars=("NM",)), a_volunteer("V-2", bars=("NM", "NY"))
    rule = MostHours(200.0)

    assert allowed(rule, a_case(hours=300.0), one, two) == {"V-1": False, "V-2": True}
    assert allowed(rule, a_case(hours=200.0), one, two) == {"V-1": True, "V-2": True}
    assert explained(rule, a_case(hours=300.0)) == "The case asks for 300 hours, more than our insurance covers."
