"""Clients' pages in Chromium: small, quick on a slow network, accessible in both languages, whole without script."""

from typing import Final

import pytest
from playwright.async_api import Browser

from tests.browser import PHONE, open_page
from tests.helping import ANSWERS, sent
from tests.web.help.test_help_pages import answer_all, asking
from tests.web.looking import DESK, HAND, NIGHT, View, looked_at, show
from tests.web.portal import Portal, Visitor
from tests.web.serving import serving
from web.access.sessions import HELP

pytestmark = pytest.mark.browser

LARGEST: Final = 60_000
SLOWEST: Final = 2_000
TRIES: Final = 3
"""A busy machine makes a page slower than its network does, and never quicker: what counts is the quickest of some."""
SLOW_3G: Final = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
"""Slow 3G as WebPageTest defines it: 400 kbit/s each way, 400 ms for a round trip."""
INTERACTIVE: Final = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
LONG_WORD: Final = "Mariaguadalupe" * 14
PRESSED: Final = (
    "a.button, button, .exit, .pick, select, textarea, .foot a, .note a, "
    "input:not([type=radio], [type=checkbox], [type=hidden])"
)
HELD, WIDE, HELD_AT_NIGHT = (view._replace(least=44) for view in (HAND, DESK, NIGHT))


async def every_page(portal: Portal) -> list[tuple[Visitor, str]]:
    """Each page of clients with whoever looks at it."""
    stranger, maria, there = portal.visitor(), await asking(portal), await sent(portal.clinic)
    await answer_all(maria, ANSWERS | {"name": LONG_WORD, "story": f"مرحبا\n{LONG_WORD}"})
    follows = Visitor(portal.app, **{HELP: there.token})
    await follows.send(await follows.open("/help/case"), "/help/case/write", text=LONG_WORD)
    questions = [f"/help/ask/{name}" for name in ("help", "hearing", "county", "language", "also", "name", "story")]
    return [
        *((stranger, path) for path in ("/help", "/help/begin", "/help/data", "/help/code", "/help/nowhere")),
        *((maria, path) for path in (*questions, "/help/check", "/help/pause")),
        *((follows, path) for path in ("/help/case", "/help/case/papers", "/help/case/code", "/help/case/stop")),
    ]


@pytest.mark.parametrize(("language", "views"), [("es", (HELD,)), ("en", (HELD, WIDE, HELD_AT_NIGHT))])
async def test_every_page_is_accessible_and_fits_its_window(
    browser: Browser, portal: Portal, language: str, views: tuple[View, ...]
) -> None:
    page, faults = await open_page(browser, locale=language), {}
    for visitor, path in await every_page(portal):
        visitor.client.headers["accept-language"] = language
        await show(page, visitor, path)
        found = await looked_at(page, *views, pressed=PRESSED)
        found += [] if await page.locator("html").get_attribute("lang") == language else ["It is in another language."]
        faults[path] = found

    assert {path: found for path, found in faults.items() if found} == {}


async def weigh(browser: Browser, address: str, language: str, tries: int = TRIES) -> tuple[int, int, float]:
    """How many answers the first page takes, their bytes as they came, and after how many milliseconds it is usable."""
    page = await open_page(browser, PHONE, base_url=address, locale=language)
    client, sizes = await page.context.new_cdp_session(page), []
    await client.send("Network.enable")
    await client.send("Network.emulateNetworkConditions", SLOW_3G)
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await page.goto("/help", wait_until="load")
    ready: float = await page.evaluate(INTERACTIVE)
    if ready > SLOWEST and tries > 1:
        return await weigh(browser, address, language, tries - 1)
    return len(sizes), sum(sizes), ready


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
async def test_the_first_page_is_small_and_ready_on_a_slow_phone_network(
    browser: Browser, sqlite_url: str, language: str
) -> None:
    with serving(sqlite_url) as address:
        answers, size, ready = await weigh(browser, address, language)

    assert answers >= 3
    assert size <= LARGEST
    assert ready <= SLOWEST


async def test_with_script_the_way_out_empties_the_page_and_takes_its_place_in_the_history(
    browser: Browser, sqlite_url: str
) -> None:
    with serving(sqlite_url, AMPARO_EXIT_URL="/terms") as address:
        page = await open_page(browser, PHONE, base_url=address)
        await page.goto("/sign-in")
        await page.goto("/help")
        await page.get_by_role("link", name="Leave quickly").click()
        await page.wait_for_url("**/terms")
        await page.go_back()

        assert page.url.endswith("/sign-in")
