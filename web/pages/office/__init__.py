"""What is set up seldom: the page that leads to it, and the pages themselves."""

from typing import Any, Final

from web.pages.office import (
    disclosures,
    eligibility,
    index,
    keys,
    listings,
    places,
    plugins,
    reports,
    retention,
)

ROUTES: Final[tuple[Any, ...]] = (
    *index.ROUTES,
    *disclosures.ROUTES,
    *retention.ROUTES,
    *keys.ROUTES,
    *listings.ROUTES,
    *eligibility.ROUTES,
    *places.ROUTES,
    *plugins.ROUTES,
    *reports.ROUTES,
)
"""Every handler here."""
