"""References of cases: short enough to say on the phone, in the order in which the cases came."""

from datetime import datetime

from core import tables as t
from core.store.database import REFERENCE_LOCK, queue_for

DIGITS = 4


async def next_reference(prefix: str, *, now: datetime) -> str:
    """The next free reference, as in NM-26-0412: the clinic's prefix, the year, a number. Ends with its transaction."""
    await queue_for(REFERENCE_LOCK)
    begin = f"{prefix}-{now:%y}-"
    rows = await t.Case.select(t.Case.reference).where(t.Case.reference.like(f"{begin}%"))
    numbers = [text for row in rows if (text := row["reference"].removeprefix(begin)).isdecimal()]
    return f"{begin}{max(map(int, numbers), default=0) + 1:0{DIGITS}}"
