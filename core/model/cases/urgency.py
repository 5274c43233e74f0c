"""How urgent a case is: a tier, and the reasons in words (DOMAIN "Urgency")."""

from datetime import date
from enum import IntEnum
from typing import Final

import msgspec

NOW_DAYS: Final = 14
SOON_DAYS: Final = 90
YEAR: Final = 365
TWO_YEARS: Final = 2 * YEAR


class Tier(IntEnum):
    """Urgency tiers, most urgent first. A case in a higher tier is served before any number of points below."""

    NOW = 1
    SOON = 2
    NONE = 3

    @property
    def word(self) -> str:
        """The tier as templates and plugins name it: now, soon or none."""
        return self.name.lower()


class Urgency(msgspec.Struct, frozen=True):
    """A tier with its reasons, the first being the one to show first."""

    tier: Tier
    reasons: tuple[str, ...]


def urgency_of(*, detained: bool, deadline: date | None, deadline_kind: str, today: date) -> Urgency:
    """Derive the urgency of a case on a given day from detention and its next deadline."""
    reasons = ["Detained"] if detained else []
    tier = Tier.NOW if detained else Tier.NONE
    if deadline is not None:
        days = (deadline - today).days
        tier = min(tier, _tier_by_days(days))
        reasons.append(deadline_phrase(days, deadline_kind))
    return Urgency(tier=tier, reasons=tuple(reasons) or ("No date",))


def _tier_by_days(days: int) -> Tier:
    if days <= NOW_DAYS:
        return Tier.NOW
    return Tier.SOON if days <= SOON_DAYS else Tier.NONE


def deadline_phrase(days: int, kind: str) -> str:
    """Say in words how far away a deadline is: "Hearing in 9 days", "Filing deadline 3 days overdue"."""
    subject = kind or "Deadline"
    if days < 0:
        return f"{subject} {-days} day{'s' * (days != -1)} overdue"
    if days == 0:
        return f"{subject} today"
    if days <= 20:
        return f"{subject} in {days} day{'s' * (days != 1)}"
    if days < TWO_YEARS:
        return f"{subject} in {round(days / 7)} weeks"
    return f"{subject} in {round(days / YEAR)} years"
