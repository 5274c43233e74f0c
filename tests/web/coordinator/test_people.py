"""Volunteers for coordinators: searching, load, standing; and the mail of a demonstration."""

from datetime import date

import pytest

from core.model.people import Capacity, Leave
from core.model.states import OfferState
from core.model.vocabulary import PracticeArea, Standing, VolunteerRole
from core.services.rosters.standings import record_standing
from core.store.matches.teams import offers_of_match
from core.store.volunteers.volunteers import find_volunteer
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import NOW, attorney, case, coordinator, interpreter, joined, offered, seat, waiting


async def test_without_volunteers_the_page_says_how_they_come_in(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/volunteers")

    assert page.heading == "No volunteer has joined yet"
    assert "amparo import" in page.text
    assert page.links.count("/rosters") > 1, "beside the navigation"


async def test_volunteers_are_found_by_name_role_area_and_language(portal: Portal) -> None:
    await joined(attorney("Alma Reyes"))
    await joined(attorney("Bea", practice={PracticeArea.FAMILY: 1}))
    await joined(interpreter("Isidro"))
    visitor = await portal.coordinator()

    async def found(query: str) -> list[str]:
        page = await visitor.open(f"/volunteers?{query}")
        return [name for name in ("Alma Reyes", "Bea", "Isidro") if name in page.text]

    assert (await visitor.open("/volunteers")).heading == "3 volunteers"
    assert await found("name=reyes") == ["Alma Reyes"]
    assert await found("role=interpreter") == ["Isidro"]
    assert await found("area=family") == ["Bea"]
    assert await found("language=mam") == ["Isidro"]
    assert (await visitor.open("/volunteers?language=mam")).heading == "1 volunteer found"
    assert (await visitor.open("/volunteers?name=nobody")).heading == "No volunteer is like that"


async def test_load_is_told_as_places_used(portal: Portal) -> None:
    alma = await joined(attorney("Alma", capacity=Capacity(cases=2, mentoring=1)))
    await offered(await waiting(case("NM-1")), seat(alma), by=await coordinator(), at=portal.clinic)
    visitor = await portal.coordinator()

    assert "1 of 2 places used" in (await visitor.open("/volunteers")).text
    page = await visitor.open(f"/volunteers/{alma.id}")
    assert "1 of 2 places used" in page.text
    assert "0 of 1 place used" in page.text
    assert "NM-1 · Attorney, Asylum asked, no answer yet" in page.text


async def test_a_volunteers_page_tells_abilities_admissions_and_leave(portal: Portal) -> None:
    alma = await joined(
        attorney(
            "Alma",
            roles=(VolunteerRole.ATTORNEY, VolunteerRole.MENTOR),
            leave=(Leave(date(2026, 11, 20), date(2026, 12, 31)),),
        )
    )

    page = await (await portal.coordinator()).open(f"/volunteers/{alma.id}")

    assert page.heading == "Alma"
    for told in ("Attorney · Mentor", "On leave", "20 November to 31 December", "level 3", "ILR 4", "No. 1001"):
        assert told in page.text
    assert "In good standing" in page.text
    assert "Carmen" in page.text, "The frame still says who is signed in."


async def test_a_standing_noted_by_hand_puts_open_offers_on_hold(portal: Portal) -> None:
    alma = await joined(attorney("Alma"))
    match = await offered(await waiting(case("NM-1")), seat(alma), by=await coordinator(), at=portal.clinic)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/volunteers/{alma.id}")
    assert "has open offers put on hold" in page.text

    answer = await visitor.send(page, f"/volunteers/{alma.id}/standing", jurisdiction=" nm ", standing="suspended")

    assert "The standing is recorded." in answer.text
    assert "Standing recorded" in answer.text
    assert (await find_volunteer(alma.id)).bars[0].standing is Standing.SUSPENDED
    assert (await offers_of_match(match))[0].state is OfferState.FROZEN
    assert "NM-1" in (await visitor.open("/today")).text


@pytest.mark.parametrize("bar", ["", "N", "New Mexico", "N1", "ÑM"])
async def test_a_bar_that_is_not_two_letters_is_refused(portal: Portal, bar: str) -> None:
    alma = await joined(attorney("Alma"))
    visitor = await portal.coordinator()

    answer = await visitor.send(
        await visitor.open(f"/volunteers/{alma.id}"),
        f"/volunteers/{alma.id}/standing",
        jurisdiction=bar,
        standing="suspended",
    )

    assert answer.status == 422
    assert (await find_volunteer(alma.id)).bars[0].standing is Standing.ACTIVE


async def test_an_interpreter_has_no_standing_to_record(portal: Portal) -> None:
    isidro = await joined(interpreter())

    page = await (await portal.coordinator()).open(f"/volunteers/{isidro.id}")

    assert f"/volunteers/{isidro.id}/standing" not in [form["action"] for form in page.forms]


async def test_volunteers_take_as_many_statements_for_three_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert (await counted(visitor, "/volunteers"))[0] == 5

    alma = await joined(attorney("Alma"))
    assert (await counted(visitor, "/volunteers"))[0] == 12
    assert (await counted(visitor, f"/volunteers/{alma.id}"))[0] == 13

    await joined(attorney("Bea"))
    await joined(interpreter("Isidro"))
    await record_standing(alma.id, jurisdiction="TX", standing=Standing.ACTIVE, by=await coordinator(), now=NOW)
    assert (await counted(visitor, "/volunteers"))[0] == 12
    assert (await counted(visitor, f"/volunteers/{alma.id}"))[0] == 13
