"""The panels: their contract, and what they show."""

from example_bar.panels import Library, Trainings

from amparo import PanelLink, PracticeArea
from amparo_testing import a_case_record, check_panel, shown_by


def test_they_keep_their_contract() -> None:
    check_panel(Library())
    check_panel(Trainings())


def test_the_library_says_what_it_has_for_a_case() -> None:
    shown = shown_by(Library(), a_case_record(languages=("mam", "es")))

    assert (shown.facts[0].term, shown.facts[0].value) == ("Book", "Asylum practice manual")
    assert shown.facts[-1].value == "Mam, Spanish"
    assert shown.links == (PanelLink("To the shelf", "https://bar.example.org/library/asylum"),)


def test_the_library_says_where_it_has_nothing() -> None:
    shown = shown_by(Library(), a_case_record(practice_area=PracticeArea.CITIZENSHIP))

    assert shown.paragraphs == ("We have nothing on this practice area yet.",)


def test_the_page_of_trainings_is_a_table() -> None:
    shown = shown_by(Trainings())

    assert shown.table is not None
    assert shown.table.rows[0][0] == "Asylum, first steps"
