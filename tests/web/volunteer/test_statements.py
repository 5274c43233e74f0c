"""A longer list of a volunteer asks the database no more often than a short one."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from core.model.people import Capacity, Volunteer
from core.model.states import OfferState
from core.services.matches import responding
from core.store.matches.teams import offers_of_volunteer
from tests.queries import statements
from tests.web.portal import Page, Portal, Visitor
from tests.web.volunteer.scenes import alma_with_her_browser
from tests.worlds import (
    NOW,
    actor_of,
    coordinator,
    offered,
    seat,
    waiting,
)

SESSION_AND_COUNTS = 2
"""Every page of a signed-in person: who she is, and the numbers beside the navigation."""


async def open_counting(visitor: Visitor, path: str) -> tuple[Page, int]:
    """Open a page and count its statements."""
    with statements() as seen:
        page = await visitor.open(path)
    assert page.status == 200
    return page, len(seen)


Furnish = Callable[[Portal, Volunteer, int], Coroutine[Any, Any, None]]


async def waiting_cases(portal: Portal, alma: Volunteer, n: int) -> None:
    for _number in range(n):
        await waiting()


async def her_offers(portal: Portal, alma: Volunteer, n: int) -> None:
    by = await coordinator()
    for _number in range(n):
        await offered(await waiting(), seat(alma), by=by, at=portal.clinic)


async def her_matches(portal: Portal, alma: Volunteer, n: int) -> None:
    await her_offers(portal, alma, n)
    for offer in await offers_of_volunteer(alma.id, OfferState.OPEN):
        await responding.accept_offer(offer.id, by=actor_of(alma), now=NOW + timedelta(minutes=1))


async def her_claims(portal: Portal, alma: Volunteer, n: int) -> None:
    visitor = await portal.volunteer(alma)
    for _number in range(n):
        wanted = await waiting()
        await visitor.send(await visitor.open(f"/cases/{wanted.id}"), f"/cases/{wanted.id}/claim")


@pytest.mark.parametrize(
    ("path", "furnish", "own"),
    [
        ("/cases", waiting_cases, 3),
        ("/cases?fits=yes", waiting_cases, 12),
        ("/offers", her_offers, 1),
        ("/claims", her_claims, 1),
        ("/matches", her_matches, 2),
        ("/inbox", her_offers, 1),
    ],
)
async def test_three_rows_take_as_many_statements_as_one(portal: Portal, path: str, furnish: Furnish, own: int) -> None:
    alma, visitor = await alma_with_her_browser(portal, capacity=Capacity(cases=5))
    empty, none = await open_counting(visitor, path)
    await furnish(portal, alma, 1)
    _page, one = await open_counting(visitor, path)
    await furnish(portal, alma, 2)
    _page, three = await open_counting(visitor, path)

    assert (one, three) == (SESSION_AND_COUNTS + own, SESSION_AND_COUNTS + own)
    assert none <= one
    assert empty.heading
