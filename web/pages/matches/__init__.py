"""From a claim or an offer to a signed engagement: for volunteers, and for coordinators who follow them."""

from typing import Any, Final

from web.pages.matches import checks, claims, engagements, listing, offers, own_check, shared_documents

ROUTES: Final[tuple[Any, ...]] = (
    *claims.ROUTES,
    *offers.ROUTES,
    *listing.ROUTES,
    *own_check.ROUTES,
    *shared_documents.ROUTES,
    *checks.ROUTES,
    *engagements.ROUTES,
)
"""Every handler here."""
