"""The pages, a folder for each part of the portal and one file a place in it.

A handler is thin: ask the read side or a verb, then shape the page.
"""

from typing import Any, Final

from web.pages import (
    alerts,
    casefile,
    cases,
    deadlines,
    desk,
    inbox,
    intake,
    matches,
    office,
    panels,
    passwords,
    rosters,
    runs,
    signing,
    tasks,
    volunteers,
    waitlist,
)
from web.pages import help as help_pages

ROUTES: Final[tuple[Any, ...]] = (
    *signing.ROUTES,
    *passwords.ROUTES,
    *help_pages.ROUTES,
    *volunteers.ROUTES,
    *cases.ROUTES,
    *matches.ROUTES,
    *inbox.ROUTES,
    *desk.ROUTES,
    *alerts.ROUTES,
    *intake.ROUTES,
    *waitlist.ROUTES,
    *casefile.ROUTES,
    *deadlines.ROUTES,
    *tasks.ROUTES,
    *runs.ROUTES,
    *office.ROUTES,
    *rosters.ROUTES,
    *panels.ROUTES,
)
"""Every handler of the portal but those that take files."""

UPLOADS: Final[tuple[Any, ...]] = (*rosters.UPLOADS, *casefile.UPLOADS, *intake.UPLOADS, *help_pages.UPLOADS)
"""Those that take files, and so more than a form."""
