"""Pages looked at in a real browser: through windows of several sizes, in the light and in the dark."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import httpx
from playwright.async_api import Page, Request, Route, ViewportSize

from tests.browser import DESKTOP, PHONE, accessibility_faults, scrolls_sideways
from tests.web.portal import ADDRESS, Visitor


class View(NamedTuple):
    """How a page is looked at: the window, the colours, and how many px high at least is what one presses there."""

    window: ViewportSize
    least: int
    scheme: Literal["light", "dark"] = "light"


DESK = View(DESKTOP, 40)
HAND = View(PHONE, 48)
NIGHT = View(PHONE, 48, "dark")

PRESSED = (
    ".button, .nav a, .field input:not([type=checkbox], [type=radio]), select, textarea, .choice, .candidates label"
)
"""What one presses on a page of the portal."""

SMALL = """({pressed, least}) => [...document.querySelectorAll(pressed)]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < least)
  .map(each => `It is less than ${least} px high: ${each.outerHTML}`)"""

_kept: dict[str, httpx.Response] = {}


async def show(page: Page, visitor: Visitor, path: str) -> None:
    """Open a page of the portal in this process. What an earlier page still asks for is answered as it was then."""

    async def answer(route: Route) -> None:
        told = await _told(visitor, route.request)
        headers = {name: value for name, value in told.headers.items() if name != "content-length"}
        await route.fulfill(status=told.status_code, body=told.content, headers=headers)

    await page.route(f"{ADDRESS}/**", answer)
    await page.goto(ADDRESS + path)


async def _told(visitor: Visitor, asked: Request) -> httpx.Response:
    """What the portal answers. Stylesheets, scripts and pictures are asked of it once: a browser keeps them as well.

    Their addresses name their content (``asset`` of the templates), so that none is answered with another version.
    """
    if asked.url in _kept:
        return _kept[asked.url]
    sent = {"content-type": asked.headers.get("content-type", "")}
    told = await visitor.client.request(
        asked.method, asked.url, content=asked.post_data_buffer, headers=sent, follow_redirects=True
    )
    if "immutable" in told.headers.get("cache-control", ""):
        _kept[asked.url] = told
    return told


async def looked_at(page: Page, *views: View, pressed: str = PRESSED) -> list[str]:
    """What is wrong with the page that is shown, everything unfolded, a line a fault with the window it is seen in.

    What axe finds, what is too small to be pressed, and whether it scrolls sideways. ``pressed`` selects what is
    pressed. Where a window has been looked through before, other colours can only change what is legible.
    """
    faults: list[str] = []
    windows: list[ViewportSize] = []
    await page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    for view in views:
        await page.set_viewport_size(view.window)
        await page.emulate_media(color_scheme=view.scheme)
        if view.window in windows:
            found = await accessibility_faults(page, "color-contrast")
        else:
            found = [
                *await accessibility_faults(page),
                *await page.evaluate(SMALL, {"pressed": pressed, "least": view.least}),
                *(["It scrolls sideways."] if await scrolls_sideways(page) else []),
            ]
        windows.append(view.window)
        faults += [f"{view.window['width']} px, {view.scheme}: {fault}" for fault in found]
    return faults


async def faults_of(page: Page, visits: Iterable[tuple[Visitor, str]], *views: View) -> dict[str, list[str]]:
    """Look at pages of the portal: the faults of each, and what the content policy refuses, by address.

    Pages without a fault are left out. Where no views are given, it is on a phone and at a desk.
    """
    faults: dict[str, list[str]] = {}
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    for visitor, path in visits:
        await show(page, visitor, path)
        if found := [*await looked_at(page, *(views or (HAND, DESK))), *refused]:
            faults[path] = found
        refused.clear()
    return faults
