"""The pages of duplicates and merges in Chromium: accessible, no wider than their window, usable without script."""

from msgspec.structs import replace
from playwright.async_api import Browser, Page, expect

from core.model.people import BarAdmission, Capacity
from core.model.vocabulary import SeatRole, Standing
from core.services.rosters.standings import record_standing
from core.services.volunteers.merging import merge_records
from core.services.volunteers.volunteering import change_volunteer
from core.store import accounts
from core.store.cases import cases
from core.store.volunteers.volunteers import find_volunteer
from tests.browser import PHONE, open_page
from tests.web.coordinator.test_in_browser import Places
from tests.web.looking import faults_of, show
from tests.web.portal import Portal
from tests.worlds import NOW, attorney, case, coordinator, joined, offered, seat, waiting


async def a_clinic_with_doubles(portal: Portal) -> Places:
    """Pairs of every kind, a merge with everything to decide, one in whose way something is, and one that was done."""
    by, texas = await coordinator(), BarAdmission("TX", "24098765", Standing.ACTIVE)
    both = (BarAdmission("NM", "1001", Standing.ACTIVE), texas)
    alma = await joined(attorney("Alma Reyes-Hernández", capacity=Capacity(cases=1)))
    hers = await joined(attorney("Alma Reyes", county="Doña Ana", capacity=Capacity(cases=3), bars=both))
    for one in (alma, hers):
        assert one.account
        await accounts.open_session(one.account, now=NOW)
    for ref, who in (("NM-2404", alma), ("NM-2405", hers)):
        await offered(await waiting(case(ref)), seat(who), by=by, at=portal.clinic)
    await record_standing(hers.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=by, now=NOW)
    await cases.bar_pair((await cases.find_case_by_ref("NM-2404")).id, volunteer=hers.id, reason="conflict", now=NOW)
    here = (BarAdmission("NM", "2002", Standing.ACTIVE),)
    bea, double = [await joined(attorney("Bea Lee", bars=here)) for _ in range(2)]
    await joined(attorney("Dora Begay", bars=here))
    team = (seat(bea), seat(double, SeatRole.CO_COUNSEL))
    carla, old = await joined(attorney("Carla Sosa", bars=())), await joined(attorney("Carla Sosa", bars=()))
    await merge_records(carla.id, old.id, by=by, now=NOW)
    await change_volunteer(replace(await find_volunteer(carla.id), name="Carla Sosa-Lee"), by=by, now=NOW)
    await offered(await waiting(case("NM-2406", attorneys=2)), *team, by=by, at=portal.clinic)
    return {
        "duplicates": "/volunteers/duplicates",
        "preview": f"/volunteers/{alma.id}/merge?other={hers.ref}",
        "in the way": f"/volunteers/{bea.id}/merge?other={double.ref}",
        "asking": f"/volunteers/{alma.id}/merge?other=V-0",
        "merged": f"/volunteers/{carla.id}",
    }


async def test_every_page_of_merging_is_accessible_and_fits_its_window(page: Page, sqlite_portal: Portal) -> None:
    places, visitor = await a_clinic_with_doubles(sqlite_portal), await sqlite_portal.coordinator()

    assert await faults_of(page, [(visitor, path) for path in places.values()]) == {}


async def test_on_a_phone_without_script_two_records_become_one_and_are_split(
    browser: Browser, sqlite_portal: Portal
) -> None:
    places, visitor = await a_clinic_with_doubles(sqlite_portal), await sqlite_portal.coordinator()
    page = await open_page(browser, PHONE, javascript=False)
    await show(page, visitor, places["duplicates"])

    await page.get_by_role("link", name="The same person Alma Reyes-Hernández and Alma Reyes").click()
    await page.get_by_role("group", name="Where").get_by_text("Doña Ana, NM").click()
    await page.get_by_role("group", name="Account that is kept").get_by_text("hernández").click()
    await page.get_by_role("button", name="Make them one").click()
    await expect(page.get_by_text("Both records are one now.")).to_be_visible()

    await page.locator("summary", has_text="Split again").click()
    await page.get_by_role("button", name="Split them").click()
    await expect(page.get_by_text("Offers stay on hold and alerts open")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Alma Reyes-Hernández")
