"""The volunteer's pages in Chromium: readable by everybody, on a phone and at a desk, in the light and in the dark."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from core.store.cases.listings import keep_comparable
from core.store.database import open_database
from core.store.upkeep.migrating import migrate
from tests.browser import PHONE, open_page
from tests.web.looking import DESK, HAND, NIGHT, looked_at
from tests.web.serving import serving
from tests.web.small_world import SmallWorld, small_world
from tests.worlds import clinic
from web.access.sessions import SESSION

pytestmark = pytest.mark.browser

Served = tuple[str, SmallWorld]


@pytest.fixture
async def world(tmp_path: Path) -> tuple[str, SmallWorld]:
    """A small world on SQLite."""
    url = f"sqlite:///{tmp_path / 'amparo.db'}"
    database = await open_database(url)
    await migrate(database)
    await keep_comparable(1)
    made = await small_world(clinic(), datetime.now(UTC))
    await database.close()
    return url, made


@pytest.fixture
def served(world: tuple[str, SmallWorld]) -> Iterator[Served]:
    """The world behind a running server."""
    url, made = world
    with serving(url) as address:
        yield address, made


async def sign_in(page: Page, served: Served) -> None:
    """Take the place of the volunteer."""
    address, made = served
    await page.context.add_cookies([{"name": SESSION, "value": made.volunteer_session, "url": address}])


async def test_every_page_is_accessible_and_fits_its_window(browser: Browser, served: Served) -> None:
    page = await open_page(browser, base_url=served[0])
    await sign_in(page, served)

    faults: dict[str, list[str]] = {}
    for path in ("/sign-in", *served[1].volunteer_pages):
        await page.goto(path)
        faults[path] = await looked_at(page, HAND, DESK, NIGHT)

    assert {path: found for path, found in faults.items() if found} == {}


async def test_a_case_is_found_claimed_and_given_back_without_script(browser: Browser, served: Served) -> None:
    page = await open_page(browser, PHONE, base_url=served[0], javascript=False)
    await sign_in(page, served)

    await page.goto("/cases?fits=yes")
    await page.get_by_role("link", name="NM-2390").click()
    await page.get_by_role("button", name="I can take this case").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("1 claim waits for a coordinator")
    await page.get_by_text("Take it back").first.click()
    await page.get_by_role("button", name="Take my claim back").click()

    await expect(page.get_by_role("status")).to_contain_text("Your claim is taken back")


async def test_the_menu_opens_on_a_phone_and_leads_to_the_offers(browser: Browser, served: Served) -> None:
    page = await open_page(browser, PHONE, base_url=served[0])
    await sign_in(page, served)

    await page.goto("/cases")
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("link", name="My offers").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("1 offer waits for your answer")
