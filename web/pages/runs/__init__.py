"""Running the matcher: its board, what is decided and asked there, and what every run keeps to."""

from typing import Any, Final

from web.pages.runs import asking, board, comparing, deciding, sharing, swapping

ROUTES: Final[tuple[Any, ...]] = (
    *board.ROUTES,
    *sharing.ROUTES,
    *comparing.ROUTES,
    *asking.ROUTES,
    *deciding.ROUTES,
    *swapping.ROUTES,
)
"""Every handler here."""
