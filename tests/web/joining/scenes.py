"""Scenes of joining: a visitor with a bar's link, and what she fills in."""

from typing import Any

from core.model.volunteers.joining import Asked
from tests.joining import ALMA, PASSWORD, mailed
from tests.web.portal import Page, Portal, Visitor

FILLED: dict[str, Any] = {
    "password": PASSWORD,
    "roles": ["attorney", "mentor"],
    "level_asylum": "3",
    "interests": ["asylum"],
    "language_0": "Spanish",
    "ilr_0": "4",
    "eoir": "yes",
    "us_state": "NM",
    "county": "doña ana county",
    "remote": "yes",
    "gender": "female",
    "cases": "2",
    "mentoring": "1",
    "hours": "12.5",
    "starts_0": "2026-12-20",
    "ends_0": "2027-01-03",
    "accepted": "yes",
}


async def asks(portal: Portal, token: str, who: Asked = ALMA) -> tuple[Visitor, Page]:
    """Somebody opens the bar's link and says who she is."""
    visitor = portal.visitor()
    page = await visitor.open(f"/join/{token}")
    return visitor, await visitor.send(page, f"/join/{token}", number=who.number, name=who.name, email=who.email)


async def joins(portal: Portal, token: str, who: Asked = ALMA, **changes: Any) -> tuple[Visitor, Page]:
    """Somebody goes the whole way."""
    visitor, _sent = await asks(portal, token, who)
    link = f"/join/confirm/{await mailed(who.email)}"
    return visitor, await visitor.send(await visitor.open(link), link, **FILLED | changes)
