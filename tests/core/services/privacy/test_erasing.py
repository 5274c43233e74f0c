"""Erasing a client, DOMAIN scenario 10: identity erased, statistics kept, the audit chain still verifies."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest

from core import tables as t
from core.crypto import Place
from core.envelope import Erased
from core.errors import Held, NotAllowed, TooLate, WrongEntries
from core.model.clients.client import ClientField, Purpose
from core.model.clients.parties import Party, PartyRole
from core.model.clients.retention import ErasureReason
from core.model.deadlines.rules import DatedFact
from core.model.events import chain_breaks
from core.model.people import SYSTEM, Actor
from core.model.states import CaseState, MatchState
from core.services.cases import intake
from core.services.clients.disclosing import read_client, read_parties
from core.services.clients.writing import correct_client, remove_party
from core.services.deadlines import dated_facts
from core.services.matches import engagement
from core.services.plugins import reporting
from core.services.plugins.reporting import Period
from core.services.privacy import holding
from core.services.privacy.erasing import erase_client
from core.store import audit
from core.store.cases import cases
from core.store.clients import holds
from core.store.clients import parties as party_store
from core.store.database import Database, open_database, transaction
from core.store.keys import new_id
from core.store.matches import teams
from core.store.sealed.case_keys import key_of
from core.store.upkeep.erasing import KEPT, erased_tables
from tests import worlds
from tests.worlds import NOW

F = ClientField
ESPERANZA = {F.NAME: "Esperanza Canario", F.PHONE: "+1 505 555 0142", F.STORY: "She fled.", F.BIRTH_DATE: "1990-02-03"}


async def esperanza() -> tuple[UUID, Actor]:
    """A client of whom everything is known that can be."""
    by, case = await worlds.coordinator(), worlds.case()
    party = Party(id=new_id(), case=case.id, role=PartyRole.ADVERSE, name="Rodolfo Canario")
    await intake.receive_case(case, client=ESPERANZA, parties=(party,), by=by, now=NOW)
    await intake.begin_screening(case.id, by=by, now=NOW)
    await worlds.found_eligible(case, NOW)
    await intake.waitlist_case(case.id, by=by, now=NOW)
    facts = {DatedFact.LAST_ARRIVAL: date(2026, 3, 1)}
    await dated_facts.record_dates(case.id, facts, clinic=worlds.clinic(), by=by, now=NOW)
    await worlds.against(case.id, "Acme Inc.")
    return case.id, by


async def asked(case: UUID, by: Actor, **later: int) -> None:
    await erase_client(case, reason=ErasureReason.CLIENT_REQUEST, by=by, now=NOW + timedelta(**later))


async def test_a_client_who_asks_to_be_forgotten_is_while_statistics_and_the_audit_chain_stay(
    database: Database,
) -> None:
    """Scenario 10, with a case that was worked on and closed."""
    case, by = await esperanza()
    clinic, alma = worlds.clinic(), await worlds.joined(worlds.attorney())
    match = await worlds.offered(await cases.find_case(case), worlds.seat(alma), by=by, at=clinic)
    await worlds.accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    (seat,) = await teams.seats_of(match)
    await engagement.close_case(case, outcome="granted", hours={seat.id: 41.0}, by=by, now=NOW)
    await read_client(case, (F.NAME,), purpose=Purpose.CONTACT, by=by, now=NOW)
    await holding.hold_case(case, reason="A subpoena.", by=by, now=NOW)
    await holding.lift_hold(case, why="It was quashed.", by=by, now=NOW)
    reports = await made(by)
    before = await audit.events()

    await asked(case, by)

    for field in F:
        with pytest.raises(Erased):
            await read_client(case, (field,), purpose=Purpose.CONTACT, by=by, now=NOW)
    assert await read_parties(case, purpose=Purpose.CONFLICT_CHECK, by=by, now=NOW) == ()
    assert [await table.count() for table in erased_tables()] == [0] * len(erased_tables())
    left = await cases.find_case(case)
    assert (left.summary, left.deadline, left.deadline_kind, left.received) == ("", None, "", date(2026, 9, 1))
    assert (left.state, left.outcome, left.languages, left.practice_area) == (
        CaseState.CLOSED, "", ("es",), worlds.case().practice_area,
    )  # fmt: skip
    assert [row["hours"] for row in await t.Seat.select(t.Seat.hours)] == [41.0]
    assert await made(by) == reports
    assert await t.Disclosure.count() == 1
    after = await audit.events()
    assert after[: len(before)] == before
    assert chain_breaks(after) is None
    assert (after[-1].kind, after[-1].detail["reason"]) == ("client_erased", "client_request")


async def made(by: Actor) -> list[object]:
    """The rows of reports, but for counties: that of a rare case is given up."""
    year, at, rows = Period(date(2026, 1, 1), date(2027, 1, 1)), worlds.clinic(), list[object]()
    for name in ("served", "months"):
        table = (await reporting.make_report(name, year, clinic=at, by=by, now=NOW)).table
        rows += [row for row in table.rows if "County" not in row] if table else []
    return rows


async def test_nothing_can_be_sealed_or_written_for_a_client_who_was_erased(database: Database) -> None:
    case, by = await esperanza()
    await asked(case, by)

    with pytest.raises(Erased):
        await correct_client(case, {F.NAME: "Esperanza"}, by=by, now=NOW)
    with pytest.raises(Erased):
        await holding.hold_case(case, reason="Too late.", by=by, now=NOW)
    with pytest.raises(TooLate, match="Nothing is known of this client any more"):
        await asked(case, by)


async def test_a_case_of_which_nothing_was_known_is_erased_as_well(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    await asked(case.id, by)

    with pytest.raises(Erased):
        await correct_client(case.id, {F.NAME: "Esperanza"}, by=by, now=NOW)


async def test_an_open_case_is_withdrawn_and_its_team_told_before_its_client_is_erased(database: Database) -> None:
    case, by = await esperanza()
    alma = await worlds.joined(worlds.attorney())
    match = await worlds.offered(await cases.find_case(case), worlds.seat(alma), by=by, at=worlds.clinic())

    await asked(case, by)

    assert (await cases.find_case(case)).state is CaseState.WITHDRAWN
    assert (await teams.find_match(match)).state is MatchState.ENDED
    told = await t.Message.select(t.Message.kind).where(t.Message.account == alma.account).order_by(t.Message.id)
    assert told[-1]["kind"] == "offer_revoked"


async def test_under_a_legal_hold_nothing_is_erased_whoever_asks(database: Database) -> None:
    case, by = await esperanza()
    await holding.hold_case(case, reason="Subpoena of 3 November, keep all.", by=by, now=NOW)

    with pytest.raises(Held, match="under a legal hold"):
        await asked(case, by)
    with pytest.raises(TooLate, match="under a legal hold already"):
        await holding.hold_case(case, reason="Once more.", by=by, now=NOW)
    assert (await read_client(case, (F.NAME,), purpose=Purpose.CONTACT, by=by, now=NOW))[F.NAME] == ESPERANZA[F.NAME]

    await holding.lift_hold(case, why="Quashed.", by=by, now=NOW)
    (hold,) = await holds.holds_of(case)
    assert (hold.reason, hold.set_by, hold.lifted_by, hold.lifted_why) == (
        "Subpoena of 3 November, keep all.", "Carmen", "Carmen", "Quashed.",
    )  # fmt: skip
    with pytest.raises(TooLate, match="under no legal hold any more"):
        await holding.lift_hold(case, why="Again.", by=by, now=NOW)
    await asked(case, by)


async def test_under_a_legal_hold_nothing_of_the_client_is_deleted_piece_by_piece(database: Database) -> None:
    case, by = await esperanza()
    (party, *_) = await party_store.parties_of(case)
    await holding.hold_case(case, reason="A subpoena", by=by, now=NOW)

    with pytest.raises(Held):
        await correct_client(case, {F.NAME: "Esperanza C.", F.STORY: " "}, by=by, now=NOW)
    with pytest.raises(Held):
        await dated_facts.record_dates(case, {DatedFact.BIRTH: None}, clinic=worlds.clinic(), by=by, now=NOW)
    with pytest.raises(Held):
        await remove_party(case, party.id, by=by, now=NOW)

    await correct_client(case, {F.PHONE: "+1 505 555 0199", F.EMAIL: ""}, by=by, now=NOW)
    shown = await read_client(case, (*ESPERANZA, F.EMAIL), purpose=Purpose.CONTACT, by=by, now=NOW)
    assert shown == ESPERANZA | {F.PHONE: "+1 505 555 0199"}
    assert party in await party_store.parties_of(case)


async def test_a_hold_needs_its_reason_which_no_event_tells(database: Database) -> None:
    case, by = await esperanza()
    with pytest.raises(WrongEntries, match="Write in a sentence why"):
        await holding.hold_case(case, reason="  ", by=by, now=NOW)
    with pytest.raises(WrongEntries, match="at most 500"):
        await holding.hold_case(case, reason="x" * 501, by=by, now=NOW)
    await holding.hold_case(case, reason="A subpoena", by=by, now=NOW)

    (event,) = [event for event in await audit.events() if event.kind == "hold_set"]
    assert (event.detail, event.actor) == ({}, by.account)
    rows = await t.LegalHold.select(t.LegalHold.reason)
    assert "subpoena" not in rows[0]["reason"]


async def test_only_staff_may_erase_hold_and_lift(database: Database) -> None:
    case, _by = await esperanza()
    alma = worlds.actor_of(await worlds.joined(worlds.attorney()))
    with pytest.raises(NotAllowed):
        await asked(case, alma)
    with pytest.raises(NotAllowed):
        await holding.hold_case(case, reason="x", by=alma, now=NOW)
    with pytest.raises(NotAllowed):
        await holding.lift_hold(case, why="x", by=alma, now=NOW)


async def test_a_rare_place_is_given_up_and_a_common_one_stays(database: Database) -> None:
    by = await worlds.coordinator()
    common = [await worlds.waiting(worlds.case(county="Bernalillo")) for _ in range(5)]
    rare = await worlds.waiting(worlds.case(county="Catron", languages=("mam",)))

    await asked(common[0].id, by)
    await asked(rare.id, by)

    rows = await t.Case.select(t.Case.id, t.Case.county, t.Case.region)
    left = {row["id"]: (row["county"], row["region"]) for row in rows}
    assert left[common[0].id][0] == "Bernalillo"
    assert left[rare.id] == ("", "")


def test_every_table_that_names_a_case_is_erased_with_it_or_says_why_it_stays() -> None:
    tables = {table._meta.tablename for table in erased_tables()}
    assert {"client_record", "party", "name_entry"} <= tables
    assert not tables & KEPT.keys()
    assert all(KEPT.values())


async def test_the_wish_of_a_client_is_no_reason_that_time_may_use(database: Database) -> None:
    case, _by = await esperanza()
    with pytest.raises(TooLate, match="is open: its time has not begun"):
        await erase_client(case, reason=ErasureReason.RETENTION, by=SYSTEM, now=NOW)


async def test_a_case_that_was_reduced_is_not_opened_again(database: Database) -> None:
    case, by = await esperanza()
    await asked(case, by)
    for state in (CaseState.SCREENING, CaseState.WAITLISTED):
        assert not await cases.move_case(case, state, now=NOW)


async def test_whoever_has_the_key_of_a_case_writes_before_its_client_is_erased(postgres_url: str) -> None:
    """On PostgreSQL both go on at once; SQLite has one writer."""
    database = await open_database(postgres_url)
    try:
        case, by = await esperanza()
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def write() -> None:
            async with transaction():
                key = await key_of(case, now=NOW)
                begun.set()
                await go_on.wait()
                value = key.seal("esperanza@example.org", Place("client_record", "value", "any"))
                await t.ClientRecord.insert(t.ClientRecord(case=case, field="email", value=value, changed_at=NOW))

        writing = asyncio.create_task(write())
        await begun.wait()
        erasing = asyncio.create_task(asked(case, by))
        while not erasing.done() and not await somebody_waits():
            continue
        go_on.set()
        await asyncio.gather(writing, erasing)

        assert await t.ClientRecord.count() == 0
    finally:
        await database.close()


async def somebody_waits() -> bool:
    """Whether a transaction waits for another."""
    (row,) = await t.CaseKey.raw("SELECT COUNT(*) AS n FROM pg_locks WHERE NOT granted")
    return bool(row["n"])
