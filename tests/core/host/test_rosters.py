"""Rosters as providers: what one must declare, and what is refused with a cause."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from amparo import RosterEntry
from core.host.contracts import Nonsense, check_provider
from core.host.kinds import KIND_OF


class OurBar:
    name, title, bar, every = "our-bar", "Members of our bar", "NM", timedelta(days=1)

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        yield RosterEntry(number="1", name="A. Member")


def test_a_roster_says_whose_it_is_and_how_often_it_is_read() -> None:
    assert check_provider(KIND_OF["rosters"], OurBar()) == "our-bar"


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("bar", "New Mexico", "the two letters of a bar's jurisdiction"),
        ("bar", "XX", "the two letters of a bar's jurisdiction"),
        ("every", 3600, "a timedelta of zero or more"),
        ("every", timedelta(hours=-1), "a timedelta of zero or more"),
        ("title", "", "a text that is not empty"),
    ],
)
def test_one_that_declares_nonsense_is_refused(attribute: str, value: Any, said: str) -> None:
    with pytest.raises(Nonsense, match=said):
        check_provider(KIND_OF["rosters"], type("Odd", (OurBar,), {attribute: value})())
