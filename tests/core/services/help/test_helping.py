"""Clients ask for help without an account: what is begun is theirs alone, what is sent is a case, a code opens both."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec
import pytest
from piccolo.table import Table

from core import tables as t
from core.errors import BadInput, NotAllowed, TooLate
from core.model.clients.client import ClientField, Purpose
from core.model.clients.parties import PartyRole
from core.model.events import chain_breaks
from core.model.help.consents import Manner
from core.model.people import Actor
from core.model.states import CaseState
from core.model.vocabulary import PracticeArea
from core.services.clients.disclosing import read_client, read_parties
from core.services.help.consents import record_consent
from core.services.help.helping import DAYS_KEPT, begin_request, drop_old_requests, keep_answer
from core.services.help.messages import (
    read_as_staff,
    write_to_client,
)
from core.services.help.receipts import IDLE, REFUSED, close_visit, give_code, open_by_code, open_visit, renew_code
from core.services.help.requesting import send_request
from core.store import audit
from core.store.cases import cases
from core.store.clients.consents import consents_of
from core.store.database import Database
from tests import worlds
from tests.helping import ANSWERS, begun, reopened, sent
from tests.worlds import NOW

F = ClientField


async def everything_in(*tables: type[Table]) -> str:
    """All that stands in these tables."""
    return str([await table.select() for table in tables])


async def messages() -> list[str]:
    """The kinds of messages in the outbox, each once."""
    return sorted({row["kind"] for row in await t.Message.select(t.Message.kind)})


async def test_what_is_begun_lies_sealed_and_neither_the_clinic_nor_another_code_opens_it(database: Database) -> None:
    opened = await begun()
    code = await renew_code(opened, now=NOW)

    lying = await everything_in(t.Receipt, t.ReceiptVisit, t.AuditEvent, t.Setting, t.Message)
    assert [text for text in (*ANSWERS.values(), code) if len(text) > 8 and text in lying] == []
    assert await t.CaseKey.count() == 0
    assert (await reopened(opened.token)).answers == ANSWERS
    with pytest.raises(NotAllowed, match=REFUSED):
        await open_by_code(f"{int(code) + 1:016}"[-16:], now=NOW)


async def test_a_code_opens_what_was_begun_on_another_phone_where_she_left_it(database: Database) -> None:
    opened = await begun({"who": "me", "help": "court"})
    code = await renew_code(opened, now=NOW)

    token = await open_by_code(f"{code[:4]}-{code[4:8]} {code[8:]}", now=NOW + timedelta(days=3))

    later = await reopened(token, now=NOW + timedelta(days=3))
    assert later.answers == {"who": "me", "help": "court"}
    assert (later.receipt, later.has_code) == (opened.receipt, True)
    again = await keep_answer(later, "detained", "yes", now=NOW + timedelta(days=3))
    assert again.answers["detained"] == "yes"


async def test_a_new_code_ends_the_old_one_and_closes_every_other_browser(database: Database) -> None:
    opened = await begun()
    first = await renew_code(opened, now=NOW)
    elsewhere = await open_by_code(first, now=NOW)

    second = await renew_code(await reopened(opened.token), now=NOW)

    assert first != second
    assert await open_visit(elsewhere, now=NOW) is None
    assert await open_visit(opened.token, now=NOW) is not None
    with pytest.raises(NotAllowed, match=REFUSED):
        await open_by_code(first, now=NOW)
    assert await open_by_code(second, now=NOW)


async def test_whatever_is_no_code_gets_the_same_answer(database: Database) -> None:
    for typed in ("", "1234", "1234 5678 9012 345", "1234567890123456", "\N{FULLWIDTH DIGIT ONE}" * 16):
        with pytest.raises(NotAllowed, match=REFUSED):
            await open_by_code(typed, now=NOW)


async def test_a_browser_that_is_left_alone_is_closed_and_one_that_is_used_stays_open(database: Database) -> None:
    opened = await begun()
    nearly = IDLE - timedelta(minutes=1)

    assert await open_visit(opened.token, now=NOW + nearly) is not None
    assert await open_visit(opened.token, now=NOW + 2 * nearly) is not None
    assert await open_visit(opened.token, now=NOW + 3 * IDLE) is None


async def test_closing_forgets_what_has_no_code_and_keeps_what_has_one(database: Database) -> None:
    without, coded = await begun(), await begun()
    code = await renew_code(coded, now=NOW)

    await close_visit(without.token)
    await close_visit(coded.token)

    assert await open_visit(coded.token, now=NOW) is None
    assert [row["id"] for row in await t.Receipt.select(t.Receipt.id)] == [coded.receipt]
    assert await open_by_code(code, now=NOW)


async def test_what_is_never_sent_is_forgotten_after_its_days_and_without_a_code_with_its_browser(
    database: Database,
) -> None:
    coded, without, fresh = await begun(), await begun(), await begun(now=NOW + timedelta(days=DAYS_KEPT))
    await renew_code(coded, now=NOW)

    await drop_old_requests(now=NOW + IDLE + timedelta(minutes=1))
    kept = {row["id"] for row in await t.Receipt.select(t.Receipt.id)}
    await drop_old_requests(now=NOW + timedelta(days=DAYS_KEPT, minutes=1))

    assert kept == {coded.receipt, fresh.receipt}
    assert [row["id"] for row in await t.Receipt.select(t.Receipt.id)] == [fresh.receipt]
    assert without.receipt not in kept


async def test_sending_makes_a_case_with_the_client_sealed_her_consent_dates_and_a_word_to_the_coordinators(
    database: Database,
) -> None:
    by = await worlds.coordinator()

    opened = await sent(worlds.clinic())

    assert opened.case is not None
    case = await cases.find_case(opened.case)
    assert (case.state, case.practice_area, case.county, case.languages) == (
        CaseState.RECEIVED,
        PracticeArea.ASYLUM,
        "Bernalillo",
        ("es", "en"),
    )
    assert (case.ref, case.summary) == ("NM-26-0001", "")
    assert str(case.deadline) == "2027-05-03"
    client = await read_client(case.id, list(F), purpose=Purpose.INTAKE, by=by, now=NOW)
    assert (client[F.NAME], client[F.PHONE]) == (ANSWERS["name"], ANSWERS["phone"])
    assert client[F.SAFE_CONTACT] == '{"way":"call","times":["morning","weekend"],"care":["no_voicemail"]}'
    parties = await read_parties(case.id, purpose=Purpose.INTAKE, by=by, now=NOW)
    assert [(one.role, one.name) for one in parties] == [
        (PartyRole.FAMILY, "Ana Canario"),
        (PartyRole.ADVERSE, "Rodolfo Quiroga"),
    ]
    (consent,) = await consents_of(case.id)
    assert (consent.version, consent.language, consent.manner, consent.given_at) == ("1", "es", Manner.READ, NOW)
    assert await messages() == ["request_came"]
    assert chain_breaks(await audit.events()) is None


async def test_nothing_that_she_wrote_is_left_for_her_code_alone_once_it_is_sent_and_nothing_lies_in_clear(
    database: Database,
) -> None:
    opened = await begun()
    code = await renew_code(opened, now=NOW)
    done = await send_request(opened, language="es", clinic=worlds.clinic(), now=NOW)

    (row,) = await t.Receipt.select()
    assert (row["answers"], row["lock"], row["case"]) == ("", "", done.case)
    assert (await reopened(await open_by_code(code, now=NOW))).case == done.case
    lying = await everything_in(*t.TABLES)
    assert [text for text in ANSWERS.values() if len(text) > 10 and text in lying] == []


async def test_it_is_sent_once_and_only_whole(database: Database) -> None:
    clinic = worlds.clinic()
    half = await begun({name: text for name, text in ANSWERS.items() if name != "name"})
    with pytest.raises(BadInput, match="need an answer"):
        await send_request(half, language="es", clinic=clinic, now=NOW)
    whole = await begun()
    await send_request(whole, language="es", clinic=clinic, now=NOW)

    with pytest.raises(TooLate):
        await send_request(whole, language="es", clinic=clinic, now=NOW)
    with pytest.raises(TooLate):
        await keep_answer(whole, "story", "More.", now=NOW)
    assert await t.Case.count() == 1


async def test_an_old_text_is_not_agreed_to(database: Database) -> None:
    with pytest.raises(BadInput, match="text has changed"):
        await begin_request("0", "es", now=NOW)
    with pytest.raises(BadInput, match="text has changed"):
        await begin_request("1", "fr", now=NOW)


VOLUNTEER = Actor(label="Alma", account=worlds.case().id)
Verb = Callable[[Actor], Awaitable[object]]


async def test_only_staff_give_codes_write_read_and_note_consents(database: Database) -> None:
    case = (await sent(worlds.clinic())).case
    assert case is not None
    verbs: list[Verb] = [
        lambda by: give_code(case, language="es", by=by, now=NOW),
        lambda by: write_to_client(case, text="Hello.", by=by, now=NOW),
        lambda by: read_as_staff(case, by=by, now=NOW),
        lambda by: record_consent(case, "1", "es", manner=Manner.READ_TO, by=by, now=NOW),
    ]

    for verb in verbs:
        with pytest.raises(NotAllowed):
            await verb(VOLUNTEER)
    assert await t.ClientMessage.count() == 0


async def test_a_code_from_a_coordinator_opens_the_case_and_ends_the_one_before(database: Database) -> None:
    by, opened = await worlds.coordinator(), await begun()
    before = await renew_code(opened, now=NOW)
    done = await send_request(opened, language="es", clinic=worlds.clinic(), now=NOW)
    assert done.case is not None

    code = await give_code(done.case, language="en", by=by, now=NOW)

    with pytest.raises(NotAllowed):
        await open_by_code(before, now=NOW)
    assert await open_visit(done.token, now=NOW) is None
    found = await reopened(await open_by_code(code, now=NOW))
    assert (found.case, found.language) == (done.case, "en")
    given = await audit.events_of([done.case], "receipt_given")
    assert [one.actor for one in given] == [by.account]
    assert code not in str(list(map(msgspec.to_builtins, await audit.events())))
