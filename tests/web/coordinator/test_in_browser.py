"""The coordinator's pages in Chromium: accessible, no wider than their window, within the content policy."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from core.model.plans.advice import Questions, Recruit, Verified, WhatIf
from core.model.plans.changes import RemoveVolunteer
from core.model.plans.comparing import Served
from core.model.plans.snapshot import VolunteerFacts
from core.model.plans.teams import ProviderFailure, Unmatched
from core.model.vocabulary import SeatRole, Standing, VolunteerRole
from core.services.matches import claiming
from core.services.matches.pinning import forbid_pair, pin_seat
from core.services.rosters.standings import record_standing
from core.services.runs.proposing import fail_run
from core.store.matches import runs
from tests.browser import PHONE, open_page
from tests.rosters import member, members, previewed, synced
from tests.web.coordinator.scenes import answered, asked_for, proposal_of, ran, reserve, team
from tests.web.looking import faults_of, show
from tests.web.portal import Portal, open_portal
from tests.web.rosters import HEADER, added, export, numbers, uploaded, worked
from tests.web.rosters import members as bar_members
from tests.worlds import NOW, actor_of, attorney, case, coordinator, interpreter, joined, offered, seat, waiting

Places = dict[str, str]
WIDE = ",".join([HEADER, *(f"Internal remark {n} of the registrar" for n in range(35))])
"""The header of a bar's export with 40 columns."""


@pytest.fixture
async def portal(sqlite_url: str) -> AsyncIterator[Portal]:
    """The portal as a demonstration, so that every page is there."""
    async with open_portal(sqlite_url, demo=True) as opened:
        yield opened


async def a_busy_day(portal: Portal) -> Places:
    """One of everything that a coordinator meets; the addresses of its pages."""
    by, alma = await coordinator(), await joined(attorney("Alma Reyes-Hernández"))
    isidro, bea = await joined(interpreter("Isidro")), await joined(attorney("Bea"))
    taken = await waiting(case("NM-2404", detained=True))
    match = await offered(taken, seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")), by=by, at=portal.clinic)
    wanted = await waiting(case("NM-2403"))
    await claiming.claim_case(wanted.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(bea), now=NOW)
    mam = await waiting(
        case("NM-2418", detained=True, languages=("mam",), deadline=NOW.date() + timedelta(9), deadline_kind="Hearing"),
        now=NOW - timedelta(days=31),
    )
    await joined(attorney("Carla Solis", bars=()))
    await synced([*members(40, 5001), member(6001, name="Carla Solis")])
    changed = member(5001, Standing.SUSPENDED, firm="A firm of a very long name with many partners, LLP")
    held = await previewed([changed, *members(12, 5002), *members(9, 7001)])
    await added(visitor := await portal.coordinator())
    await uploaded(visitor, export(*bar_members(30), *bar_members(2, "Frozen", 2001), header=WIDE))
    await worked(portal)
    far = await waiting(case("NM-2401", county="Doña Ana", remote_ok=False))
    failed = await asked_for()
    await fail_run(failed, error="The matcher ran out of memory.", now=NOW)
    chosen = seat(alma)
    attorney_seat = type(chosen)(
        role=SeatRole.ATTORNEY,
        volunteer=str(bea.id),
        score=120.0,
        scores={"waiting": 120.0},
        fact="speaks Spanish",
        reserves=(reserve(alma.id, 108.0),),
    )
    past = await ran(team(mam, seat(bea)), team(far, seat(alma)))
    board = await ran(
        team(mam, attorney_seat, seat(isidro, SeatRole.INTERPRETER, ("mam", "es")), why="Nobody else speaks Mam."),
        unmatched=[Unmatched(far.ref, "location", "In person in Doña Ana, and nobody within reach.")],
        failures=[ProviderFailure("clinic:near_home", "it divided by zero")],
    )
    await forbid_pair(far.id, volunteer=alma.id, reason="Comes from the client's town.", by=by, now=NOW)
    await pin_seat(
        mam.id,
        volunteer=bea.id,
        role=SeatRole.ATTORNEY,
        reason="Knows the family.",
        clinic=portal.clinic,
        by=by,
        now=NOW,
    )
    await answered(board, "recruit", Questions(recruit=1), (a_recruit(far.ref), a_recruit()))
    await answered(board, "what_if", Questions(what_if=(RemoveVolunteer(str(bea.id)),)), a_scenario(mam.ref))
    await record_standing(alma.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=by, now=NOW)
    under_way = await asked_for()
    await runs.start_run(under_way, waiting=3, now=NOW)
    proposal = (await proposal_of(mam)).id
    return {
        "today": "/today",
        "claims": "/claims",
        "waitlist": "/waitlist?county=Doña Ana",
        "case": f"/cases/{far.id}",
        "case with a team": f"/cases/{mam.id}",
        "runs": "/runs",
        "board": f"/runs/{board}",
        "past run": f"/runs/{past}",
        "comparison": f"/runs/{board}/compare",
        "whom to recruit": f"/runs/{board}/recruit",
        "what if": f"/runs/{board}/what-if",
        "settling": f"/cases/{far.id}/settle?role=interpreter",
        "failed run": f"/runs/{failed}",
        "progress": f"/runs/{under_way}",
        "proposal": f"/proposals/{proposal}",
        "matches": "/matches",
        "match": f"/matches/{match}",
        "volunteers": "/volunteers",
        "volunteer": f"/volunteers/{alma.id}",
        "mail": "/outgoing",
        "rosters": "/rosters",
        "roster that is held": "/rosters/our-bar",
        "run that is held": f"/rosters/our-bar/runs/{held.id}?kind=changed",
        "who is who": "/rosters/our-bar/members",
        "roster that is uploaded": "/rosters/county-bar",
        "columns": "/rosters/county-bar/mapping",
    }


def a_recruit(*freed: str) -> Recruit:
    """A kind of volunteer, verified where she frees a case."""
    person = VolunteerFacts("new", roles=(VolunteerRole.INTERPRETER,), interprets=(("mam", "es"),))
    found = Verified(tiers=(), cases=len(freed), value=9000.0, freed=freed, lost=(), proved=True)
    return Recruit("Interpreter Mam and Spanish, remote", person, {"now": 1}, 2, 9000.0, found if freed else None)


def a_scenario(lost: str) -> WhatIf:
    """Somebody leaves, and a case is left without a team."""
    return WhatIf(
        changes=("She leaves",),
        served_before=1,
        served_after=0,
        gained=(),
        lost=(Unmatched(lost, "capacity", "All are full."),),
        changed=(),
        languages=(Served("Indigenous", 1, 1, 0),),
        tiers=(),
        value_before=9000.0,
        value_after=0.0,
        proved=True,
    )


async def test_every_page_is_accessible_and_fits_its_window(page: Page, portal: Portal) -> None:
    places, visitor = await a_busy_day(portal), await portal.coordinator()

    assert await faults_of(page, [(visitor, path) for path in places.values()]) == {}


async def test_without_script_chosen_teams_are_approved_and_the_result_is_told(
    browser: Browser, portal: Portal
) -> None:
    places, visitor = await a_busy_day(portal), await portal.coordinator()
    page = await open_page(browser, javascript=False)
    await show(page, visitor, places["board"])
    await expect(page.get_by_role("checkbox", name="Choose NM-2418")).to_be_checked()
    await page.get_by_role("checkbox", name="Choose NM-2403").check()

    await page.get_by_role("button", name="Approve selected").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("2 teams are approved")


async def test_the_numbers_and_the_reserves_of_a_proposal_are_one_tap_away(browser: Browser, portal: Portal) -> None:
    places, visitor = await a_busy_day(portal), await portal.coordinator()
    page = await open_page(browser, PHONE)
    await show(page, visitor, places["board"])
    who = page.get_by_text("Attorney: Alma Reyes-Hernández (12 lower)")
    await expect(who).to_be_hidden()

    await page.get_by_text("Who could step in").click()

    await expect(who).to_be_visible()


async def test_a_seat_is_pinned_by_keyboard_and_the_pin_undone_without_script(browser: Browser, portal: Portal) -> None:
    only = await waiting(case("NM-1"))
    await ran(team(only, seat(await joined(attorney("Alma")))))
    page = await open_page(browser, PHONE, javascript=False)
    await show(page, await portal.coordinator(), f"/proposals/{(await proposal_of(only)).id}")

    await page.get_by_text("Pin Alma", exact=True).focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Knows the family.")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="NM-1 has a proposed team")).to_be_visible()
    await expect(page.get_by_text("pinned as attorney")).to_be_visible()

    await page.get_by_role("button", name="Undo Alma").click()
    await expect(page.get_by_text("Undone. The next run is free to decide.")).to_be_visible()
    await expect(page.get_by_text("pinned as attorney")).to_be_hidden()


async def test_a_bar_without_a_developer_brings_its_roster_in_without_script(browser: Browser, portal: Portal) -> None:
    page = await open_page(browser, PHONE, javascript=False)
    await show(page, await portal.coordinator(), "/rosters")
    await page.get_by_label("Whose members these are").fill("County Bar")
    await page.get_by_label("Short name").fill("county-bar")
    await page.get_by_label("Jurisdiction of the bar").select_option("New Mexico")
    await page.get_by_role("button", name="Add the roster").click()

    rows = export(*bar_members(40), *bar_members(2, "Frozen", 2001))
    await page.get_by_label("The bar's export").set_input_files(FilePayload(name="ours", mimeType="", buffer=rows))
    await page.get_by_role("button", name="Upload", exact=True).click()
    await expect(page.get_by_text("The file is looked through")).to_be_visible()
    await looked_again(portal, page)

    await page.get_by_label("Status").select_option("Condition")
    await page.get_by_label("Languages").select_option("Tongues")
    await page.get_by_role("button", name="Show how it is understood").click()
    await expect(page.get_by_text("Spanish · French, 50 % sure").first).to_be_visible()
    await page.get_by_label("Frozen").select_option("Suspended")
    await page.get_by_role("button", name="Keep this and read the file").click()
    await looked_again(portal, page)

    await expect(page.get_by_role("heading", level=1)).to_have_text("42 changes wait for a decision")
    await page.get_by_role("button", name="Apply").click()
    await looked_again(portal, page)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Applied: 42 changes")
    assert len(await numbers()) == 42

    await page.get_by_text("Take it back").click()
    await page.get_by_role("button", name="Take this run back").click()
    await looked_again(portal, page)
    await expect(page.get_by_role("heading", level=1)).to_have_text("This run was taken back")
    assert await numbers() == []


async def looked_again(portal: Portal, page: Page) -> None:
    """A worker does what was asked for, and the page is looked at again."""
    await worked(portal)
    await page.get_by_role("link", name="Look again").click()
