"""All deadlines together, and the law behind them."""

from typing import Any, Final

from web.pages.deadlines import calendar, law

ROUTES: Final[tuple[Any, ...]] = (
    *calendar.ROUTES,
    *law.ROUTES,
)
"""Every handler here."""
