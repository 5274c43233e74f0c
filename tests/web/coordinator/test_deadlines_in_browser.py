"""Deadlines, rules of law and what belongs to a case, in Chromium: accessible, within their window, by keyboard."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from playwright.async_api import Browser, Page, expect

from core.model.cases.relating import PlaceOfHelp, Relation
from core.model.deadlines.acts import Act
from core.model.deadlines.rules import DatedFact, RuleStatus
from core.model.people import Volunteer
from core.model.vocabulary import Forum, PracticeArea
from core.queries.deadlines.law import changes_noticed
from core.services.cases import intake, referring, relating, reopening
from core.services.deadlines.acts import decide_deadline, take_in_hand
from core.services.deadlines.dated_facts import record_dates, set_deadline
from core.services.deadlines.law import amend_rule, refresh_deadlines
from core.services.matches import engagement
from core.store.cases.cases import find_case
from core.store.keys import new_id
from tests.browser import DESKTOP, open_page
from tests.web.looking import faults_of, show
from tests.web.portal import Portal, Visitor
from tests.worlds import NOW, accept_all, attorney, case, coordinator, joined, offered, seat, waiting

TODAY = NOW.date()


async def a_week_of_deadlines(portal: Portal) -> dict[str, tuple[Visitor, str]]:
    """Deadlines of every kind, a rule that was enjoined, a family, a case that was opened again."""
    by, alma, at = await coordinator(), await joined(attorney("Alma Reyes-Hernández")), portal.clinic
    said: dict[str, Any] = {"clinic": at, "by": by, "now": NOW}
    await refresh_deadlines(clinic=at, now=NOW)
    appeal = await waiting(case("NM-1", practice_area=PracticeArea.REMOVAL, relief="bia_appeal", forum=Forum.BIA))
    await record_dates(appeal.id, {DatedFact.DECISION: TODAY - timedelta(days=20)}, **said)
    mother, child = await waiting(case("NM-2", detained=True)), await waiting(case("NM-3", relief="sij"))
    days = {DatedFact.LAST_ARRIVAL: date(2025, 11, 20), DatedFact.INDIVIDUAL_HEARING: TODAY + timedelta(days=9)}
    await record_dates(mother.id, days, **said)
    await take_in_hand(mother.id, rule="individual-hearing", by=by, now=NOW)
    away: dict[str, Any] = {"act": Act.SET_ASIDE, "seen": date(2026, 11, 20), "reason": "A child."}
    await decide_deadline(mother.id, rule="asylum-one-year", **away, **said)
    await set_deadline(
        child.id, due=TODAY + timedelta(days=50), kind="Biometrics", reason="A notice.", seen=None, **said
    )
    await relating.relate_cases(mother.id, "NM-3", relation=Relation.CHILD, by=by, now=NOW)
    place = PlaceOfHelp(new_id(), "Help House", "505 555 0100", "https://help.example", areas=(PracticeArea.ASYLUM,))
    await referring.keep_place(place, by=by, now=NOW)
    await referring.refer_client(mother.id, [place.id], by=by, now=NOW)
    back = await waiting(case("NM-4"))
    await intake.withdraw_case(back.id, reason="She could not be reached.", by=by, now=NOW)
    await reopening.reopen_case(back.id, reason="She called.", by=by, now=NOW)
    await amend_rule("bia-appeal", status=RuleStatus.ENJOINED, reason="Doe v. Roe (D.N.M.).", **said)
    match = await _engaged(mother.id, alma, portal)
    staff, hers = await portal.coordinator(), await portal.volunteer(alma)
    change = (await changes_noticed()).rows[0].id
    return {
        "calendar": (staff, "/deadlines"),
        "asked": (staff, "/deadlines?show=unknown"),
        "missed": (staff, "/deadlines?show=missed"),
        "rules": (staff, "/deadlines/rules"),
        "rule": (staff, "/deadlines/rules/bia-appeal"),
        "uncertain rule": (staff, "/deadlines/rules/sij-order-elsewhere"),
        "changes": (staff, "/deadlines/changes"),
        "change": (staff, f"/deadlines/changes/{change}"),
        "dates": (staff, f"/cases/{mother.id}/dates"),
        "dates by hand": (staff, f"/cases/{child.id}/dates"),
        "related": (staff, f"/cases/{mother.id}/related"),
        "opened again": (staff, f"/cases/{back.id}"),
        "places": (staff, "/office/places"),
        "her match": (hers, f"/matches/{match}"),
    }


async def _engaged(of: UUID, person: Volunteer, portal: Portal) -> UUID:
    by = await coordinator()
    match = await offered(await find_case(of), seat(person), by=by, at=portal.clinic)
    await accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    return match


async def test_every_page_is_accessible_and_fits_its_window(page: Page, sqlite_portal: Portal) -> None:
    places = await a_week_of_deadlines(sqlite_portal)

    assert await faults_of(page, places.values()) == {}


async def test_a_deadline_is_set_aside_by_keyboard_without_script(browser: Browser, sqlite_portal: Portal) -> None:
    by, new = await coordinator(), await waiting(case("NM-1"))
    hearing = {DatedFact.INDIVIDUAL_HEARING: TODAY + timedelta(days=9)}
    await record_dates(new.id, hearing, clinic=sqlite_portal.clinic, by=by, now=NOW)
    page = await open_page(browser, DESKTOP, javascript=False)
    await show(page, await sqlite_portal.coordinator(), f"/cases/{new.id}/dates")

    await page.get_by_text("Decide otherwise Individual hearing").press("Enter")
    await page.locator("#reason-individual-hearing").press_sequentially("The court put it off.")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("status")).to_contain_text("Decided.")
    await expect(page.get_by_text("A person decided: The court put it off.")).to_be_visible()
    assert (await find_case(new.id)).deadline is None
