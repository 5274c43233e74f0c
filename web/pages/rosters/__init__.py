"""Rosters of bars: brought, looked through, applied, and who may do so."""

from typing import Any, Final

from web.pages.rosters import access, figures, listing, members, runs, uploads

ROUTES: Final[tuple[Any, ...]] = (
    *listing.ROUTES,
    *runs.ROUTES,
    *uploads.ROUTES,
    *members.ROUTES,
    *figures.ROUTES,
    *access.ROUTES,
)
"""Every handler here but those that take files."""

UPLOADS: Final[tuple[Any, ...]] = uploads.UPLOADS
"""Those that take files."""
