"""What is set up seldom: the page that leads to it, and the pages themselves."""

from typing import Any, Final

from web.pages.office import disclosures, index

ROUTES: Final[tuple[Any, ...]] = (*index.ROUTES, *disclosures.ROUTES)
"""Every handler here."""
