"""The whole story in a browser, on both databases: a case finds its people."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import PHONE
from tests.journeys.clinic import EXAMPLES, SLOW, Clinic, picture, volunteers_by_name
from tests.mail import MailServer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


async def _claim_a_case(page: Page) -> str:
    """A volunteer looks through the open cases that fit her and claims the first."""
    await page.goto("/cases?fits=yes")
    await picture(page, "cases-phone")
    await page.locator("main h2 a, main h3 a").first.click()
    await expect(page.get_by_role("heading", name="Why it fits you")).to_be_visible()
    await picture(page, "case-phone")
    ref = await page.locator(".tags").first.inner_text()
    await page.get_by_role("button", name="I can take this case").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(
        re.compile("held for you|yours|claim", re.IGNORECASE)
    )
    return _reference(ref)


def _reference(text: str) -> str:
    found = re.search(r"C-\d+", text)
    assert found is not None
    return found[0]


async def _run_the_matcher(page: Page) -> None:
    await page.goto("/runs")
    await page.get_by_role("button", name="Run the matcher").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("proposals for", timeout=SLOW)
    await picture(page, "run-board-desktop")


async def _with_an_interpreter(page: Page) -> Locator:
    """The first proposal that brings an attorney and an interpreter, and no mentor."""
    cards = page.locator("li.proposal")
    wanted = cards.filter(has_text="Interpreter").filter(has_not_text="Mentor")
    return wanted.first


async def _people_of(card: Locator) -> list[str]:
    text = await card.inner_text()
    return [name for name in volunteers_by_name() if name in text.split("Who could step in")[0]]


async def _accept(page: Page, picture_name: str) -> None:
    await page.goto("/offers")
    await page.locator("main h2 a, main h3 a").first.click()
    await picture(page, picture_name)
    await page.get_by_role("button", name="I accept").click()
    await expect(page.get_by_role("button", name="I accept")).to_have_count(0)


async def _engage(page: Page, ref: str) -> None:
    await page.goto("/matches")
    await page.get_by_role("link", name=re.compile(ref)).first.click()
    await page.get_by_role("button", name="Conflicts are clear").click()
    await page.get_by_role("button", name="The letter is signed").click()
    await expect(page.get_by_role("button", name="The letter is signed")).to_have_count(0)
    await expect(page.locator("main")).to_contain_text("Engaged")
    await picture(page, "match-desktop")


async def test_a_case_finds_its_people(database_url: str, browser: Browser, mail_server: MailServer) -> None:
    """Import, claim, run, approve, both accept, engaged; and the mail really leaves."""
    clinic = Clinic(database_url, mail_server.port)
    clinic.amparo("import", "volunteers", str(EXAMPLES / "volunteers.csv"))
    clinic.amparo("import", "cases", str(EXAMPLES / "cases.csv"))
    clinic.give_password("carmen@example.org", "--name", "Carmen Ruiz", "--role", "coordinator")
    clinic.give_password("tomas.ortiz@example.org")
    with clinic.open():
        tomas = await clinic.person(browser, "tomas.ortiz@example.org", phone=True)
        claimed = await _claim_a_case(tomas)

        carmen = await clinic.person(browser, "carmen@example.org")
        await _run_the_matcher(carmen)
        await _narrow(carmen, "run-board-phone")
        card = await _with_an_interpreter(carmen)
        people, ref = await _people_of(card), _reference(await card.inner_text())
        assert len(people) == 2
        await card.get_by_role("button", name="Approve").click()
        await carmen.wait_for_load_state()

        for number, name in enumerate(people):
            email = volunteers_by_name()[name]
            clinic.give_password(email)
            await _accept(await clinic.person(browser, email, phone=True), f"offer-phone-{number}")
        await _engage(carmen, ref)

        await carmen.goto("/today")
        await expect(carmen.locator("main")).to_contain_text(claimed)
        await picture(carmen, "today-desktop")
        await carmen.goto("/waitlist")
        await picture(carmen, "waitlist-desktop")
    _check_mail(mail_server, [volunteers_by_name()[name] for name in people], ref)


async def _narrow(page: Page, name: str) -> None:
    """The same page on a phone."""
    wide = page.viewport_size
    await page.set_viewport_size(PHONE)
    await picture(page, name)
    assert wide is not None
    await page.set_viewport_size(wide)


def _check_mail(server: MailServer, addresses: list[str], ref: str) -> None:
    """Each of the two was told of the offer and of the engagement, and no mail says anything of the case."""
    for address in addresses:
        subjects = [mail["Subject"] for mail in server.mails if address in mail["To"]]
        assert "You have a new offer" in subjects
    for mail in server.mails:
        body = mail.get_body()
        assert body is not None
        assert ref not in body.get_content()
        assert "http://127.0.0.1" in body.get_content()
