"""The pages of a bar's staff in Chromium: accessible, no wider than their window, within the content policy."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from core import tables as t
from core.model.people import SYSTEM
from core.services.rosters.partners import give_access
from core.services.rosters.tokens import make_token
from tests.browser import PHONE, open_page, scrolls_sideways
from tests.rosters import members, synced
from tests.web.coordinator.test_roster_figures_page import volunteers
from tests.web.looking import faults_of, show
from tests.web.portal import Portal, Visitor, open_portal
from tests.worlds import NOW

LONG = "a-rather-long-address-of-somebody@state-bar-of-new-mexico.example"


@pytest.fixture
async def portal(sqlite_url: str) -> AsyncIterator[Portal]:
    """The portal with a bar whose members and staff have joined."""
    async with open_portal(sqlite_url) as opened:
        await synced(members(30))
        await volunteers(7)
        await give_access("our-bar", email=LONG, name="Rosa Baca de la Cruz", by=SYSTEM, now=NOW)
        await make_token("our-bar", label="nightly export from the membership system", by=SYSTEM, now=NOW)
        yield opened


async def visits(portal: Portal) -> list[tuple[Visitor, str]]:
    """Who looks at what."""
    mail = await t.Message.select(t.Message.path).where(t.Message.kind == "roster_invited").first()
    assert mail is not None
    paths = ("/rosters/our-bar", "/rosters/our-bar/figures", "/rosters/our-bar/access")
    partner, staff = await portal.partner("our-bar"), await portal.coordinator()
    shown = [(who, path) for who in (partner, staff) for path in paths]
    return [*shown, (portal.visitor(), mail["path"])]


@pytest.mark.browser
async def test_every_page_is_accessible_and_fits_its_window(page: Page, portal: Portal) -> None:
    assert await faults_of(page, await visits(portal)) == {}


@pytest.mark.browser
async def test_a_token_is_made_without_script_and_fits_a_phone(browser: Browser, portal: Portal) -> None:
    page = await open_page(browser, PHONE, javascript=False)
    await show(page, await portal.partner("our-bar"), "/rosters/our-bar/access")

    await page.get_by_label("What it is for").fill("weekly")
    await page.get_by_role("button", name="Make the token").click()

    assert (await page.locator("code.secret").first.inner_text()).startswith("amparo_")
    assert not await scrolls_sideways(page)
