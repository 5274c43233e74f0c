"""Counting working days: Monday to Friday."""

from datetime import datetime, timedelta


def add_working_days(instant: datetime, days: int) -> datetime:
    """The same time of day, ``days`` working days later."""
    moved = instant
    while days > 0:
        moved += timedelta(days=1)
        days -= moved.weekday() < 5
    return moved
