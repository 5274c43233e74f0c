"""Who is known already is shown while a name is typed: graded, noted, and never with a name in an address."""

from core.model.clients.parties import Party, PartyRole
from core.model.people import SYSTEM
from core.services.cases import intake
from core.store import audit
from core.store.keys import new_id
from tests.web.intake.scenes import ROSA, TYPED, F, screening_of
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, case


async def asked(visitor: Visitor, **typed: str) -> Page:
    """What a script gets while somebody types."""
    hidden = (await visitor.open("/intake/new")).form("/intake/new")
    return Page(await visitor.client.post("/intake/known", data=hidden | typed))


async def test_a_client_who_is_known_by_another_spelling_is_found_with_why_and_the_look_is_noted(
    portal: Portal,
) -> None:
    new = await screening_of(ROSA)
    visitor = await portal.coordinator()

    page = await asked(visitor, name="Rossa Perez Ramos")

    assert "Rosa Pérez Ramos" in page.text
    assert f"/cases/{new.id}" in page.links
    told = [event.detail for event in await audit.events() if event.kind == "disclosed"]
    assert [one["purpose"] for one in told] == ["duplicates"]
    assert "Rossa" not in str(told)
    await asked(visitor, name="Rosa Perez Ramos")
    assert len([event for event in await audit.events() if event.kind == "disclosed"]) == 1, "one look, while she types"


async def test_an_earlier_name_finds_her_and_a_client_stands_before_somebody_who_is_mentioned(portal: Portal) -> None:
    await screening_of(ROSA | {F.OTHER_NAMES: "Rosa Canario Tum"}, "NM-1")
    second = case("NM-2")
    party = Party(id=new_id(), case=second.id, role=PartyRole.FAMILY, name="Rosa Canario Tum")
    await intake.receive_case(second, parties=(party,), by=SYSTEM, now=NOW)

    page = await asked(await portal.coordinator(), name="Juana Choc", other_names="Rosa Canario Tum")

    assert 0 < page.text.index("NM-1") < page.text.index("NM-2")


async def test_nobody_is_looked_for_before_three_letters_and_nobody_alike_is_said_to_be_so(portal: Portal) -> None:
    await screening_of(ROSA)
    visitor = await portal.coordinator()

    short, other = await asked(visitor, name="Ro"), await asked(visitor, name="Kwame Mensah")

    assert "Rosa" not in short.text
    assert "Nobody of such a name is known." in other.text
    assert [event for event in await audit.events() if event.kind == "disclosed"] == []


async def test_without_script_a_button_asks_the_same_and_keeps_what_was_typed(portal: Portal) -> None:
    await screening_of(ROSA)
    visitor = await portal.coordinator()

    page = await visitor.send(
        await visitor.open("/intake/new"), "/intake/new", **TYPED | {"do": "look", "story": "At night."}
    )

    assert (page.status, page.heading) == (200, "Take somebody in")
    assert "NM-1" in page.text
    assert "At night." in page.answer.text
    assert "rosa" not in str(page.answer.url).casefold()


async def test_a_number_or_the_day_of_birth_says_which_of_them_she_is(portal: Portal) -> None:
    await screening_of(ROSA | {F.PHONE: "505 555 0134", F.BIRTH_DATE: "1990-01-01"}, "NM-1")
    visitor = await portal.coordinator()

    page = await asked(visitor, name="Juana Choc", phone="(505) 555-0134", birth_date="1991-01-01")

    for said in ("Rosa Pérez Ramos", "another name", "the same telephone", "born on another day"):
        assert said in page.text


async def test_one_word_of_a_name_asks_for_a_second_and_never_says_that_nobody_is_known(portal: Portal) -> None:
    await screening_of(ROSA)

    page = await asked(await portal.coordinator(), name="Rosa")

    assert "Write a second word of the name" in page.text
    assert "Nobody of such a name" not in page.text


async def test_who_is_not_shown_is_counted(portal: Portal) -> None:
    for number in range(14):
        await screening_of(ROSA, f"NM-{number}")

    assert "2 more have such a name" in (await asked(await portal.coordinator(), name="Rosa Pérez Ramos")).text
