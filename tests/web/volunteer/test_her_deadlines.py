"""The deadlines of her case, as a volunteer who is engaged sees them and acts on them."""

from datetime import date
from uuid import UUID

from core.model.deadlines.rules import DatedFact
from core.services.deadlines.dated_facts import record_dates
from core.services.matches import engagement
from core.store.cases.cases import find_case
from core.store.cases.deadlines import kept_deadlines
from tests.web.portal import Portal
from tests.worlds import NOW, accept_all, attorney, case, coordinator, joined, offered, seat, waiting

HEARING = "individual-hearing"


async def test_she_sees_them_when_she_is_engaged_and_says_what_she_does(portal: Portal) -> None:
    alma, by, new = await joined(attorney("Alma")), await coordinator(), await waiting()
    days = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3), DatedFact.LAST_ARRIVAL: date(2026, 1, 8)}
    await record_dates(new.id, days, clinic=portal.clinic, by=by, now=NOW)
    match: UUID = await offered(new, seat(alma), by=by, at=portal.clinic)
    await accept_all(match)
    visitor, path = await portal.volunteer(alma), f"/matches/{match}"
    assert "Deadlines of this case" not in (await visitor.open(path)).text

    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    page = await visitor.open(path)
    assert "Individual hearing · Thursday, 3 December" in page.text
    assert page.text.index("Individual hearing · Thu") < page.text.index("One-year deadline · Friday, 8 January")

    assert "INA 208(a)(2)(B); counted by 8 CFR 208.4(a)(2)(ii) · last reviewed 24 November 2026" in page.text

    page = await visitor.send(page, f"/cases/{new.id}/deadlines/hand", rule=HEARING)
    assert page.answer.url.path == path
    assert "In hand since 24 November" in page.text
    assert (await kept_deadlines([new.id]))[new.id][HEARING].in_hand_by == alma.account

    page = await visitor.send(page, f"/cases/{new.id}/deadlines/back", rule=HEARING)
    assert "In hand since" not in page.text

    page = await visitor.send(page, f"/cases/{new.id}/deadlines/done", rule=HEARING)
    assert "Individual hearing · Thursday" not in page.text
    assert (await find_case(new.id)).deadline == date(2027, 1, 8)


async def test_her_calendar_has_the_deadlines_of_her_case_while_she_works_on_it(portal: Portal) -> None:
    alma, by, new = await joined(attorney("Alma")), await coordinator(), await waiting(case("NM-7"))
    days = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3), DatedFact.BRIEFING_SCHEDULE: date(2026, 11, 20)}
    await record_dates(new.id, days, clinic=portal.clinic, by=by, now=NOW)
    match: UUID = await offered(new, seat(alma), by=by, at=portal.clinic)
    await accept_all(match)
    visitor, path = await portal.volunteer(alma), f"/matches/{match}/deadlines.ics"
    assert "SUMMARY" not in (await visitor.client.get(path)).text

    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    page = await visitor.open(f"/matches/{match}")
    assert path in page.links
    assert "Not certain: That the 20 days run from the date of the schedule is our reading" in page.text
    lines = (await visitor.client.get(path)).text.split("\r\n")
    assert "SUMMARY:NM-7: Individual hearing" in lines
    assert "SUMMARY:NM-7: Brief to the BIA" in lines
    assert "DTSTART;VALUE=DATE:20261203" in lines
    link = f"URL:http://127.0.0.1:8000/matches/{match}"
    assert lines.count(link) == 2, "her page, and none of the staff"

    berta = await portal.volunteer(await joined(attorney("Berta")))
    assert (await berta.client.get(path)).status_code == 404


async def test_who_is_on_another_case_is_told_that_it_is_not_there(portal: Portal) -> None:
    by, new = await coordinator(), await waiting()
    hearing = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3)}
    await record_dates(new.id, hearing, clinic=portal.clinic, by=by, now=NOW)
    berta = await portal.volunteer(await joined(attorney("Berta")))
    page = await berta.open("/profile")

    for act in ("hand", "done"):
        answer = await berta.client.post(
            f"/cases/{new.id}/deadlines/{act}",
            data={"rule": HEARING, **page.form("/profile")},
            headers={"origin": str(berta.client.base_url)},
        )
        assert answer.status_code == 404
    assert (await find_case(new.id)).deadline == date(2026, 12, 3)
