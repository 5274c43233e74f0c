"""The deadlines of her case, as a volunteer who is engaged sees them and acts on them."""

from datetime import date
from uuid import UUID

from core.model.deadlines.rules import DatedFact
from core.services.deadlines.dated_facts import record_dates
from core.services.matches import engagement
from core.store.cases.cases import find_case
from core.store.cases.deadlines import kept_deadlines
from tests.web.portal import Portal
from tests.worlds import NOW, accept_all, attorney, coordinator, joined, offered, seat, waiting

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

    page = await visitor.send(page, f"/cases/{new.id}/deadlines/hand", rule=HEARING)
    assert page.answer.url.path == path
    assert "In hand since 24 November" in page.text
    assert (await kept_deadlines([new.id]))[new.id][HEARING].in_hand_by == alma.account

    page = await visitor.send(page, f"/cases/{new.id}/deadlines/done", rule=HEARING)
    assert "Individual hearing · Thursday" not in page.text
    assert (await find_case(new.id)).deadline == date(2027, 1, 8)


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
