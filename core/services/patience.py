"""When to try again what failed: after growing pauses, spread by chance so that failures do not march in step."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

MOST_ATTEMPTS: Final = 8
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=12)
GROWTH: Final = 4


def next_try(attempts: int, *, now: datetime, random: Random) -> datetime | None:
    """When to try again after ``attempts`` failures; None when it is given up.

    Pauses of about 1, 4, 16 minutes, 1, 4 and 12 hours: eight tries outlast an outage over a day. Each pause is
    shortened by up to a quarter, by ``random``.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    pause = min(FIRST_PAUSE * int(GROWTH ** (attempts - 1)), LONGEST_PAUSE)
    return now + pause * (1 - random.random() / 4)
