"""The pages, one file a place in the portal. A handler is thin: ask the read side or a verb, then shape the page."""

from typing import Any, Final

from web.pages import (
    asking,
    cases,
    claims,
    comparing,
    deciding,
    desk,
    engagements,
    inbox,
    matches,
    offers,
    panels,
    passwords,
    people,
    plugins,
    reports,
    roster_access,
    roster_figures,
    roster_members,
    roster_runs,
    roster_uploads,
    rosters,
    runs,
    screening,
    settling,
    sharing,
    signing,
    swapping,
    waitlist,
)

ROUTES: Final[tuple[Any, ...]] = (
    *signing.ROUTES,
    *cases.ROUTES,
    *claims.ROUTES,
    *offers.ROUTES,
    *matches.ROUTES,
    *engagements.ROUTES,
    *inbox.ROUTES,
    *desk.ROUTES,
    *waitlist.ROUTES,
    *screening.ROUTES,
    *runs.ROUTES,
    *sharing.ROUTES,
    *comparing.ROUTES,
    *asking.ROUTES,
    *deciding.ROUTES,
    *settling.ROUTES,
    *swapping.ROUTES,
    *people.ROUTES,
    *plugins.ROUTES,
    *rosters.ROUTES,
    *roster_runs.ROUTES,
    *roster_uploads.ROUTES,
    *roster_members.ROUTES,
    *roster_figures.ROUTES,
    *reports.ROUTES,
    *panels.ROUTES,
    *roster_access.ROUTES,
    *passwords.ROUTES,
)
"""Every handler of the portal but those that take files."""

UPLOADS: Final[tuple[Any, ...]] = roster_uploads.UPLOADS
"""Those that take files, and so more than a form."""
