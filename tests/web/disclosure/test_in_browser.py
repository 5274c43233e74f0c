"""The pages of staged disclosure in Chromium: readable by everybody, on a phone and at a desk."""

import pytest
from playwright.async_api import Browser

from core.model.vocabulary import SeatRole
from tests.browser import DESKTOP, PHONE, accessibility_faults, open_page, scrolls_sideways
from tests.web.disclosure.staged import staged_pages
from tests.web.looking import show
from tests.web.portal import open_portal
from tests.worlds import accept_all, attorney, case, coordinator, interpreter, joined, offered, seat, waiting

pytestmark = pytest.mark.browser


async def test_every_page_is_accessible_and_fits_its_window(browser: Browser, sqlite_url: str) -> None:
    async with open_portal(sqlite_url) as portal:
        by, alma = await coordinator(), await joined(attorney("Alma Reyes-Hernández"))
        isidro, held = await joined(interpreter("Isidro")), await waiting(case("NM-2404", languages=("mam",)))
        team = (seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
        match = await offered(held, *team, by=by, at=portal.clinic)
        await accept_all(match)
        staged = await staged_pages(alma, match, portal.clinic, by)
        assert by.account is not None
        visitors = {
            await portal.volunteer(alma): (f"/matches/{match}", *staged.volunteer_pages),
            await portal.signed_in(by.account): staged.coordinator_pages,
        }
        faults: dict[tuple[int, str], list[str]] = {}
        for viewport in (PHONE, DESKTOP):
            page = await open_page(browser, viewport)
            for visitor, paths in visitors.items():
                for path in paths:
                    await show(page, visitor, path)
                    await page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
                    found = await accessibility_faults(page)
                    wide = ["It scrolls sideways."] if await scrolls_sideways(page) else []
                    faults[viewport["width"], path] = [*found, *wide]
    assert {place: found for place, found in faults.items() if found} == {}
