"""What is set up seldom: the page that leads to it, and the pages themselves."""

from typing import Any, Final

from web.pages.office import disclosures, index, keys, retention

ROUTES: Final[tuple[Any, ...]] = (*index.ROUTES, *disclosures.ROUTES, *retention.ROUTES, *keys.ROUTES)
"""Every handler here."""
