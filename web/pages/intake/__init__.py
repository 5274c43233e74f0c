"""What came in and is not on the waitlist yet: the list, an intake by staff, and a waitlist that is taken over."""

from typing import Any, Final

from web.pages.intake import incoming, known, taking, waitlists

ROUTES: Final[tuple[Any, ...]] = (*incoming.ROUTES, *known.ROUTES, *taking.ROUTES, *waitlists.ROUTES)
"""Every handler here but those that take files."""

UPLOADS: Final[tuple[Any, ...]] = waitlists.UPLOADS
"""Those that take files."""
