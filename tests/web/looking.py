"""Pages of the portal in this process, looked at in a real browser."""

from collections.abc import Iterable

import httpx
from playwright.async_api import Page, Request, Route

from tests.browser import accessibility_faults, scrolls_sideways
from tests.web.portal import ADDRESS, Visitor

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


async def faults_of(page: Page, visits: Iterable[tuple[Visitor, str]]) -> dict[str, list[str]]:
    """Look at pages with everything unfolded: what axe finds, sideways scrolling, what the policy refuses, by address.

    Pages without a fault are left out.
    """
    faults: dict[str, list[str]] = {}
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    for visitor, path in visits:
        await show(page, visitor, path)
        await page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        found = [*await accessibility_faults(page), *refused]
        found += ["It scrolls sideways."] if await scrolls_sideways(page) else []
        refused.clear()
        if found:
            faults[path] = found
    return faults
