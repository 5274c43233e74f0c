"""The gallery in Chromium: wide and on a phone, light and dark, with and without script, on paper."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import DESKTOP, PHONE, open_page
from tests.web.looking import DESK, HAND, NIGHT, looked_at
from tests.web.samples import GALLERY
from tests.web.showing import ORIGIN, POLICY, rendered, show


@pytest.mark.parametrize("name", GALLERY)
async def test_every_page_is_accessible_and_fits_its_window(page: Page, name: str) -> None:
    complaints = await show(page, name)

    assert await looked_at(page, DESK, HAND, NIGHT, DESK._replace(scheme="dark")) == []
    assert complaints == []


async def test_on_a_phone_the_navigation_opens_from_the_menu_without_script(browser: Browser) -> None:
    page = await open_page(browser, PHONE, javascript=False)
    await show(page, "board.html")
    navigation = page.get_by_role("navigation", name="Main")
    await expect(navigation).to_be_hidden()

    await page.get_by_role("button", name="Menu").click()
    await expect(navigation.get_by_role("link", name="Waitlist")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(navigation).to_be_hidden()


async def test_on_a_desktop_the_navigation_stands_at_the_side(page: Page) -> None:
    await show(page, "board.html")

    await expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    await expect(page.get_by_role("link", name="Matching 41")).to_have_attribute("aria-current", "page")


async def test_on_a_phone_the_action_stays_at_the_thumb_while_the_page_scrolls(browser: Browser) -> None:
    page = await open_page(browser, PHONE)
    await show(page, "case.html")

    claim = await page.get_by_role("button", name="Quiero este caso").bounding_box()
    assert claim is not None
    assert PHONE["height"] - 80 < claim["y"] + claim["height"] <= PHONE["height"]


async def test_the_keyboard_can_skip_to_the_content(page: Page) -> None:
    await show(page, "board.html")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()

    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()


async def test_filters_wait_behind_a_button_on_a_phone_and_stand_open_on_a_desktop(browser: Browser) -> None:
    for viewport, visible in ((DESKTOP, True), (PHONE, False)):
        page = await open_page(browser, viewport)
        await show(page, "parts.html")
        await page.locator("details.filter").evaluate("filter => filter.open = false")

        await expect(page.get_by_label("County")).to_be_visible(visible=visible)


async def test_a_dangerous_act_says_what_will_happen_before_it_asks(page: Page) -> None:
    await show(page, "parts.html")
    consequence = page.get_by_text("The case returns to the waitlist with its 31 days.")
    await expect(consequence).to_be_hidden()

    await page.get_by_text("Revoke the offer").click()
    await expect(consequence).to_be_visible()
    await expect(page.get_by_role("button", name="Revoke it of R. Sandoval")).to_be_visible()


async def test_on_paper_the_content_stays_and_the_buttons_go(page: Page) -> None:
    await show(page, "board.html")
    await page.emulate_media(media="print")

    await expect(page.get_by_role("heading", name="41 proposals for 318 waiting cases")).to_be_visible()
    await expect(page.get_by_text("R. Sandoval")).to_be_visible()
    await expect(page.get_by_role("button", name="Approve NM-2418")).to_be_hidden()
    await expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


async def serve(page: Page, body: str) -> None:
    """From now on the shown page's address answers with this body."""
    headers = {"Content-Security-Policy": POLICY}
    await page.unroute(f"{ORIGIN}/parts.html")
    await page.route(
        f"{ORIGIN}/parts.html", lambda route: route.fulfill(body=body, content_type="text/html", headers=headers)
    )


async def test_a_page_with_progress_shows_itself_again_until_the_work_is_done(page: Page) -> None:
    await page.clock.install()
    await show(page, "parts.html")
    await expect(page.get_by_text("120 of 318")).to_be_visible()
    await page.get_by_label("County").fill("Doña Ana")

    await serve(page, rendered("parts.html").replace("120 of 318", "250 of 318"))
    await page.clock.run_for(2_000)
    await expect(page.get_by_text("250 of 318")).to_be_visible()
    await expect(page.get_by_label("County")).to_have_value("Doña Ana")

    await serve(page, rendered("board.html"))
    await page.clock.run_for(2_000)
    await expect(page.get_by_role("heading", name="41 proposals for 318 waiting cases")).to_be_visible()


async def test_progress_survives_a_lost_connection(page: Page) -> None:
    await page.clock.install()
    await show(page, "parts.html")
    await page.route(f"{ORIGIN}/parts.html", lambda route: route.abort())
    await page.clock.run_for(2_000)
    await expect(page.get_by_text("120 of 318")).to_be_visible()

    await serve(page, rendered("parts.html").replace("120 of 318", "250 of 318"))
    await page.clock.run_for(4_000)
    await expect(page.get_by_text("250 of 318")).to_be_visible()


async def test_without_script_progress_is_looked_at_again_by_a_link(browser: Browser) -> None:
    page = await open_page(browser, javascript=False)
    await show(page, "parts.html")

    await expect(page.get_by_role("link", name="Look again")).to_have_attribute("href", "/runs/13")
