"""Which day it is at the programme, for all that is kept by the day.

In the programme's evening UTC is a day ahead: a case would be more urgent by it than pages say, and a day too late.
"""

from datetime import UTC, date, datetime, time

from core.model.deadlines.workdays import add_working_days
from core.store.database import current


def day_of(moment: datetime) -> date:
    """The day that it is, or was, at the programme at an instant."""
    return moment.astimezone(current().place).date()


def start_of(day: date) -> datetime:
    """The first instant of a day at the programme."""
    return datetime.combine(day, time(), current().place).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last instant of a day at the programme."""
    return datetime.combine(day, time.max, current().place).astimezone(UTC)


def working_days_after(moment: datetime, days: int) -> datetime:
    """The same time of day at the programme, so many working days there later."""
    return add_working_days(moment.astimezone(current().place), days).astimezone(UTC)
