"""A member joins with a phone: the bar's link, the mail that really leaves, the form, and what she sees then."""

import re

import msgspec
import pytest
from playwright.async_api import Browser, Page, expect

from core.model.volunteers.joining import Asked
from core.store.database import open_database
from core.store.upkeep.migrating import migrate
from tests.browser import PHONE, open_page
from tests.joining import ALMA, entry_of
from tests.journeys.clinic import PASSWORD, SLOW, Clinic
from tests.mail import MailServer
from tests.rosters import members, synced
from tests.worlds import waiting

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ELSEWHERE = msgspec.structs.replace(ALMA, number="2003", name="Member 2003", email="member@home.example")


async def _furnish(database: str) -> None:
    """A bar with its roster, and a case that waits."""
    opened = await open_database(database)
    await migrate(opened)
    await synced([entry_of(ALMA), *members(20, 2001)])
    await waiting()
    await opened.close()


async def _make_a_link(clinic: Clinic, browser: Browser) -> tuple[Page, str]:
    carmen = await clinic.person(browser, "carmen@example.org")
    await carmen.goto("/joinings")
    await carmen.get_by_role("link", name="Members of our bar").click()
    await carmen.get_by_role("button", name="Make a link").click()
    link = await carmen.get_by_label("Link for the newsletter").input_value()
    return carmen, link


async def _join(page: Page, link: str, server: MailServer, who: Asked) -> None:
    await page.goto(link)
    for label, value in (("Bar number", "number"), ("Name", "name"), ("E-mail address", "email")):
        await page.get_by_label(label).fill(getattr(who, value))
    await page.get_by_role("button", name="Send me the link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    body = (await server.next()).get_body()
    assert body is not None
    mailed = re.search(r"http://\S+/join/confirm/\S+", body.get_content())
    assert mailed is not None
    await page.goto(mailed[0])
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_label("Asylum").first.select_option("3")
    await page.get_by_label("I have read this and accept it").check()
    await page.get_by_role("button", name="Join").click()


async def test_members_join_and_are_verified_by_the_roster_or_by_a_person(
    database_url: str, browser: Browser, mail_server: MailServer
) -> None:
    await _furnish(database_url)
    clinic = Clinic(database_url, mail_server.port)
    clinic.give_password("carmen@example.org", "--name", "Carmen Ruiz", "--role", "coordinator")
    with clinic.open():
        carmen, link = await _make_a_link(clinic, browser)

        alma = await open_page(browser, PHONE, base_url=clinic.address, javascript=False)
        await _join(alma, link, mail_server, ALMA)
        await expect(alma.get_by_role("heading", level=1)).to_have_text("1 case waits for a volunteer")
        await alma.goto("/profile")
        await expect(alma.get_by_label("Asylum").first).to_have_value("3")
        await expect(alma.locator("main")).to_contain_text("No. 0042")
        assert (await mail_server.next())["Subject"] == "Welcome"

        other = await open_page(browser, PHONE, base_url=clinic.address, javascript=False)
        await _join(other, link, mail_server, ELSEWHERE)
        await expect(other.get_by_role("heading", level=1)).to_have_text("A coordinator confirms who you are next")
        answer = await other.goto("/cases")
        assert answer is not None
        assert answer.status == 403
        assert (await mail_server.next())["Subject"] == "Somebody waits to be confirmed"

        await carmen.goto("/today")
        await carmen.get_by_role("link", name="Member 2003").first.click()
        await expect(carmen.locator("main")).to_contain_text("does not agree")
        await carmen.get_by_role("button", name="Confirm").click()
        await expect(carmen.get_by_role("status")).to_contain_text("Confirmed", timeout=SLOW)
        assert (await mail_server.next())["Subject"] == "You are a volunteer now"
        await other.goto("/cases")
        await expect(other.get_by_role("heading", level=1)).to_have_text("1 case waits for a volunteer")
