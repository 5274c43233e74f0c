"""What is set up seldom: the page that leads to it, and the pages themselves."""

from typing import Any, Final

from web.pages.office import disclosures, index, keys, retention

ROUTES: Final[tuple[Any, ...]] = (*index.ROUTES, *disclosures.ROUTES, *retention.ROUTES, *keys.ROUTES)
ROUTES: Final[tuple[Any, ...]] = (*index.ROUTES, *disclosures.ROUTES)
from web.pages.office import eligibility, index

ROUTES: Final[tuple[Any, ...]] = (*index.ROUTES, *eligibility.ROUTES)
from web.pages.office import (
    disclosures,
    eligibility,
    index,
)

ROUTES: Final[tuple[Any, ...]] = (
    *index.ROUTES,
    *disclosures.ROUTES,
    *eligibility.ROUTES,
)
"""Every handler here."""
