"""An intake by staff: one page, whatever is known of it, kept as it was typed or said what would be right."""

import asyncio
from datetime import date
from functools import partial
from typing import Any

import pytest

from core.model.cases.case import Case
from core.model.clients.client import ClientField, Purpose
from core.model.clients.households import Period, household_in
from core.model.clients.interpreted import Helper, interpreted_in
from core.model.clients.parties import PartyRole
from core.model.clients.safe_contact import Care, TimeOfDay, Way, safe_contact_in
from core.model.people import SYSTEM
from core.model.states import CaseState
from core.model.vocabulary import CameBy, Forum, Posture, PracticeArea
from core.services.cases import intake
from core.services.clients.disclosing import read_client, read_parties
from core.store import audit
from core.store.cases.cases import cases_in
from tests.web.coordinator.scenes import counted
from tests.web.intake.scenes import TYPED
from tests.web.portal import Page, Portal
from tests.worlds import NOW, case, waiting

F = ClientField


async def sent(portal: Portal, do: str = "screen", **typed: Any) -> Page:
    """The page of an intake, filled in and sent."""
    visitor = await portal.coordinator()
    return await visitor.send(await visitor.open("/intake/new"), "/intake/new", do=do, **(TYPED | typed))


async def taken(state: CaseState = CaseState.SCREENING) -> Case:
    (found,) = await cases_in(state)
    return found


async def test_the_least_that_is_known_makes_a_case_under_the_next_reference(portal: Portal) -> None:
    page = await sent(portal)

    made = await taken()
    assert page.path == f"/cases/{made.id}/eligibility"
    assert "Taken in." in page.text
    assert (made.ref, made.languages, made.came_by) == ("NM-26-0001", ("mam", "es"), CameBy.PHONE)
    assert (made.practice_area, made.relief) == (PracticeArea.REMOVAL, "Asylum in removal proceedings")
    assert (made.forum, made.posture, made.skill_level, made.hours) == (Forum.EOIR, Posture.DEFENSIVE, 3, 50.0)
    assert (made.county, made.us_state, made.received) == ("Doña Ana", "NM", date(2026, 11, 24))


async def test_a_form_that_is_sent_twice_at_once_makes_one_case_and_a_changed_one_another(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await visitor.open("/intake/new")
    send = partial(visitor.send, page, "/intake/new", do="screen")
    first, again = await asyncio.gather(send(**TYPED), send(**TYPED))

    made = await taken()
    assert {first.path, again.path} == {f"/cases/{made.id}/eligibility"}

    await send(**TYPED | {"name": "Her sister Ana"})
    assert len(await cases_in(CaseState.SCREENING)) == 2


async def test_everything_that_is_typed_is_kept_where_it_belongs(portal: Portal) -> None:
    await sent(
        portal,
        other_names="Rosa Ramos\nDoña Rosita",
        birth_date="1991-03-09",
        a_number="a 201-555-321",
        phone="505 555 0142",
        way="call",
        times=["evening", "weekend"],
        care=["no_voicemail"],
        contact_note="Ask for Doña Rosa.",
        persons="4",
        income="$1,250.50",
        period="two_weeks",
        helper="relative",
        helper_name="Her cousin Juana",
        helper_languages="Mam and Spanish",
        story="They came at night.\r\nShe left.",
        deadline="2027-02-01",
        deadline_kind="Individual hearing",
        detained="yes",
        party_name_0="Rodolfo Canario",
        party_role_0="adverse",
        party_name_2="Chile Farms LLC",
        party_role_2="adverse",
        party_organisation_2="yes",
    )
    made = await taken()
    known = await read_client(made.id, tuple(F), purpose=Purpose.INTAKE, by=SYSTEM, now=NOW)
    contact, household = safe_contact_in(known[F.SAFE_CONTACT]), household_in(known[F.HOUSEHOLD])

    assert (known[F.OTHER_NAMES], known[F.A_NUMBER]) == ("Rosa Ramos\nDoña Rosita", "A201555321")
    assert (contact.way, contact.times) == (Way.CALL, (TimeOfDay.EVENING, TimeOfDay.WEEKEND))
    assert (contact.care, contact.note) == ((Care.NO_VOICEMAIL,), "Ask for Doña Rosa.")
    assert (household.persons, household.period, household.yearly) == (4, Period.TWO_WEEKS, 32_513)
    assert interpreted_in(known[F.INTERPRETED]).helper is Helper.RELATIVE
    assert known[F.STORY] == "They came at night.\nShe left."
    assert (made.deadline, made.deadline_kind, made.detained) == (date(2027, 2, 1), "Individual hearing", True)
    parties = await read_parties(made.id, purpose=Purpose.INTAKE, by=SYSTEM, now=NOW)
    assert [(one.name, one.role, one.is_organisation) for one in parties] == [
        ("Rodolfo Canario", PartyRole.ADVERSE, False),
        ("Chile Farms LLC", PartyRole.ADVERSE, True),
    ]


async def test_an_intake_that_is_put_aside_waits_to_be_screened(portal: Portal) -> None:
    page = await sent(portal, do="keep")

    made = await taken(CaseState.RECEIVED)
    assert page.path == f"/cases/{made.id}/client"
    assert page.heading == "Rosa Pérez Ramos"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "Write the client&#39;s name."),
        ("came_by", "", "Choose how the client came to us."),
        ("came_by", "pigeon", "Choose one of the answers."),
        ("about", "", "Choose what it is about"),
        ("languages", "", "Write the language that the client speaks best"),
        ("languages", "Klingonish", "“Klingonish” is not a language that we know."),
        ("county", "Atlantis", "“Atlantis” is no county of that state."),
        ("birth_date", "2030-01-01", "lies in the future"),
        ("a_number", "12", "seven to nine digits"),
        ("email", "nobody", "one e-mail address"),
        ("income", "a little", "Write dollars as a number"),
        ("persons", "99", "from 1 to 30"),
        ("received", "2027-01-01", "This day has not come yet."),
        ("deadline", "2027-01-01", "Say what that day is"),
        ("party_name_1", "Somebody", "Choose what this person is to the client."),
    ],
)
async def test_what_cannot_be_understood_is_told_beside_its_field_and_nothing_typed_is_lost(
    sqlite_portal: Portal, field: str, typed: str, said: str
) -> None:
    page = await sent(sqlite_portal, **({"story": "They came at night."} | {field: typed}))

    assert page.status == 422
    assert said in page.answer.text
    assert "They came at night." in page.answer.text
    assert "Rosa Pérez Ramos" in page.answer.text or field == "name"
    assert await cases_in(CaseState.SCREENING) == []


async def test_names_stand_in_no_address_and_in_no_event(portal: Portal) -> None:
    page = await sent(portal, party_name_0="Rodolfo Canario", party_role_0="adverse")

    assert "rosa" not in str(page.answer.url).casefold()
    told = str([(event.kind, event.detail) for event in await audit.events()])
    assert "case_received" in told
    assert not [name for name in ("Rosa", "Rodolfo", "Pérez") if name in told]


async def test_the_list_shows_what_came_in_by_state_and_what_each_still_lacks(portal: Portal) -> None:
    await intake.receive_case(case("NM-1", came_by=CameBy.OUTREACH), by=SYSTEM, now=NOW)
    half = await intake.receive_case(case("NM-2", summary=""), by=SYSTEM, now=NOW)
    await intake.begin_screening(half.id, by=SYSTEM, now=NOW)
    await waiting(case("NM-3"))
    visitor = await portal.coordinator()

    new, screening = await visitor.open("/intake"), await visitor.open("/intake?shown=screening")

    assert new.heading == "1 case has come in"
    assert "NM-1" in new.text
    assert "Outreach event" in new.text
    assert "NM-3" not in new.text + screening.text
    assert "Still lacks: eligibility, a summary" in screening.text


async def test_an_empty_desk_says_where_cases_come_from_with_one_thing_to_do(sqlite_portal: Portal) -> None:
    page = await (await sqlite_portal.coordinator()).open("/intake")

    assert page.heading == "Nothing waits to be screened"
    assert "Requests from the web form and intakes that were put aside appear here" in page.text
    assert page.answer.text.count('class="button primary"') == 1


async def test_the_list_takes_as_many_statements_for_three_cases_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await intake.receive_case(case("NM-1"), by=SYSTEM, now=NOW)
    one = (await counted(visitor, "/intake"))[0]
    for ref in ("NM-2", "NM-3"):
        await intake.receive_case(case(ref), by=SYSTEM, now=NOW)

    assert (await counted(visitor, "/intake"))[0] == one
