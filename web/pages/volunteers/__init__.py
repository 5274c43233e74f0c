"""Volunteers: how they join, what they say of themselves, and how coordinators know them."""

from typing import Any, Final

from web.pages.volunteers import invitations, joining, merging, own_lists, people, profile, vouching

ROUTES: Final[tuple[Any, ...]] = (
    *joining.ROUTES,
    *profile.ROUTES,
    *own_lists.ROUTES,
    *vouching.ROUTES,
    *invitations.ROUTES,
    *people.ROUTES,
    *merging.ROUTES,
)
"""Every handler here."""
