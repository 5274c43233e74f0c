"""The pages of one case's file beside its first one, all under ``/cases/{key}/``, for staff."""

from typing import Any, Final

from web.pages.casefile import (
    client,
    conflicts,
    disclosures,
    documents,
    eligibility,
    messages,
    needs,
    notes,
    privacy,
    related,
    screens,
    tasks,
    timeline,
)

ROUTES: Final[tuple[Any, ...]] = (
    *disclosures.ROUTES,
    *screens.ROUTES,
    *privacy.ROUTES,
    *client.ROUTES,
    *messages.ROUTES,
    *conflicts.ROUTES,
    *eligibility.ROUTES,
    *needs.ROUTES,
    *related.ROUTES,
    *notes.ROUTES,
    *tasks.ROUTES,
    *documents.ROUTES,
    *timeline.ROUTES,
)
"""Every handler here but those that take files."""

UPLOADS: Final[tuple[Any, ...]] = documents.UPLOADS
"""Those that take files."""
