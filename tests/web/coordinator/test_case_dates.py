"""The dates of a case on its pages: entered, corrected, refused, and the deadline that a person gives instead."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core.host import PluginHost
from core.model.deadlines.rules import DatedFact
from core.model.vocabulary import Forum, PracticeArea
from core.services.cases import intake
from core.services.clinic import Clinic
from core.services.deadlines import dated_facts
from core.services.deadlines.law import refresh_deadlines
from core.settings import Settings
from core.store import audit
from core.store.cases.case_records import dates_of
from core.store.cases.cases import find_case
from plugins import BUILTIN
from tests.plugins_for_tests.shelf import shelf_on_path
from tests.web.coordinator.scenes import counted
from tests.web.portal import Page, Portal, open_portal
from tests.worlds import NOW, case, coordinator, waiting

ARRIVED = {DatedFact.LAST_ARRIVAL: date(2025, 12, 13)}
"""A Saturday; its first return is a Sunday."""


def value_of(page: Page, name: str) -> str:
    """What stands in a field of a form."""
    found = re.search(rf'<input id="{name}"[^>]*value="([^"]*)"', page.answer.text)
    assert found is not None
    return found[1]


async def test_a_case_asks_for_the_date_that_its_deadline_needs(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    page = await (await portal.coordinator()).open(f"/cases/{new.id}")

    assert "One-year deadline Not known Ask for the date: Last arrival in the United States." in page.text
    assert "Nothing follows from the dates that are known." in page.text
    assert f"/cases/{new.id}/dates" in page.links


async def test_what_is_asked_for_comes_first_and_hearings_where_there_is_a_court(portal: Portal) -> None:
    visitor = await portal.coordinator()

    async def asked(**of: Any) -> tuple[list[str], list[str]]:
        new = await waiting(case(**of))
        html = (await visitor.open(f"/cases/{new.id}/dates")).answer.text
        before, after = html.split("Further dates")
        return [re.findall(r'<input id="(\w+)" name="\1" type="date"', part) for part in (before, after)]  # type: ignore[return-value]  # -- two

    first, others = await asked(relief="sij", forum=Forum.USCIS)
    assert first == ["birth"]
    assert "individual_hearing" in others
    first, others = await asked(relief="asylum_defence", forum=Forum.EOIR)
    assert first[0] == "last_arrival"
    assert {"individual_hearing", "decision", "final_order"} < set(first)
    assert "birth" in others


async def test_a_date_that_is_entered_makes_the_deadline_with_its_reason_and_its_law(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    visitor, path = await portal.coordinator(), f"/cases/{new.id}/dates"

    page = await visitor.send(await visitor.open(path), path, last_arrival="2025-12-13")

    assert page.heading == "NM-1 waits for a team"
    assert "The dates are kept." in page.text
    assert "One-year deadline, 14 December Working deadline" in page.text
    said = (
        "Last arrival in the United States on 13 December 2025; 1 year later; moved from Sunday, 13 December, which is"
    )
    assert said in page.text
    assert "INA 208(a)(2)(B); counted by 8 CFR 208.4(a)(2)(ii) · last reviewed 24 November 2026" in page.text
    assert "One-year deadline in 20 days" in page.text, "the urgency follows"
    assert "Dates recorded" in page.text
    assert (await find_case(new.id)).deadline == date(2026, 12, 14)

    again = await visitor.open(path)
    assert value_of(again, "last_arrival") == "2025-12-13"
    page = await visitor.send(again, path, last_arrival="2025-12-20")
    assert "One-year deadline, 21 December Working deadline" in page.text


async def test_what_is_no_date_is_told_beside_its_field_and_nothing_typed_is_lost(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    visitor, path = await portal.coordinator(), f"/cases/{new.id}/dates"

    page = await visitor.send(
        await visitor.open(path), path, last_arrival="13/12/2025", decision="2026-11-25", birth="2009-05-04"
    )
    assert page.status == 422
    assert "“13/12/2025” is no date. Write year, month and day: 2026-03-09." in page.text
    assert value_of(page, "last_arrival") == "13/12/2025"
    assert value_of(page, "birth") == "2009-05-04"
    assert await dates_of(new.id) == {}

    page = await visitor.send(page, path, last_arrival="2025-12-13", decision="2026-11-25")
    assert page.status == 422
    assert (
        "Decision of the immigration judge, oral or mailed: This has happened already, so its date cannot lie ahead."
        in page.text
    )
    assert value_of(page, "last_arrival") == "2025-12-13"


async def test_two_people_with_one_form_do_not_undo_each_other(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    await dated_facts.record_dates(new.id, ARRIVED, clinic=portal.clinic, by=await coordinator(), now=NOW)
    path = f"/cases/{new.id}/dates"
    one, other = await portal.coordinator(), await portal.coordinator()
    hers, his = await one.open(path), await other.open(path)

    await one.send(hers, path, last_arrival="2025-12-20", birth="")
    await other.send(his, path, last_arrival="2025-12-13", birth="2009-05-04")
    assert await dates_of(new.id) == {DatedFact.LAST_ARRIVAL: date(2025, 12, 20), DatedFact.BIRTH: date(2009, 5, 4)}

    await one.send(await one.open(path), path, last_arrival="", birth="2009-05-04")
    assert await dates_of(new.id) == {DatedFact.BIRTH: date(2009, 5, 4)}


async def test_another_date_of_a_colleague_is_told_beside_the_field_and_replaced_only_knowingly(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    path, one, other = f"/cases/{new.id}/dates", await portal.coordinator(), await portal.coordinator()
    hers, his = await one.open(path), await other.open(path)
    await one.send(hers, path, last_arrival="2025-12-20", birth="")

    refused = await other.send(his, path, last_arrival="2025-12-13", birth="")

    assert (refused.status, value_of(refused, "last_arrival")) == (422, "2025-12-13")
    assert "Somebody else has changed this meanwhile, to “20 December 2025”" in refused.text
    assert await dates_of(new.id) == {DatedFact.LAST_ARRIVAL: date(2025, 12, 20)}
    await other.send(refused, path, last_arrival="2025-12-13", birth="")
    assert await dates_of(new.id) == ARRIVED


async def test_another_deadline_stands_with_its_reason_until_it_is_left_to_the_rules(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    await dated_facts.record_dates(new.id, ARRIVED, clinic=portal.clinic, by=await coordinator(), now=NOW)
    visitor, path = await portal.coordinator(), f"/cases/{new.id}/dates"

    page = await visitor.send(
        await visitor.open(path), f"/cases/{new.id}/deadline", due="2026-12-02", kind="Hearing", reason="A notice."
    )
    assert "The deadline is kept as you gave it" in page.text
    assert "Given by a person: A notice." in page.text
    assert "Hearing in 8 days" in page.text
    assert "One-year deadline, 14 December Last arrival" in page.text, "it is listed and not worked by"

    page = await visitor.send(await visitor.open(path), f"/cases/{new.id}/deadline/follow")
    assert "The deadline follows the rules again." in page.text
    assert "One-year deadline, 14 December Working deadline" in page.text


async def test_another_deadline_without_a_reason_is_told_what_is_missing(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    visitor, path = await portal.coordinator(), f"/cases/{new.id}/dates"

    page = await visitor.send(
        await visitor.open(path), f"/cases/{new.id}/deadline", due="2.12.2026", kind="Hearing", reason=" "
    )
    assert page.status == 422
    assert "“2.12.2026” is no date." in page.text
    assert "Write in a few words why." in page.text
    assert (value_of(page, "due"), value_of(page, "kind")) == ("2.12.2026", "Hearing")
    assert (await find_case(new.id)).deadline is None


async def test_a_deadline_that_was_missed_is_marked(portal: Portal) -> None:
    new = await waiting(case("NM-1"))
    missed = {DatedFact.LAST_ARRIVAL: NOW.date() - timedelta(days=400)}
    await dated_facts.record_dates(new.id, missed, clinic=portal.clinic, by=await coordinator(), now=NOW)

    page = await (await portal.coordinator()).open(f"/cases/{new.id}")
    assert re.search(r"One-year deadline, \d+ October Missed", page.text)


async def test_a_form_that_comes_back_takes_nothing_away_from_what_others_entered_meanwhile(portal: Portal) -> None:
    new, by = await waiting(case("NM-1")), await coordinator()
    visitor, path = await portal.coordinator(), f"/cases/{new.id}/dates"
    form = await visitor.open(path)
    await dated_facts.record_dates(new.id, ARRIVED, clinic=portal.clinic, by=by, now=NOW)

    typed = {"last_arrival": "", "individual_hearing": "2026-13-01"}
    back = await visitor.send(form, path, **typed)
    assert back.status == 422
    await visitor.send(back, path, **typed | {"individual_hearing": "2026-12-03"})

    assert await dates_of(new.id) == ARRIVED | {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3)}


async def test_a_vacated_rule_is_listed_as_just_that(portal: Portal) -> None:
    appeal = await waiting(case("NM-1", practice_area=PracticeArea.REMOVAL, relief="bia_appeal"))
    decided = {DatedFact.DECISION: date(2026, 11, 9)}
    await dated_facts.record_dates(appeal.id, decided, clinic=portal.clinic, by=await coordinator(), now=NOW)

    page = await (await portal.coordinator()).open(f"/cases/{appeal.id}")
    assert "Appeal to the BIA, 9 December Working deadline" in page.text
    assert "Appeal to the BIA, interim rule of 2026, 19 November Vacated" in page.text
    assert "FR Doc. 2026-02326 · published 6 February 2026 · effective 9 March 2026" in page.text


async def test_a_case_that_has_ended_keeps_its_dates(portal: Portal) -> None:
    new, by = await waiting(case("NM-1")), await coordinator()
    await dated_facts.record_dates(new.id, ARRIVED, clinic=portal.clinic, by=by, now=NOW)
    visitor, path = await portal.coordinator(), f"/cases/{new.id}/dates"
    form = await visitor.open(path)
    await intake.withdraw_case(new.id, reason="She moved.", by=by, now=NOW)

    assert (await visitor.send(form, path, last_arrival="2025-12-20")).status == 409
    assert await dates_of(new.id) == ARRIVED
    page = await visitor.open(path)
    assert "Its dates are left as they are." in page.text
    assert "Last arrival in the United States 13 December 2025" in page.text
    assert [one["action"] for one in page.forms if f"/cases/{new.id}" in one["action"]] == [], "nothing to fill in"
    assert "overdue" not in page.text
    assert (await visitor.open(f"/cases/{new.id}")).links.count(path) == 1, "the tab, and no button to change them"


async def test_when_the_plugin_of_a_deadline_is_gone_the_case_says_so(database_url: str, tmp_path: Path) -> None:
    source = """
    from datetime import date
    @hookimpl
    def amparo_deadlines():
        law = dict(citation="Example Code 1", reviewed=date(2026, 11, 24))
        return [DeadlineRule(code="ours", title="Ours", fact=DatedFact.BIRTH, span=Span(years=18), **law)]
    """
    async with open_portal(database_url) as portal:
        new, by = await waiting(case("NM-1")), await coordinator()
        with shelf_on_path(tmp_path) as shelf:
            ours = [*BUILTIN, shelf.module("ours", source)]
            host = PluginHost.load(ours, settings=Settings(), entry_points=False)
            clinic = Clinic(Settings(), host)
            born = {DatedFact.BIRTH: date(2009, 5, 4)}
            await dated_facts.record_dates(new.id, born, clinic=clinic, by=by, now=NOW)
            host.close()
        await refresh_deadlines(clinic=portal.clinic, now=NOW)

        page = await (await portal.coordinator()).open(f"/cases/{new.id}")
        assert "Ours, 4 May 2027" in page.text
        assert "Its rule is gone, because its plugin is." in page.text


async def test_dates_take_no_statement_more_on_the_page_of_a_case(portal: Portal) -> None:
    new, visitor = await waiting(case("NM-1")), await portal.coordinator()
    before, _ = await counted(visitor, f"/cases/{new.id}")
    many = ARRIVED | {DatedFact.DECISION: date(2026, 1, 5), DatedFact.BOND_HEARING: date(2026, 12, 4)}
    await dated_facts.record_dates(new.id, many, clinic=portal.clinic, by=await coordinator(), now=NOW)

    assert (await counted(visitor, f"/cases/{new.id}"))[0] == before
    assert (await counted(visitor, f"/cases/{new.id}/dates"))[0] == 8


async def test_the_day_of_birth_is_shown_with_a_trace_and_other_dates_without(portal: Portal) -> None:
    new, visitor, by = await waiting(case("NM-1")), await portal.coordinator(), await coordinator()
    await dated_facts.record_dates(new.id, ARRIVED, clinic=portal.clinic, by=by, now=NOW)
    await visitor.open(f"/cases/{new.id}/dates")
    assert await audit.events_of([new.id], "disclosed") == []

    await dated_facts.record_dates(new.id, {DatedFact.BIRTH: date(1990, 1, 1)}, clinic=portal.clinic, by=by, now=NOW)
    page = await visitor.open(f"/cases/{new.id}/dates")

    assert value_of(page, "birth") == "1990-01-01"
    (event,) = await audit.events_of([new.id], "disclosed")
    assert event.detail["fields"] == "birth_date"
