"""The entries of the navigation: their contract, and that one of them leads to a panel that is there."""

from example_bar.navigation import amparo_navigation
from example_bar.panels import Trainings

from amparo_testing import check_navigation


def test_they_keep_their_contract() -> None:
    for entry in amparo_navigation():
        check_navigation(entry)


def test_one_leads_to_the_page_of_trainings_and_one_to_our_website() -> None:
    page, website = amparo_navigation()

    assert page.href == f"/panels/{Trainings.name}"
    assert website.href.startswith("https://")
