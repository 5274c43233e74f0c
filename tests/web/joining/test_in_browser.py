"""The pages of joining in Chromium: accessible, no wider than their window, with targets for a thumb."""

import msgspec
import pytest
from playwright.async_api import Browser, Page

from core.model.people import BarAdmission
from core.model.vocabulary import Standing
from tests.browser import PHONE, open_page, scrolls_sideways
from tests.joining import ALMA, asked, entry_of, invited
from tests.joining import joined as joins
from tests.web.coordinator.test_in_browser import portal
from tests.web.looking import DESK, HAND, NIGHT, faults_of, show
from tests.web.portal import ADDRESS, Portal, Visitor
from tests.worlds import attorney, joined

__all__ = ["portal"]

pytestmark = pytest.mark.browser

LONG = msgspec.structs.replace(
    ALMA, name="Alma Margarita Reyes-Hernández", email="alma.margarita.reyes.hernandez@a-firm-with-a-long-name.example"
)
Places = list[tuple[Visitor, str]]


async def every_page(portal: Portal) -> Places:
    """Each page of joining with whoever looks at it."""
    known = await joined(attorney("Alma Reyes", bars=(BarAdmission("NM", "42", Standing.ACTIVE),)))
    token = await invited(entry_of(ALMA))
    waits = await joins(token, LONG)
    assert waits.account is not None
    refused = await joins(token, msgspec.structs.replace(LONG, number="999", email="b@home.example"))
    link = await asked(token)
    stranger, carmen, alma = portal.visitor(), await portal.coordinator(), await portal.volunteer(known)
    newcomer = await portal.signed_in(waits.account)
    await carmen.send(
        await carmen.open(f"/joinings/{refused.id}"), f"/joinings/{refused.id}/refuse", reason="Nobody has this number."
    )
    assert refused.account is not None
    return [
        *((stranger, path) for path in (f"/join/{token}", "/join/none", f"/join/confirm/{link}", "/join/confirm/none")),
        (stranger, "/terms?language=es"),
        *((newcomer, path) for path in ("/welcome", "/profile", "/inbox", "/cases")),
        (await portal.signed_in(refused.account), "/welcome"),
        (alma, "/profile"),
        *((carmen, path) for path in ("/joinings", f"/joinings/{waits.id}", f"/joinings/{refused.id}", "/today")),
        *((carmen, path) for path in ("/rosters/our-bar/invitations", "/rosters/our-bar")),
    ]


async def test_every_page_is_accessible_and_fits_its_window(page: Page, portal: Portal) -> None:
    assert await faults_of(page, await every_page(portal), HAND, DESK, NIGHT) == {}


async def test_a_form_that_was_not_accepted_stays_readable(browser: Browser, portal: Portal) -> None:
    token = await invited(entry_of(ALMA))
    link = f"/join/confirm/{await asked(token)}"
    page = await open_page(browser, PHONE, javascript=False)
    await show(page, portal.visitor(), link)
    await page.get_by_label("Password").fill("a few words together")
    await page.locator("#language_0").fill("Klingonese")
    await page.get_by_role("button", name="Join").click()

    assert ADDRESS + link == page.url
    assert await page.get_by_role("alert").locator("a").all_inner_texts() == [
        "“Klingonese” is not a language that we know. Write its English name or its code, such as mam.",
        "Choose how well you speak it.",
        "Please read what you and the programme promise each other, and say that you accept it.",
    ]
    assert await page.locator("#language_0").input_value() == "Klingonese"
    assert not await scrolls_sideways(page)
