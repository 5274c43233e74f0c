"""Related cases, referrals elsewhere and reopening on their pages."""

import re
from datetime import timedelta

from core.model.cases.relating import Relation
from core.model.states import CaseState
from core.queries.cases.relating import related_to
from core.services.cases import intake, relating
from core.store.cases.cases import find_case
from core.store.cases.relating import places_of_help
from tests import worlds
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import NOW, case, waiting

PLACES = "/office/places"


async def test_two_cases_are_related_by_reference_and_taken_apart_again(portal: Portal) -> None:
    mother, child = await waiting(case("NM-1")), await waiting(case("NM-2"))
    visitor, path = await portal.coordinator(), f"/cases/{mother.id}/related"
    page = await visitor.open(path)
    assert page.heading == "No other case is noted beside NM-1"

    page = await visitor.send(page, path, ref="NM-9", relation="child")
    assert page.status == 422
    assert "There is no case with this reference." in page.text
    page = await visitor.send(page, path, ref="NM-1", relation="child")
    assert "This is the reference of the case itself." in page.text

    page = await visitor.send(page, path, ref="NM-2", relation="child")
    assert page.heading == "1 case belongs to NM-1"
    assert "NM-2 · Child Asylum" in page.text
    assert "NM-1 · Parent Asylum" in (await visitor.open(f"/cases/{child.id}/related")).text

    page = await visitor.send(page, f"{path}/part")
    assert page.heading == "No other case is noted beside NM-1"
    assert await related_to(child.id) == ()


async def test_a_place_is_written_down_and_a_client_is_sent_there(portal: Portal) -> None:
    new, visitor = await waiting(case("NM-1")), await portal.coordinator()
    page = await visitor.open(PLACES)
    assert page.heading == "0 places that clients are sent to"

    page = await visitor.send(page, PLACES, name="Help House", phone="", website="help.example")
    assert page.status == 422
    assert "Begin it with https://." in page.text
    page = await visitor.send(page, PLACES, name="Help House", website="https://help.example", area="asylum")
    assert "Kept. It can be chosen on the page of each case." in page.text
    assert "Help House Asylum" in page.text

    page = await visitor.open(f"/cases/{new.id}/related")
    (place,) = await places_of_help()
    refused = await visitor.send(page, f"/cases/{new.id}/referrals")
    assert refused.status == 422
    assert "Choose where the client was sent." in refused.text
    page = await visitor.send(page, f"/cases/{new.id}/referrals", place=str(place.id))
    assert "Noted where the client was sent." in page.text
    assert re.search(r"https://help.example 24 November, by Carmen", page.text)

    corrected = await visitor.open(f"{PLACES}?place={place.id}")
    page = await visitor.send(corrected, PLACES, name="Help Home", phone="505 555 0100")
    assert [(one.name, one.phone, one.areas) for one in await places_of_help()] == [("Help Home", "505 555 0100", ())]

    page = await visitor.send(page, f"{PLACES}/retire")
    assert await places_of_help() == []
    page = await visitor.send(page, f"{PLACES}/retire")
    assert len(await places_of_help()) == 1
    page = await visitor.send(await visitor.open(f"/cases/{new.id}/related"), f"/cases/{new.id}/referrals/undo")
    assert "Taken back. The client was not told of it." in page.text


async def test_a_case_that_ended_is_opened_again_and_says_how_it_had_ended(portal: Portal) -> None:
    new, by = await waiting(case("NM-1"), now=NOW - timedelta(days=90)), await worlds.coordinator()
    visitor, path = await portal.coordinator(), f"/cases/{new.id}"
    assert "reopen" not in str((await visitor.open(path)).forms)
    await intake.withdraw_case(new.id, reason="She could not be reached.", by=by, now=NOW)
    waited = (await find_case(new.id)).waiting_since

    page = await visitor.open(path)
    page = await visitor.send(page, f"{path}/reopen", text="She called.", waited="yes")

    assert page.heading == "NM-1 is being screened"
    assert "The case is open again and is screened anew." in page.text
    said = "Opened again on 24 November: She called. Before: Withdrawn, She could not be reached."
    assert said in page.text
    assert "Opened again" in page.text
    found = await find_case(new.id)
    assert (found.state, found.waiting_since) == (CaseState.SCREENING, waited)


async def test_the_page_takes_as_many_statements_for_three_as_for_one(portal: Portal) -> None:
    new, visitor, by = await waiting(case("NM-1")), await portal.coordinator(), await worlds.coordinator()
    path = f"/cases/{new.id}/related"
    assert (await counted(visitor, path))[0] == 6

    for ref in ("NM-2", "NM-3", "NM-4"):
        await waiting(case(ref))
        await relating.relate_cases(new.id, ref, relation=Relation.SIBLING, by=by, now=NOW)
    assert (await counted(visitor, path))[0] == 6
