"""Keyset pages: a page tells after which row the next one begins, so that page 100 costs what page 1 costs."""

from typing import Final, Generic, TypeVar

import msgspec

from core.queries.reading import Where

T = TypeVar("T")
ROWS: Final = 25


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some rows, and the mark after which the next page begins; an empty mark: these are the last."""

    rows: tuple[T, ...]
    next: str = ""


def page_of(rows: list[T], marks: list[str], limit: int) -> Page[T]:
    """Cut a page of ``limit`` from rows that were asked for one more than that."""
    more = len(rows) > limit
    return Page(rows=tuple(rows[:limit]), next=marks[limit - 1] if more else "")


URGENT_FIRST: Final = "c.tier, c.waiting_since, c.reference"
"""The order of every list of waiting cases: most urgent first, then the longest waiting."""


def behind_case(where: Where, after: str) -> Where:
    """Begin behind the case with this reference, in the order of urgency. The mark in the URL tells no date."""
    if after:
        where.also(
            "(c.tier, c.waiting_since, c.reference) > "
            "(SELECT m.tier, m.waiting_since, m.reference FROM legal_case m WHERE m.reference = {})",
            after,
        )
    return where
