"""The client's record on its pages: how to reach her first, each look noted, corrections that overwrite nobody."""

from core.model.clients.client import ClientField, Purpose
from core.model.people import SYSTEM
from core.services.cases import intake
from core.services.clients.disclosing import read_client
from core.services.clients.writing import correct_client
from core.store import audit
from core.store.database import transaction
from core.store.sealed.case_keys import shred
from tests.web.intake.scenes import ROSA, screening_of
from tests.web.portal import Page, Portal
from tests.worlds import NOW, case

F = ClientField


def typed_of(page: Page) -> dict[str, str]:
    """What the form of the record holds, as a browser would send it back unchanged."""
    return {
        "name": ROSA[F.NAME],
        "birth_date": ROSA[F.BIRTH_DATE],
        "a_number": ROSA[F.A_NUMBER],
        "phone": ROSA[F.PHONE],
        "way": "call",
        "care": "no_voicemail",
        "contact_note": "Ask for Doña Rosa.",
        "persons": "3",
        "period": "month",
        "story": ROSA[F.STORY],
    }


async def test_how_she_may_be_reached_stands_before_who_she_is_and_the_look_is_noted(portal: Portal) -> None:
    new = await screening_of(ROSA)
    page = await (await portal.coordinator()).open(f"/cases/{new.id}/client")

    assert page.heading == "Rosa Pérez Ramos"
    assert page.text.index("no voicemail") < page.text.index("505 555 0142") < page.text.index("A201555321")
    assert "9 March 1991, 35 years old" in page.text
    assert "They came at night." in page.text
    assert "<title>NM-1 " in page.answer.text, "a browser keeps titles"
    (told,) = [event.detail for event in await audit.events() if event.kind == "disclosed"]
    assert told["purpose"] == "contact"
    assert {"name", "phone", "story"} <= set(str(told["fields"]).split(","))


async def test_text_messages_and_none_at_once_are_refused_beside_the_field(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    path = f"/cases/{new.id}/client/edit"
    form = await visitor.open(path)

    page = await visitor.send(form, path, **typed_of(form) | {"way": "text", "care": "no_text"})

    assert (page.status, "only one of the two can be right" in page.text) == (422, True)
    assert 'value="no_text" checked' in page.answer.text


async def test_what_differs_is_written_and_nothing_else(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    form = await visitor.open(f"/cases/{new.id}/client/edit")

    page = await visitor.send(
        form, f"/cases/{new.id}/client/edit", **typed_of(form) | {"phone": "", "nationality": "GT"}
    )

    known = await read_client(new.id, tuple(F), purpose=Purpose.CORRECTION, by=SYSTEM, now=NOW)
    assert known == {field: text for field, text in ROSA.items() if field is not F.PHONE} | {F.NATIONALITY: "GT"}
    assert "What is known of the client is kept." in page.text
    (told,) = [event.detail for event in await audit.events() if event.kind == "client_corrected"]
    assert told == {"fields": "nationality,phone"}


async def test_a_record_that_somebody_else_changed_meanwhile_is_not_overwritten(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    path = f"/cases/{new.id}/client/edit"
    form = await visitor.open(path)
    await correct_client(new.id, {F.PHONE: "575 555 0100"}, by=SYSTEM, now=NOW)

    refused = await visitor.send(form, path, **typed_of(form) | {"nationality": "Guatemala"})

    assert refused.status == 422
    assert "Somebody else has changed this record meanwhile" in refused.text
    assert "Guatemala" in refused.answer.text
    assert (await read_client(new.id, (F.PHONE,), purpose=Purpose.CONTACT, by=SYSTEM, now=NOW))[
        F.PHONE
    ] == "575 555 0100"
    await visitor.send(refused, path, **typed_of(refused) | {"phone": "575 555 0100", "nationality": "Guatemala"})
    known = await read_client(new.id, (F.PHONE, F.NATIONALITY), purpose=Purpose.CONTACT, by=SYSTEM, now=NOW)
    assert known == {F.PHONE: "575 555 0100", F.NATIONALITY: "Guatemala"}


async def test_what_cannot_be_understood_is_told_and_nothing_is_written(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    path = f"/cases/{new.id}/client/edit"
    form = await visitor.open(path)

    refused = await visitor.send(form, path, **typed_of(form) | {"a_number": "A1", "nationality": "Guatemala"})

    assert (refused.status, "seven to nine digits" in refused.text) == (422, True)
    assert F.NATIONALITY not in await read_client(new.id, tuple(F), purpose=Purpose.CONTACT, by=SYSTEM, now=NOW)


async def test_a_client_of_whom_nothing_is_known_and_one_who_was_erased_are_told_apart(portal: Portal) -> None:
    bare = await intake.receive_case(case("NM-1"), by=SYSTEM, now=NOW)
    gone, visitor = await screening_of(ROSA, "NM-2"), await portal.coordinator()
    async with transaction():
        await shred(gone.id, now=NOW)

    empty, erased = await visitor.open(f"/cases/{bare.id}/client"), await visitor.open(f"/cases/{gone.id}/client")

    assert "Nobody has written down who the client is" in empty.text
    assert "was erased" in erased.text
    assert "Rosa" not in erased.text
    assert f"/cases/{gone.id}/client/edit" not in erased.links
