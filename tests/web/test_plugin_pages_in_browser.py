"""Pages of plugins in Chromium: accessible, no wider than their window, and never waiting for a plugin."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from core.host import PluginHost
from core.settings import Settings
from plugins import BUILTIN
from tests.browser import DESKTOP, PHONE, open_page
from tests.plugins_for_tests.hanging import RELEASE
from tests.plugins_for_tests.shelf import shelf_on_path
from tests.web.looking import faults_of, show
from tests.web.portal import Portal, open_portal
from tests.web.test_panels import BARS, CROWD
from tests.web.test_reports import BARS as REPORTS
from tests.worlds import NOW, attorney, case, coordinator, joined, offered, seat, waiting


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PluginHost]:
    """The built-in plugins, and a bar's panels, reports and many entries."""
    with shelf_on_path(tmp_path) as shelf:
        mine = [shelf.module("bars", BARS), shelf.module("reports", REPORTS), shelf.module("crowd", CROWD)]
        loaded = PluginHost.load([*BUILTIN, *mine], settings=Settings(plugin_seconds=30.0), entry_points=False)
        yield loaded
        RELEASE.set()
        loaded.close()


@pytest.fixture
async def portal(sqlite_url: str, host: PluginHost) -> AsyncIterator[Portal]:
    """A portal with these plugins."""
    async with open_portal(sqlite_url, host) as opened:
        yield opened


async def test_every_page_is_accessible_and_fits_its_window(page: Page, portal: Portal) -> None:
    by, alma = await coordinator(), await joined(attorney("Alma Reyes-Hernández"))
    held = await waiting(case("NM-2404", detained=True))
    await offered(held, seat(alma), by=by, at=portal.clinic)
    staff, volunteer = await portal.coordinator(), await portal.volunteer(alma)
    places = {
        "reports": (staff, "/reports"),
        "a report": (staff, "/reports/served"),
        "a period that cannot be": (staff, "/reports/months?starts=2026-05-02&ends=2026-05-01"),
        "a report that failed": (staff, "/reports/nan"),
        "a long report": (staff, "/reports/many"),
        "a case with a panel": (staff, f"/cases/{held.id}"),
        "a panel": (staff, f"/panels/books?about={held.id}"),
        "a panel that failed": (staff, "/panels/broken"),
        "a page for volunteers": (volunteer, "/panels/page"),
    }

    assert await faults_of(page, places.values()) == {}


async def test_panels_fill_their_places_once_the_page_is_there_and_a_slow_one_keeps_nobody(
    browser: Browser, portal: Portal
) -> None:
    visitor, waits = await portal.coordinator(), await waiting()
    page = await open_page(browser)

    await show(page, visitor, f"/cases/{waits.id}")
    books = page.locator("section.panel", has_text="Our books")
    await expect(books.get_by_text("<b onclick=alert(1)>Bold</b>")).to_be_visible()
    await expect(books.get_by_role("link", name="Show")).to_have_count(0)

    await show(page, visitor, "/today")
    await expect(page.get_by_text("There is nothing to show here.")).to_be_visible()
    await expect(page.get_by_text("This could not be shown: the plugin bars did not answer")).to_be_visible()
    slow = page.locator("section.panel", has_text="Our slow")
    await expect(slow.get_by_role("link", name="Show Our slow")).to_be_visible()
    await page.unroute_all(behavior="ignoreErrors")


async def test_without_script_a_place_leads_to_its_panel_and_back(browser: Browser, portal: Portal) -> None:
    waits = await waiting(now=NOW)
    page = await open_page(browser, PHONE, javascript=False)
    await show(page, await portal.coordinator(), f"/cases/{waits.id}")

    await page.get_by_role("link", name="Show Our books").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Our books")
    await page.get_by_role("link", name="The case").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(waits.ref)


async def test_many_entries_open_from_one_on_a_phone_and_at_the_side_without_script(
    browser: Browser, portal: Portal
) -> None:
    visitor = await portal.coordinator()
    for viewport in (DESKTOP, PHONE):
        page = await open_page(browser, viewport, javascript=False)
        await show(page, visitor, "/today")
        if viewport is PHONE:
            await page.get_by_role("button", name="Menu").click()
        entry = page.get_by_role("link", name="Entry 29")
        await expect(entry).to_be_hidden()

        await page.get_by_text("More", exact=True).click()
        await entry.scroll_into_view_if_needed()
        await expect(entry).to_be_visible()
        await expect(page.get_by_role("link", name="Our bar (leads outside)")).to_be_visible()
