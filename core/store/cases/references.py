"""References of cases: short enough to say on the phone, in the order in which the cases came."""

from collections.abc import Iterable
from datetime import datetime

from core import tables as t
from core.store.database import REFERENCE_LOCK, queue_for

DIGITS = 4


async def next_reference(prefix: str, *, now: datetime) -> str:
    """The next free reference, as in NM-26-0412: the clinic's prefix, the year, a number. Ends with its transaction."""
    return (await next_references(1, prefix, now=now))[0]


async def next_references(count: int, prefix: str, *, now: datetime, besides: Iterable[str] = ()) -> list[str]:
    """The next free ones, so many; ``besides`` are references that are about to be given as well."""
    if not count:
        return []
    await queue_for(REFERENCE_LOCK)
    begin = f"{prefix}-{now:%y}-"
    rows = await t.Case.select(t.Case.reference).where(t.Case.reference.like(f"{begin}%"))
    taken = [*(row["reference"] for row in rows), *besides]
    numbers = [rest for ref in taken if ref.startswith(begin) and (rest := ref.removeprefix(begin)).isdecimal()]
    last = max(map(int, numbers), default=0)
    return [f"{begin}{number:0{DIGITS}}" for number in range(last + 1, last + count + 1)]
