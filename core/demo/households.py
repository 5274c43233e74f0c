"""The households of the demo's clients: how many live on how much, the same for the same case every time."""

from decimal import Decimal
from random import Random
from typing import Final

from core.model.cases.case import Case
from core.model.clients.households import Household, Period

INCOMES: Final = (0, 900, 1_250, 1_600, 1_900, 2_150, 2_400)
"""Dollars a month: below 200 per cent of the guideline of a single person, so that the story is not held up by it."""


def household_of(case: Case) -> Household:
    """The household of a case's client, by its reference."""
    random = Random(case.ref)  # noqa: S311 -- invented people
    return Household(random.randint(1, 6), Decimal(random.choice(INCOMES)), Period.MONTH)
