"""Scenes for the pages of volunteers: somebody with a browser."""

from typing import Any

from core.model.people import Volunteer
from tests.web.portal import Portal, Visitor
from tests.worlds import (
    attorney,
    joined,
)


async def alma_with_her_browser(portal: Portal, **changes: Any) -> tuple[Volunteer, Visitor]:
    """An attorney, signed in."""
    alma = await joined(attorney("Alma", **changes))
    return alma, await portal.volunteer(alma)
