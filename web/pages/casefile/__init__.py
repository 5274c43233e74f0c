"""The file of one case for staff, page by page, all under ``/cases/{key}/``."""

from typing import Any, Final

from web.pages.casefile import (
    answers,
    client,
    conflicts,
    dates,
    disclosures,
    documents,
    eligibility,
    messages,
    needs,
    notes,
    privacy,
    related,
    screening,
    screens,
    settling,
    tasks,
    timeline,
)

ROUTES: Final[tuple[Any, ...]] = (
    *screening.ROUTES,
    *dates.ROUTES,
    *answers.ROUTES,
    *settling.ROUTES,
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
