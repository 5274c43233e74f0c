"""Debian's Chromium as the tests drive it: a fresh browser a test, wide or as narrow as a phone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from tests.programs import chromium_program

PATIENCE = 60_000
"""Milliseconds until what does not come counts as hanging: far more than a busy machine takes."""

DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=740)

# The browser under test talks to the portal and to nobody else. It shows only pages of our own, so it goes without
# a sandbox, which root and most containers cannot give it.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=PATIENCE)  # five seconds by itself, which a busy machine can miss

ACCESSIBILITY = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # writing down where the rules are kept takes long, and nobody reads it
}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start Chromium and end it with the block. Each start has an empty profile of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


async def open_page(
    browser: Browser,
    viewport: ViewportSize = DESKTOP,
    *,
    base_url: str | None = None,
    locale: str = "en-US",
    color_scheme: Literal["light", "dark"] = "light",
    javascript: bool = True,
) -> Page:
    """A page in a context of its own (own cookies, own sign-in). It waits for anything as long as ``PATIENCE``."""
    context = await browser.new_context(
        viewport=viewport,
        base_url=base_url,
        locale=locale,
        timezone_id="America/Denver",
        color_scheme=color_scheme,
        reduced_motion="reduce",
        java_script_enabled=javascript,
    )
    context.set_default_timeout(PATIENCE)
    return await context.new_page()


async def accessibility_faults(page: Page, *rules: str) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line a fault with the element it is on; empty when all is well.

    ``rules``: the names of axe's rules to go by, where they are not all asked for.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(Axe().axe_script)
    options = ACCESSIBILITY | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    violations = await page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [f"{fault['id']}: {fault['help']} at {node['html']}" for fault in violations for node in fault["nodes"]]


async def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window, which no page may be at 360 px."""
    wider: bool = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider
