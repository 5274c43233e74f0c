"""The desk in Chromium: accessible, no wider than a phone, used by keyboard alone, duplicates found as one types."""

import pytest
from playwright.async_api import Browser, Page, expect

from core.model.cases.eligibility import Thresholds
from core.model.clients.client import ClientField, Purpose
from core.model.concurrent_edits import version_of
from core.model.people import SYSTEM
from core.model.states import CaseState
from core.services.cases.eligibility import check_eligibility, set_thresholds
from core.services.cases.waitlist_files import keep_waitlist
from core.services.clients.disclosing import read_client
from core.store.cases.cases import cases_in
from tests.browser import DESKTOP, PHONE, open_page
from tests.core.services.cases.test_waitlist_imports import ANA, HEADER, Lines
from tests.core.services.cases.test_waitlist_imports import ROSA as ROW
from tests.web.intake.scenes import ROSA, screening_of
from tests.web.looking import faults_of, show
from tests.web.portal import Portal
from tests.worlds import NOW, coordinator

pytestmark = pytest.mark.browser


async def places() -> list[str]:
    """The pages of the desk, with something on each."""
    by, new = await coordinator(), await screening_of(ROSA, summary="A mother with two children asks for asylum.")
    await check_eligibility(new.id, by=by, now=NOW)
    await set_thresholds(Thresholds(percent=250), version=version_of(Thresholds()), why="New grant.", by=by, now=NOW)
    file = await keep_waitlist(Lines(HEADER + ROW + ANA).read, file_name="list.csv", by=by, now=NOW)
    case = f"/cases/{new.id}"
    own = (f"{case}/client", f"{case}/client/edit", f"{case}/eligibility")
    return ["/intake", "/intake/new", *own, "/office/eligibility", "/intake/import", f"/intake/import/{file}"]


async def test_every_page_is_accessible_and_fits_its_window(page: Page, sqlite_portal: Portal) -> None:
    visitor = await sqlite_portal.coordinator()

    assert await faults_of(page, [(visitor, path) for path in await places()]) == {}


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(60):
        if await page.evaluate("document.activeElement.name || ''") == name:
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}.")


async def test_an_intake_is_made_by_keyboard_alone(browser: Browser, sqlite_portal: Portal) -> None:
    page, visitor = await open_page(browser, DESKTOP), await sqlite_portal.coordinator()
    await show(page, visitor, "/intake/new?by=phone")

    for name, typed in (
        ("name", "Rosa Pérez Ramos"),
        ("languages", "Mam; Spanish"),
        ("helper_name", "Luz, a neighbour"),
    ):
        await tab_to(page, name)
        await page.keyboard.type(typed)
    await tab_to(page, "care")
    await page.keyboard.press("Space")
    await tab_to(page, "about")
    await page.keyboard.type("U v")
    await tab_to(page, "county")
    await page.keyboard.type("Taos")
    await tab_to(page, "story")
    await page.keyboard.type("They came at night.")
    await page.keyboard.press("Control+Enter")

    await expect(page.get_by_role("heading", level=1)).to_contain_text("May the client of")
    (made,) = await cases_in(CaseState.SCREENING)
    assert (made.relief, made.county, made.came_by) == ("U visa", "Taos", "phone")
    known = await read_client(made.id, tuple(ClientField), purpose=Purpose.INTAKE, by=SYSTEM, now=NOW)
    assert known[ClientField.STORY] == "They came at night."
    assert "no_voicemail" in known[ClientField.SAFE_CONTACT]


async def test_enter_in_a_field_sends_nothing(browser: Browser, sqlite_portal: Portal) -> None:
    page, visitor = await open_page(browser, DESKTOP), await sqlite_portal.coordinator()
    await show(page, visitor, "/intake/new")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method) if asked.is_navigation_request() else None)

    await page.get_by_label("Telephone").press("Enter")
    await page.get_by_label("Telephone").press("Control+Enter")
    await expect(page.get_by_role("alert")).to_be_visible()

    assert sent == ["POST"]


async def test_who_may_be_the_same_person_appears_while_the_name_is_typed(
    browser: Browser, sqlite_portal: Portal
) -> None:
    await screening_of(ROSA)
    page, visitor = await open_page(browser, PHONE), await sqlite_portal.coordinator()
    await show(page, visitor, "/intake/new")
    await expect(page.get_by_role("button", name="Look whether the client is known")).to_be_hidden()

    await page.get_by_label("Name, all surnames").press_sequentially("Rosa Perez Ramo")

    await expect(page.locator("[data-known]")).to_contain_text("Rosa Pérez Ramos")
    await expect(page.locator("[data-known]")).to_contain_text("NM-1")
    assert "rosa" not in page.url.casefold()


async def test_without_script_the_button_asks_the_same(browser: Browser, sqlite_portal: Portal) -> None:
    await screening_of(ROSA)
    page, visitor = await open_page(browser, PHONE, javascript=False), await sqlite_portal.coordinator()
    await show(page, visitor, "/intake/new")

    await page.get_by_label("Name, all surnames").fill("Rosa Perez Ramos")
    await page.get_by_role("button", name="Look whether the client is known").click()

    await expect(page.locator("[data-known]")).to_contain_text("NM-1")
    await expect(page.get_by_label("Name, all surnames")).to_have_value("Rosa Perez Ramos")
