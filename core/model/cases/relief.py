"""The taxonomy of relief: what can be asked for in each practice area, and what that takes (data in ``core/data``)."""

import csv
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from core.model.vocabulary import PracticeArea


class Relief(msgspec.Struct, frozen=True):
    """A form of relief with its stable code, its forms, the attorney hours that it typically takes, and its level.

    ``hours`` and ``level`` are where a coordinator starts from; ``source`` says where they come from.
    """

    practice_area: PracticeArea
    code: str
    name: str
    forms: tuple[str, ...]
    hours: float
    level: int
    source: str
    reviewed: date


@cache
def reliefs() -> dict[str, Relief]:
    """All forms of relief by code, in the order of the file."""
    text = resources.files("core").joinpath("data", "relief.csv").read_text(encoding="utf-8")
    return {row["code"]: _relief(row) for row in csv.DictReader(text.splitlines())}


def _relief(row: dict[str, str]) -> Relief:
    return Relief(
        practice_area=PracticeArea(row["practice_area"]),
        code=row["code"],
        name=row["name"],
        forms=tuple(form for form in row["forms"].split(";") if form),
        hours=float(row["typical_hours"]),
        level=int(row["level"]),
        source=row["source"],
        reviewed=date.fromisoformat(row["reviewed"]),
    )
