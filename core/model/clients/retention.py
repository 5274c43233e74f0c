"""How long a client is kept after her case has ended, and why what was known of her is erased.

DOMAIN "Confidentiality": a case closed N years ago is reduced to statistics. How many years a file must be kept is a
rule of each state and of the programme's insurer, so the product ships no figure: until somebody decides, nothing is
erased by time alone.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.errors import WrongEntries

MOST_YEARS: Final = 50
REASON: Final = 200
GRACE: Final = timedelta(days=7)
"""So long after it was decided a rule begins that erases more than the one before: a mistake can be taken back."""
FEW: Final = 5
"""Of fewer comparable cases than this, one may be a person: the place is given up (the k of the listings)."""


class ErasureReason(StrEnum):
    """Why a client was erased."""

    CLIENT_REQUEST = "client_request"
    RETENTION = "retention"


class RetentionRule(msgspec.Struct, frozen=True):
    """One decision on how long clients are kept; ``years`` None: until they ask to be forgotten."""

    id: UUID
    years: int | None
    reason: str
    set_by: str
    set_at: datetime
    begins_at: datetime

    def last_day(self, today: date) -> date | None:
        """Cases that ended on this day or before are due today; None: none is."""
        return None if self.years is None else years_before(today, self.years)


class Hold(msgspec.Struct, frozen=True):
    """A legal hold on a case: nothing of it is erased until somebody lifts it. Reasons are as they were written."""

    id: UUID
    case: UUID
    reason: str
    set_by: str
    set_at: datetime
    lifted_by: str = ""
    lifted_at: datetime | None = None
    lifted_why: str = ""


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; the 28th for a 29th of February that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def years_after(day: date, years: int) -> date:
    """The same day so many years on; the 1st of March for a 29th of February that is not there, as late as may be."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def in_force(rules: tuple[RetentionRule, ...], now: datetime) -> RetentionRule | None:
    """The rule that holds, of all decisions, the newest first: the newest that has begun."""
    return next((rule for rule in rules if rule.begins_at <= now), None)


def to_come(rules: tuple[RetentionRule, ...], now: datetime) -> RetentionRule | None:
    """The newest decision, where it has not begun yet."""
    return rules[0] if rules and rules[0].begins_at > now else None


def begins(years: int | None, before: RetentionRule | None, now: datetime) -> datetime:
    """When a decision begins: at once where it keeps clients as long as before or longer, else after the grace."""
    kept = before.years if before else None
    longer = years is None or (kept is not None and years >= kept)
    return now if longer else now + GRACE


def read_years(text: str) -> int | None:
    """The years that somebody typed; nothing: no end. Raises WrongEntries."""
    typed = text.strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= MOST_YEARS:
        raise WrongEntries({"years": f"Write whole years from 1 to {MOST_YEARS}, or nothing: kept without end."})
    return int(typed)
