"""A client asks for help, comes back with her receipt code, and finds her messages and papers."""

from typing import Any, Final

from web.pages.help import case, helping, papers

ROUTES: Final[tuple[Any, ...]] = (
    *helping.ROUTES,
    *case.ROUTES,
    *papers.ROUTES,
)
"""Every handler here but those that take files."""

UPLOADS: Final[tuple[Any, ...]] = papers.UPLOADS
"""Those that take files."""
