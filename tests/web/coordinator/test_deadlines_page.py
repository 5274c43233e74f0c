"""The calendar of deadlines: by week, filtered, as a file; what somebody does about one of them; dates to ask for."""

from datetime import date, timedelta
from typing import Any

from core.model.cases.case import Case
from core.model.deadlines.rules import DatedFact
from core.model.states import CaseState
from core.model.vocabulary import PracticeArea
from core.services.cases import intake
from core.services.deadlines import acts
from core.services.deadlines.dated_facts import count_deadlines, record_dates
from core.store.cases.cases import find_case
from core.store.cases.deadlines import kept_deadlines
from tests import worlds
from tests.web.coordinator.scenes import counted
from tests.web.portal import Page, Portal
from tests.worlds import NOW, case, waiting

F = DatedFact
TODAY = NOW.date()


async def heard(portal: Portal, ref: str, day: date, **of: Any) -> Case:
    """A waiting case with an individual hearing on a day."""
    new = await waiting(case(ref, **of))
    by = await worlds.coordinator()
    await record_dates(new.id, {F.INDIVIDUAL_HEARING: day}, clinic=portal.clinic, by=by, now=NOW)
    return new


def refs_on(page: Page) -> list[str]:
    """The references of cases in the order of the page."""
    return [word.strip(",") for word in page.text.split() if word.startswith("NM-")]


async def test_deadlines_stand_in_their_weeks_the_earliest_first_and_the_missed_before_all(portal: Portal) -> None:
    days = {"NM-1": 9, "NM-2": 0, "NM-3": -3, "NM-4": 40, "NM-5": 2, "NM-6": -31}
    for ref, ahead in days.items():
        await heard(portal, ref, TODAY + timedelta(days=ahead))

    page = await (await portal.coordinator()).open("/deadlines")

    assert page.heading == "2 deadlines within 7 days"
    shown = [ref for ref in dict.fromkeys(refs_on(page)) if ref in days]
    assert shown == ["NM-3", "NM-2", "NM-5", "NM-1", "NM-4"], "one that was missed long ago is history"
    weeks = ["Missed", "This week", "Next week", "Week of 28 December"]
    assert [page.text.index(week) for week in weeks] == sorted(page.text.index(week) for week in weeks)
    assert "Saturday, 21 November Urgent: 3 days ago Individual hearing NM-3" in " ".join(
        page.text.replace("●", "").split()
    )
    assert "2 within 7 days" in page.text
    assert "2 missed" in page.text


async def test_filters_leave_out_what_is_not_asked_for(portal: Portal) -> None:
    await heard(portal, "NM-1", TODAY + timedelta(days=3))
    other = await heard(portal, "NM-2", TODAY + timedelta(days=60), practice_area=PracticeArea.REMOVAL)
    await acts.take_in_hand(other.id, rule="individual-hearing", by=await worlds.coordinator(), now=NOW)
    visitor = await portal.coordinator()

    async def seen(query: str) -> list[str]:
        return sorted({ref for ref in refs_on(await visitor.open(f"/deadlines?{query}")) if ref in ("NM-1", "NM-2")})

    assert await seen("within=week") == ["NM-1"]
    assert await seen("area=removal") == ["NM-2"]
    assert await seen("hand=yes") == ["NM-2"]
    assert await seen("hand=no") == ["NM-1"]
    assert await seen("rule=individual-hearing") == ["NM-1", "NM-2"]
    assert await seen("rule=bond-hearing") == []
    assert await seen("stands=engaged") == []
    assert await seen("stands=waitlisted") == ["NM-1", "NM-2"]
    page = await visitor.open("/deadlines?area=citizenship")
    assert "Nothing is lost: the filters leave all out." in page.text


async def test_a_deadline_is_taken_in_hand_and_done_from_the_calendar_which_stays_as_it_was(portal: Portal) -> None:
    new = await heard(portal, "NM-1", TODAY + timedelta(days=3))
    visitor, path = await portal.coordinator(), "/deadlines?within=week"

    page = await visitor.send(await visitor.open(path), f"/cases/{new.id}/deadlines/hand")
    assert "Noted: you have it in hand." in page.text
    assert "In hand: Carmen" in page.text
    assert page.heading == "1 deadline within 7 days"

    page = await visitor.send(page, f"/cases/{new.id}/deadlines/done")
    assert "Noted: it is done" in page.text
    assert "NM-1" not in page.text
    assert (await find_case(new.id)).deadline is None


async def test_who_acts_on_a_page_that_has_grown_old_is_told_and_nothing_changes(portal: Portal) -> None:
    new, by = await heard(portal, "NM-1", TODAY + timedelta(days=3)), await worlds.coordinator()
    visitor, dates = await portal.coordinator(), f"/cases/{new.id}/dates"
    calendar, page = await visitor.open("/deadlines"), await visitor.open(dates)
    moved = TODAY + timedelta(days=90)
    await record_dates(new.id, {F.INDIVIDUAL_HEARING: moved}, clinic=portal.clinic, by=by, now=NOW)

    refused = await visitor.send(calendar, f"/cases/{new.id}/deadlines/done")
    assert (refused.status, "another day by now" in refused.text) == (409, True)
    form = {"rule": "individual-hearing", "reason-individual-hearing": "It was held."}
    refused = await visitor.send(page, f"/cases/{new.id}/deadlines/decide", **form)
    assert (refused.status, "another day by now" in refused.text) == (422, True)
    assert 'value="It was held."' in refused.answer.text
    assert (await find_case(new.id)).deadline == moved

    await visitor.send(refused, f"/cases/{new.id}/deadlines/decide", **form)
    assert (await find_case(new.id)).deadline is None, "once she has seen the new day"


async def test_dates_that_must_be_asked_for_are_listed_by_what_to_ask(portal: Portal) -> None:
    by = await worlds.coordinator()
    for ref, relief in (("NM-1", "asylum"), ("NM-2", "sij")):
        new = await waiting(case(ref, relief=relief))
        await count_deadlines(new.id, clinic=portal.clinic, by=by, now=NOW)

    page = await (await portal.coordinator()).open("/deadlines?show=unknown")

    assert page.heading == "2 dates must be asked for", "two deadlines follow from one birth"
    assert "2 dates to ask for" in page.text
    assert page.text.count("Enter the date NM-2") == 1
    assert "SIJ petition before the 21st birthday" in page.text
    assert "State-court order for SIJ" in page.text
    assert not {"hand", "within"} & set(page.selected), "no day is known that somebody could see to"
    assert page.text.index("Ask for: Birth") < page.text.index("Ask for: Last arrival in the United States")
    assert "One-year deadline" in page.text


async def test_the_file_has_the_day_the_reference_and_the_link_and_nothing_of_the_client(portal: Portal) -> None:
    new = await heard(portal, "NM-1", date(2026, 12, 3), summary="A mother with two children.")
    visitor = await portal.coordinator()
    assert "/deadlines.ics?within=month" in (await visitor.open("/deadlines?within=month")).links

    answer = await visitor.client.get("/deadlines.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261203" in lines
    assert "DTEND;VALUE=DATE:20261204" in lines
    assert "SUMMARY:NM-1: Individual hearing" in lines
    assert f"URL:http://127.0.0.1:8000/cases/{new.id}/dates#individual-hearing" in lines
    assert "mother" not in answer.text
    assert max(len(line.encode()) for line in answer.text.split("\r\n")) <= 75


async def test_a_case_that_has_ended_is_not_in_the_calendar(portal: Portal) -> None:
    new = await heard(portal, "NM-1", TODAY + timedelta(days=3))
    await intake.withdraw_case(new.id, reason="She moved.", by=await worlds.coordinator(), now=NOW)
    assert (await find_case(new.id)).state is CaseState.WITHDRAWN

    page = await (await portal.coordinator()).open("/deadlines")
    assert page.heading == "0 deadlines within 7 days"
    assert "No deadline is known" in page.text


async def test_pages_follow_each_other_and_take_as_many_statements_for_many_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await heard(portal, "NM-0", TODAY + timedelta(days=1))
    one, _ = await counted(visitor, "/deadlines")
    for number in range(1, 30):
        await heard(portal, f"NM-{number}", TODAY + timedelta(days=1 + number % 7))

    many, page = await counted(visitor, "/deadlines")
    assert (one, many) == (5, 5)
    following = next(link for link in page.links if "after=" in link)
    later = await visitor.open(following)
    assert len(set(refs_on(page)) | set(refs_on(later))) == 30
    assert not set(refs_on(page)) & set(refs_on(later))


async def test_a_deadline_is_decided_otherwise_on_the_page_of_dates_and_taken_back(portal: Portal) -> None:
    new = await heard(portal, "NM-1", TODAY + timedelta(days=3))
    visitor, path = await portal.coordinator(), f"/cases/{new.id}/dates"
    code, act = "individual-hearing", f"/cases/{new.id}/deadlines/decide"

    page = await visitor.send(await visitor.open(path), act, **{f"due-{code}": "1.12.2026", f"reason-{code}": "So."})
    assert page.status == 422
    assert "“1.12.2026” is no date." in page.text
    page = await visitor.send(page, act, **{f"due-{code}": "2026-12-01", f"reason-{code}": " "})
    assert page.status == 422
    assert "Say in a few words why." in page.text

    page = await visitor.send(page, act, **{f"due-{code}": "2026-12-01", f"reason-{code}": "The court called."})
    assert "Individual hearing, 1 December Working deadline" in page.text
    assert "A person decided: The court called." in page.text

    page = await visitor.send(page, f"/cases/{new.id}/deadlines/undo")
    assert "Individual hearing, 27 November Working deadline" in page.text
    assert "Urgent now: 3 days are left, and 14 or fewer are urgent." in page.text
    assert (await kept_deadlines([new.id]))[new.id][code].due == date(2026, 11, 27)
