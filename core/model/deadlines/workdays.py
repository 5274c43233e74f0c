"""Counting working days, Monday to Friday, and business days, which are no federal holidays either."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)


def add_working_days(instant: datetime, days: int) -> datetime:
    """The same time of day, ``days`` working days later."""
    moved = instant
    while days > 0:
        moved += ONE_DAY
        days -= moved.weekday() < SATURDAY
    return moved


def is_business_day(day: date) -> bool:
    """Whether a day is no Saturday, no Sunday and no legal public holiday of the United States (5 USC 6103).

    A holiday that is observed on a weekday counts on that day. Days on which the President closes the government by
    order are not known here.
    """
    return day.weekday() < SATURDAY and day not in _federal()


def on_business_day(day: date) -> date:
    """The day itself, or the next business day after it."""
    moved = day
    while not is_business_day(moved) and moved < date.max:
        moved += ONE_DAY
    return moved


@cache
def _federal() -> Container[date]:
    import holidays  # here, since programs start that never count days

    return holidays.country_holidays("US")
