"""The pages of one case's file beside its first one, all under ``/cases/{key}/``, for staff."""

from typing import Any, Final

from web.pages.casefile import (
    client,
    disclosures,
    eligibility,
    privacy,
    screens,
)

ROUTES: Final[tuple[Any, ...]] = (
    *disclosures.ROUTES,
    *screens.ROUTES,
    *privacy.ROUTES,
    *client.ROUTES,
    *eligibility.ROUTES,
)
"""Every handler here but those that take files."""

UPLOADS: Final[tuple[Any, ...]] = ()
"""Those that take files."""
