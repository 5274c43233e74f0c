"""The report: its contract, and who counts where."""

from example_bar.reports import Used

from amparo import PracticeArea
from amparo_testing import a_case_record, a_match_record, a_volunteer_record, check_report, some_facts, table_of


def test_it_keeps_its_contract() -> None:
    check_report(Used())


def test_whoever_has_worked_on_a_case_counts_as_used() -> None:
    both = a_volunteer_record("V-1", practice={PracticeArea.ASYLUM: 2, PracticeArea.FAMILY: 1})
    idle = a_volunteer_record("V-2")

    said = table_of(Used(), some_facts((a_case_record("C-1"),), (a_match_record("C-1"),), (both, idle)))

    assert said["Asylum"] == {"Know it": 2, "Have worked": 1, "Share": 0.5}
    assert said["Family"] == {"Know it": 1, "Have worked": 1, "Share": 1.0}
