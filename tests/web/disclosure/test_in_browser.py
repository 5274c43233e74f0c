"""The pages of staged disclosure in Chromium: readable by everybody, on a phone and at a desk."""

import pytest
from playwright.async_api import Page

from core.model.vocabulary import SeatRole
from tests.web.disclosure.staged import staged_pages
from tests.web.looking import faults_of
from tests.web.portal import open_portal
from tests.worlds import accept_all, attorney, case, coordinator, interpreter, joined, offered, seat, waiting

pytestmark = pytest.mark.browser


async def test_every_page_is_accessible_and_fits_its_window(page: Page, sqlite_url: str) -> None:
    async with open_portal(sqlite_url) as portal:
        by, alma = await coordinator(), await joined(attorney("Alma Reyes-Hernández"))
        isidro, held = await joined(interpreter("Isidro")), await waiting(case("NM-2404", languages=("mam",)))
        team = (seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
        match = await offered(held, *team, by=by, at=portal.clinic)
        await accept_all(match)
        staged = await staged_pages(alma, match, portal.clinic, by)
        assert by.account is not None
        hers, staff = await portal.volunteer(alma), await portal.signed_in(by.account)
        visits = [
            *((hers, path) for path in (f"/matches/{match}", *staged.volunteer_pages)),
            *((staff, path) for path in staged.coordinator_pages),
        ]

        assert await faults_of(page, visits) == {}
