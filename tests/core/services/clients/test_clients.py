"""Who a client is: sealed where it is kept, shown to staff alone and never without a trace, gone once shredded."""

from pathlib import Path

import pytest

from core.envelope import Erased
from core.errors import NotFound
from core.model.clients.client import ClientField, Purpose
from core.model.clients.parties import Party, PartyRole
from core.model.people import Actor
from core.model.vocabulary import AccountRole
from core.services.cases import intake
from core.services.clients import writing
from core.services.clients.disclosing import read_client, read_parties
from core.store import audit
from core.store.cases.references import next_reference
from core.store.database import Database, open_database, transaction
from core.store.keys import new_id
from core.store.sealed.case_keys import shred
from tests.worlds import NOW, case, coordinator

F = ClientField
ESPERANZA = {F.NAME: "Esperanza Canario Pérez", F.PHONE: "+1 505 555 0142", F.STORY: "Ella huyó."}


async def received() -> tuple[Actor, Party]:
    """A case with a client and one party."""
    by, new = await coordinator(), case("NM-1")
    party = Party(id=new_id(), case=new.id, role=PartyRole.ADVERSE, name="Rodolfo Canario")
    await intake.receive_case(new, client=ESPERANZA, parties=(party,), by=by, now=NOW)
    return by, party


async def test_a_client_is_read_again_and_every_view_leaves_a_trace(database: Database) -> None:
    by, party = await received()

    shown = await read_client(party.case, (F.NAME, F.PHONE, F.EMAIL), purpose=Purpose.CONTACT, by=by, now=NOW)
    parties = await read_parties(party.case, purpose=Purpose.CONFLICT_CHECK, by=by, now=NOW)

    assert shown == {F.NAME: ESPERANZA[F.NAME], F.PHONE: ESPERANZA[F.PHONE]}
    assert parties == (party,)
    told = [event.detail for event in await audit.events() if event.kind == "disclosed"]
    assert told == [
        {"fields": "name,phone", "purpose": "contact"},
        {"fields": "parties", "purpose": "conflict_check"},
    ]


async def test_a_volunteer_who_was_not_chosen_sees_nothing(database: Database) -> None:
    _by, party = await received()
    stranger = Actor(label="Alma", account=new_id(), roles=(AccountRole.VOLUNTEER,), volunteer=new_id())

    for field in F:
        with pytest.raises(NotFound):
            await read_client(party.case, (field,), purpose=Purpose.ENGAGEMENT, by=stranger, now=NOW)
    with pytest.raises(NotFound):
        await read_parties(party.case, purpose=Purpose.CONFLICT_CHECK, by=stranger, now=NOW)


async def test_a_corrected_field_replaces_the_known_one_and_an_empty_one_deletes_it(database: Database) -> None:
    by, party = await received()

    await writing.correct_client(party.case, {F.NAME: "Esperanza Pérez", F.PHONE: " "}, by=by, now=NOW)

    shown = await read_client(party.case, tuple(F), purpose=Purpose.CORRECTION, by=by, now=NOW)
    assert shown == {F.NAME: "Esperanza Pérez", F.STORY: ESPERANZA[F.STORY]}


async def test_what_was_shredded_is_gone_for_good(database: Database) -> None:
    by, party = await received()

    async with transaction():
        assert await shred(party.case, now=NOW)

    with pytest.raises(Erased):
        await read_client(party.case, (F.NAME,), purpose=Purpose.CONTACT, by=by, now=NOW)
    with pytest.raises(Erased):
        await writing.correct_client(party.case, {F.NAME: "Esperanza"}, by=by, now=NOW)


async def test_nothing_of_a_client_stands_in_the_files_of_the_database(sqlite_url: str) -> None:
    opened, folder = await open_database(sqlite_url), Path(sqlite_url.removeprefix("sqlite:///")).parent
    await received()

    written = b"".join(file.read_bytes() for file in folder.iterdir())

    await opened.close()
    assert b"NM-1" in written
    assert not [text for text in (*ESPERANZA.values(), "Rodolfo") if text.encode() in written]


async def test_references_go_on_from_the_highest_of_the_year(database: Database) -> None:
    by = await coordinator()
    assert await next_reference("NM", now=NOW) == "NM-26-0001"

    await intake.receive_case(case("NM-26-0041"), by=by, now=NOW)
    await intake.receive_case(case("NM-25-0900"), by=by, now=NOW)

    assert await next_reference("NM", now=NOW) == "NM-26-0042"
