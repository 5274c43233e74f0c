"""The poverty guidelines of the Department of Health and Human Services, by year (data in ``core/data``)."""

import csv
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from core.errors import BadInput

CONTIGUOUS: Final = "48 states and DC"
APART: Final = {"AK": "Alaska", "HI": "Hawaii"}
"""States with figures of their own. HHS gives none for Puerto Rico and the other territories and leaves the choice to
each programme (see the notice of each year); here the figures of the 48 states count for them."""
EXPECTED_WITHIN: Final = 400
"""Days after which a newer table must exist: HHS publishes one each January."""


class Guideline(msgspec.Struct, frozen=True):
    """The guideline of one year for one area: dollars a year, in force from ``effective`` until the next one."""

    year: int
    effective: date
    area: str
    one_person: int
    each_additional: int
    source: str
    reviewed: date

    def line(self, persons: int) -> int:
        """The guideline for a household of so many persons, in dollars a year."""
        if persons < 1:
            raise BadInput("A household has at least one person: the client.")
        return self.one_person + (persons - 1) * self.each_additional

    def is_overdue(self, today: date) -> bool:
        """Whether a newer guideline should be in the data by now."""
        return (today - self.effective).days > EXPECTED_WITHIN


@cache
def guidelines() -> tuple[Guideline, ...]:
    """All guidelines that are known, the newest first."""
    text = resources.files("core").joinpath("data", "poverty_guidelines.csv").read_text(encoding="utf-8")
    rows = [msgspec.convert(row, Guideline, strict=False) for row in csv.DictReader(text.splitlines())]
    return tuple(sorted(rows, key=lambda one: (one.effective, one.area), reverse=True))


def guideline_on(day: date, us_state: str = "") -> Guideline:
    """The guideline in force on a day in a state; raises BadInput for a day before the first one that is known."""
    area = APART.get(us_state, CONTIGUOUS)
    for one in guidelines():
        if one.area == area and one.effective <= day:
            return one
    first = min(one.effective for one in guidelines())
    raise BadInput(f"No poverty guideline is known before {first.isoformat()}. Give a later day.")
