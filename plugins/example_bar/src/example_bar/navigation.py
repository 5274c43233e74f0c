"""Two entries of the navigation: a page of our own in the portal, and our website."""

from collections.abc import Sequence

from amparo import AccountRole, NavigationEntry, hookimpl

amparo_api = "1.0"

EVERYBODY = tuple(AccountRole)


@hookimpl
def amparo_navigation() -> Sequence[NavigationEntry]:
    """The page is the panel ``example_bar_trainings`` of ``panels.py``."""
    return [
        NavigationEntry("Trainings", "/panels/example_bar_trainings", EVERYBODY),
        NavigationEntry("Example Bar", "https://bar.example.org/pro-bono", EVERYBODY),
    ]
