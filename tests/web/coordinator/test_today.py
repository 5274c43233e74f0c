"""What needs a coordinator today."""

import re
from datetime import timedelta
from uuid import UUID

from core.model.cases.case import Case
from core.model.cases.casework import TaskKind
from core.model.deadlines.acts import ALERT
from core.model.people import Actor, Volunteer
from core.model.states import CaseState, OfferState
from core.model.vocabulary import SeatRole, Standing
from core.services.casework.tasks import Wanted, add_task
from core.services.matches import claiming
from core.services.rosters.standings import record_standing
from core.store.alerts import raise_alert
from core.store.cases.cases import find_case
from core.store.keys import new_id
from core.store.matches.offers import expired_offers
from core.store.matches.teams import offers_of_match
from tests.rosters import members, previewed, synced
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import NOW, accept_all, actor_of, attorney, case, coordinator, joined, offered, seat, waiting


async def suspended(portal: Portal, *refs: str) -> tuple[Volunteer, list[tuple[Case, UUID]], Actor]:
    """An attorney who is suspended while offers to her are open: each match raises an alert."""
    by = await coordinator()
    alma = await joined(attorney("Alma"))
    matches = []
    for ref in refs:
        waits = await waiting(case(ref))
        matches.append((waits, await offered(waits, seat(alma), by=by, at=portal.clinic)))
    await record_standing(alma.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=by, now=NOW)
    return alma, matches, by


async def test_in_an_empty_clinic_the_first_page_says_where_to_begin_and_every_way_is_open(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await visitor.open("/today")

    ways = ["/office/eligibility", "/intake/new", "/intake/import", "/rosters", "/runs"]
    assert "Where to begin" in page.text
    assert [way for way in ways if way not in page.links] == []
    assert [(await visitor.open(way)).status for way in ways] == [200] * len(ways)


async def test_a_quiet_day_says_so_and_shows_the_way_to_the_waitlist(portal: Portal) -> None:
    await waiting()
    page = await (await portal.coordinator()).open("/today")

    assert page.heading == "Nothing needs you right now"
    assert "All quiet" in page.text
    assert "Where to begin" not in page.text
    assert "/waitlist" in page.links


async def test_the_heading_counts_alerts_claims_and_matches_that_wait(portal: Portal) -> None:
    await suspended(portal, "NM-1")
    ready = await waiting(case("NM-2"))
    await accept_all(
        await offered(ready, seat(await joined(attorney("Bea"))), by=await coordinator(), at=portal.clinic)
    )
    wanted, claimant = await waiting(case("NM-3")), await joined(attorney("Cora"))
    await claiming.claim_case(wanted.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(claimant), now=NOW)

    page = await (await portal.coordinator()).open("/today")

    assert page.heading == "3 things need you today"
    assert "Standing has changed" in page.text
    assert "Everybody has accepted: check for conflicts." in page.text
    assert "Cora" in page.text


async def test_a_deadline_on_which_nobody_acts_stands_above_older_alerts(portal: Portal) -> None:
    await raise_alert("roster_held", text="Older", now=NOW - timedelta(days=200))
    await raise_alert(ALERT, text="Burning", now=NOW)

    page = await (await portal.coordinator()).open("/today")

    assert page.text.index("Burning") < page.text.index("Older")


async def test_a_held_roster_is_an_alert_about_nobody_in_particular(portal: Portal) -> None:
    await synced(members(40))
    await previewed(members(12))

    page = await (await portal.coordinator()).open("/today")

    assert page.heading == "1 thing needs you today"
    assert "A roster is held for a person" in page.text
    assert "Members of our bar: the last good roster stays. The page of its run says why." in page.text


async def test_an_alert_offers_to_open_the_offer_again_or_to_take_it_back(portal: Portal) -> None:
    _alma, [(_waits, match)], _by = await suspended(portal, "NM-1")
    (offer,) = await offers_of_match(match)
    visitor = await portal.coordinator()

    answer = await visitor.send(await visitor.open("/today"), f"/offers/{offer.id}/thaw")

    assert "The offer is open again" in answer.text
    assert (await offers_of_match(match))[0].state is OfferState.OPEN
    assert f"/offers/{offer.id}/thaw" not in [form["action"] for form in answer.forms]


async def test_an_offer_that_is_taken_back_returns_the_case_with_its_waiting_time(portal: Portal) -> None:
    _alma, [(waits, match)], _by = await suspended(portal, "NM-1")
    (offer,) = await offers_of_match(match)
    visitor = await portal.coordinator()
    page = await visitor.open("/today")
    assert "The match ends, the team is told, and the case waits again with its waiting time." in page.text

    await visitor.send(page, f"/offers/{offer.id}/revoke")

    case_now = await find_case(waits.id)
    assert case_now.state is CaseState.WAITLISTED
    assert case_now.waiting_since == NOW


async def test_a_second_try_to_open_an_offer_again_says_that_it_is_too_late(portal: Portal) -> None:
    _alma, [(_waits, match)], _by = await suspended(portal, "NM-1")
    (offer,) = await offers_of_match(match)
    visitor = await portal.coordinator()
    page = await visitor.open("/today")
    await visitor.send(page, f"/offers/{offer.id}/thaw")

    answer = await visitor.send(page, f"/offers/{offer.id}/thaw")

    assert answer.status == 409
    assert "This offer is not on hold any more." in answer.text


async def test_an_alert_is_closed_once(portal: Portal) -> None:
    await suspended(portal, "NM-1")
    visitor = await portal.coordinator()
    page = await visitor.open("/today")
    (closing,) = [form["action"] for form in page.forms if form["action"].startswith("/alerts/")]

    answer = await visitor.send(page, closing)
    assert "The alert is closed." in answer.text
    assert "Standing has changed" not in answer.text

    again = await visitor.send(page, closing)
    assert again.status == 409
    assert "This alert is closed already." in again.text


async def test_an_offer_about_to_expire_is_shown_with_the_time_left(portal: Portal) -> None:
    urgent = await waiting(case("NM-1", detained=True))
    await offered(urgent, seat(await joined(attorney("Alma"))), by=await coordinator(), at=portal.clinic)
    assert await expired_offers(NOW + timedelta(days=1))

    page = await (await portal.coordinator()).open("/today")

    assert page.heading == "Nothing needs you right now"
    assert "Offers about to expire" in page.text
    assert "An offer expires on" in page.text
    assert "24 hours left" in page.text


async def test_an_approved_claim_leads_back_to_today_with_a_way_to_undo(portal: Portal) -> None:
    wanted, claimant = await waiting(case("NM-1")), await joined(attorney("Cora"))
    proposal = await claiming.claim_case(
        wanted.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(claimant), now=NOW
    )
    visitor = await portal.coordinator()

    answer = await visitor.send(await visitor.open("/today"), f"/proposals/{proposal}/approve")

    assert str(answer.answer.url).startswith("http://portal.test/today?")
    assert "Approved. The offers are out." in answer.text
    assert [form for form in answer.forms if form["action"].endswith("/undo")]


async def test_many_alerts_of_a_kind_are_one_line_that_leads_to_all_of_them(portal: Portal) -> None:
    for number in range(12):
        path = f"/cases/{new_id()}/conflicts"
        await raise_alert("conflict_hit", text=f"A name in NM-{number} is like another.", path=path, now=NOW)
    for number in range(5):
        await raise_alert(ALERT, text=f"Burning {number}", now=NOW)
    visitor = await portal.coordinator()

    page = await visitor.open("/today")
    assert page.heading == "17 things need you today"
    assert "A name is like a name elsewhere 12 open alerts The first was raised" in page.text
    assert "A name in NM-1 " not in page.text
    assert all(f"Burning {number}" in page.text for number in range(5)), "each of these is urgent"

    page = await visitor.open("/alerts?kind=conflict_hit")
    assert page.heading == "A name is like a name elsewhere"
    assert all(f"A name in NM-{number} is" in page.text for number in range(12))
    closing = [form["action"] for form in page.forms if form["action"].startswith("/alerts/")]
    page = await visitor.send(page, closing[0])
    assert (page.path, "The alert is closed." in page.text, "11 open alerts" in page.text) == ("/alerts", True, True)


async def test_the_number_beside_today_is_that_of_its_heading(portal: Portal) -> None:
    _alma, _matches, by = await suspended(portal, "NM-1")
    other = await waiting(case("NM-2"))
    for due in (NOW.date(), NOW.date() - timedelta(days=3), NOW.date() + timedelta(days=1), None):
        await add_task(other.id, Wanted(TaskKind.SIGN, due=due, assignee=by.account), by=by, now=NOW)
    assert by.account is not None

    page = await (await portal.signed_in(by.account)).open("/waitlist")
    assert re.search(r"Today\s+3\b", page.text)
    assert (await (await portal.signed_in(by.account)).open("/today")).heading == "3 things need you today"


async def test_all_of_many_tasks_that_are_due_are_counted_and_a_step_away(portal: Portal) -> None:
    by, other = await coordinator(), await waiting(case("NM-2"))
    for _ in range(12):
        await add_task(other.id, Wanted(TaskKind.SIGN, due=NOW.date(), assignee=by.account), by=by, now=NOW)
    assert by.account is not None

    page = await (await portal.signed_in(by.account)).open("/today")

    assert page.heading == "12 things need you today"
    assert len([form for form in page.forms if form["action"].endswith("/done")]) == 10
    assert "See all your tasks" in page.text


async def test_today_takes_as_many_statements_for_three_alerts_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert (await counted(visitor, "/today"))[0] == 5

    await suspended(portal, "NM-1")
    assert (await counted(visitor, "/today"))[0] == 5

    await suspended(portal, "NM-2", "NM-3")
    assert (await counted(visitor, "/today"))[0] == 5
