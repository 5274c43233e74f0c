"""Messages between a client and the programme: sealed, read by both, told of once, and with an end."""

from datetime import timedelta

import pytest

from core import tables as t
from core.errors import BadInput, TooLate
from core.model.clients.retention import ErasureReason
from core.model.help.consents import CURRENT, Manner
from core.services.help.consents import record_consent
from core.services.help.messages import (
    MOST_IN_A_ROW,
    read_as_client,
    read_as_staff,
    write_from_client,
    write_to_client,
)
from core.services.help.receipts import give_code
from core.services.privacy.erasing import erase_client
from core.store.clients.consents import consents_of
from core.store.clients.receipts import receipt_of_case
from core.store.database import Database
from tests import worlds
from tests.core.services.help.test_helping import everything_in, messages
from tests.helping import sent
from tests.worlds import NOW


async def test_a_message_each_way_is_sealed_read_by_both_and_noted_in_the_disclosure_log(database: Database) -> None:
    by, opened = await worlds.coordinator(), await sent(worlds.clinic())
    assert opened.case is not None

    await write_from_client(opened, "Se murió mi testigo.", now=NOW)
    await write_from_client(opened, "¿Me oyen?", now=NOW)
    read = await read_as_staff(opened.case, by=by, now=NOW)
    await write_to_client(opened.case, text="We are sorry.", by=by, now=NOW)
    await write_to_client(opened.case, ready="call_us", by=by, now=NOW)
    hers = await read_as_client(opened, now=NOW + timedelta(days=1))

    assert [one.text for one in read] == ["Se murió mi testigo.", "¿Me oyen?"]
    assert [(one.from_client, one.text, one.ready) for one in hers[2:]] == [
        (False, "We are sorry.", ""),
        (False, "", "call_us"),
    ]
    told = [one for one in await read_as_client(opened, now=NOW) if one.written_by]
    assert {one.read_at for one in told} == {NOW + timedelta(days=1)}
    lying = await everything_in(t.ClientMessage, t.AuditEvent, t.Message)
    assert "testigo" not in lying
    assert "We are sorry." not in lying
    (seen,) = await t.Disclosure.select().where(t.Disclosure.case == opened.case)
    assert ("messages" in seen["fields"], seen["account"]) == (True, by.account)
    assert await messages() == ["client_wrote", "request_came"]


async def test_a_client_is_told_of_to_the_coordinators_once_until_somebody_reads_it(database: Database) -> None:
    by, opened = await worlds.coordinator(), await sent(worlds.clinic())
    assert opened.case is not None
    waiting = t.Message.kind == "client_wrote"

    for number in range(3):
        await write_from_client(opened, f"Hola {number}.", now=NOW)
    once = await t.Message.count().where(waiting)
    await read_as_staff(opened.case, by=by, now=NOW)
    await write_from_client(opened, "Hola.", now=NOW)

    assert (once, await t.Message.count().where(waiting)) == (1, 2)


async def test_messages_have_an_end_in_length_and_in_number(database: Database) -> None:
    opened = await sent(worlds.clinic())
    for text, said in (("  ", "Write the message first"), ("x" * 2_001, "too long")):
        with pytest.raises(BadInput, match=said):
            await write_from_client(opened, text, now=NOW)
    for number in range(MOST_IN_A_ROW):
        await write_from_client(opened, f"Hola {number}.", now=NOW)

    with pytest.raises(TooLate, match="waiting to be read"):
        await write_from_client(opened, "Hola.", now=NOW)


async def test_an_erased_client_is_given_no_code_and_agrees_to_nothing(database: Database) -> None:
    by, opened = await worlds.coordinator(), await sent(worlds.clinic())
    assert opened.case is not None
    await erase_client(opened.case, reason=ErasureReason.CLIENT_REQUEST, by=by, now=NOW)

    with pytest.raises(TooLate, match="nobody to give a code to"):
        await give_code(opened.case, language="es", by=by, now=NOW)
    with pytest.raises(TooLate, match="nobody who could agree"):
        await record_consent(opened.case, CURRENT, "es", manner=Manner.READ_TO, by=by, now=NOW)

    assert await receipt_of_case(opened.case) is None
    assert len(await consents_of(opened.case)) == 1, "the one that she gave herself"
