"""A list that is taken over at once leaves in the database what the same cases leave that come one by one."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

import msgspec
import pytest

from core import tables as t
from core.model.clients.client import ClientField
from core.model.clients.parties import Party, PartyRole
from core.model.events import chain_breaks
from core.model.people import SYSTEM
from core.model.vocabulary import CameBy
from core.services.cases import intake
from core.services.cases.eligibility import checked_elsewhere
from core.services.cases.importing import SCREENED_BEFORE, new_case
from core.services.cases.waitlist_files import understand_rows
from core.services.cases.waitlist_imports import Target, take_over
from core.store import audit
from core.store.cases.listings import keep_comparable
from core.store.clients.clients import read_fields
from core.store.database import Database, open_database
from core.store.engines.transactions import Transaction
from core.store.keys import new_id
from core.store.names.index import names_by_case
from core.store.upkeep.migrating import migrate
from core.waitlists import WaitlistRow
from tests.core.services.cases.test_waitlist_imports import opened
from tests.worlds import NOW, case, coordinator

HEADER = (
    "Matter #,Client,Other names,DOB,A number,Case type,Language,County,State,Date added,Phone,Income,Household size"
)
LIST = f"""{HEADER}
L-1,Rosa Pérez Ramos,Rosa Ramos,1990-05-02,A012345678,asylum,Mam,Doña Ana,NM,2026-05-02,505 555 0142,900,4
L-2,Ana Xicay Tzoc,,,,family,es,Taos,NM,2026-06-01,,,
L-3,Rosa Perez Ramos,,1991-01-01,,asylum,es,Taos,NM,2026-06-01,505 555 0199,,
L-4,,,,,victims,es,Luna,NM,2026-11-24,,,
L-5,Juan López Mejía,,,A099999999,removal,mam; es,Luna,NM,2026-01-09,,,
"""
VOLATILE = {"id", "lot", "previous", "digest", "sequence", "wrapped", "value", "name", "party", "rests_on"}
"""Columns that are another one each time, or sealed."""
TABLES = (t.Case, t.Listing, t.EligibilityCheck, t.Job, t.Alert, t.CaseKey, t.ClientRecord, t.NameEntry)


@pytest.fixture
def second(empty_database_url: str, key: None) -> Any:
    """Another database of the same kind, to be opened in between."""

    @asynccontextmanager
    async def opening() -> AsyncIterator[Database]:
        found = await open_database(empty_database_url)
        try:
            await migrate(found)
            await keep_comparable(1)
            yield found
        finally:
            await found.close()

    return opening


async def adverse() -> None:
    """A case that was there before, against somebody who is called like a client of the list."""
    there = case("OLD-1")
    husband = Party(new_id(), there.id, PartyRole.ADVERSE, "Juan Lopez Mejia")
    await intake.receive_case(there, client={ClientField.NAME: "Elena Canul"}, parties=[husband], by=SYSTEM, now=NOW)


async def one_by_one(rows: tuple[WaitlistRow, ...]) -> None:
    """What a list does, verb by verb and case by case, each in a transaction of its own."""
    by = await coordinator()
    for row in rows:
        new = new_case(row.case, row.case.ref, CameBy.IMPORT)
        await intake.receive_case(new, client=row.client, by=by, now=NOW)
        since = min(datetime.combine(row.case.received, time(), UTC), NOW)
        await intake.begin_screening(new.id, waiting_since=since, by=by, now=NOW)
        await checked_elsewhere(new.id, reason=SCREENED_BEFORE, by=by, now=NOW)
        await intake.waitlist_case(new.id, by=by, now=NOW)


async def stands() -> dict[str, Any]:
    """All that a list leaves behind, cases called by their references, what is sealed opened."""
    refs = {row["id"]: row["reference"] for row in await t.Case.select(t.Case.id, t.Case.reference)}
    rows = {table.__name__: await _rows(table, refs) for table in TABLES}
    return {
        **rows,
        "clients": {ref: await read_fields(key, tuple(ClientField)) for key, ref in refs.items()},
        "names": {
            refs[key]: sorted((one.name.written, one.is_alias) for one in found)
            for key, found in (await names_by_case(list(refs))).items()
        },
        "tokens": await _tokens(refs),
        "events": await _events(refs),
    }


async def _rows(table: Any, refs: dict[UUID, str]) -> Counter[str]:
    return Counter(
        _named({name: value for name, value in row.items() if name not in VOLATILE}, refs)
        for row in await table.select()
    )


def _named(value: Any, refs: dict[UUID, str]) -> str:
    text = msgspec.json.encode(value, order="sorted").decode()
    for key, ref in refs.items():
        text = text.replace(str(key), ref)
    return text


async def _tokens(refs: dict[UUID, str]) -> dict[str, list[int]]:
    found = defaultdict[str, list[int]](list)
    query = t.NameToken.select(t.NameToken.token, t.NameToken.entry.case.as_alias("of"))
    for row in await query.order_by(t.NameToken.token):
        found[refs[row["of"]]].append(row["token"])
    return {**found}


async def _events(refs: dict[UUID, str]) -> dict[str, list[tuple[str, str]]]:
    """What is told of each case in its order; the chain holds."""
    told = await audit.events()
    assert chain_breaks(told) is None
    found = defaultdict[str, list[tuple[str, str]]](list)
    for key, ref in refs.items():
        for event in await audit.with_words(key, [one for one in told if one.subject == key]):
            detail = {name: said for name, said in event.detail.items() if name != audit.SEALED}
            found[ref].append((event.kind, _named(detail, refs)))
    return {**found}


async def test_a_list_at_once_leaves_what_its_cases_leave_one_by_one(
    key: None, database: Database, second: Any
) -> None:
    await adverse()
    by = await coordinator()
    file = await opened(by, LIST)
    rows = (await understand_rows(file, today=NOW.date())).rows
    await take_over(file, target=Target.WAITLIST, leave_out=False, although_alike=[4], prefix="NM", by=by, now=NOW)
    at_once = await stands()

    async with second():
        await adverse()
        await one_by_one(rows)
        assert await stands() == at_once

    alerts = " ".join(at_once["Alert"])
    assert [ref in alerts for ref in ("L-1", "L-3", "L-5", "OLD-1")] == [False, True, True, True]


@pytest.mark.parametrize("target", [Target.WAITLIST, Target.SCREENING])
async def test_a_longer_list_takes_no_more_statements(
    database: Database, monkeypatch: pytest.MonkeyPatch, target: Target
) -> None:
    statements, taken = list[str](), list[int]()
    run, run_many = Transaction.run, Transaction.run_many

    async def counted(self: Transaction, sql: str, values: list[Any]) -> Any:
        statements.append(sql)
        return await run(self, sql, values)

    async def counted_many(self: Transaction, sql: str, rows: Any) -> None:
        statements.append(sql)
        await run_many(self, sql, rows)

    monkeypatch.setattr(Transaction, "run", counted)
    monkeypatch.setattr(Transaction, "run_many", counted_many)
    by = await coordinator()
    for which, length in (("first", 5), ("short", 12), ("long", 40)):
        lines = [f"Client {which} {number},asylum,mam,2026-0{number % 9 + 1}-02" for number in range(length)]
        file = await opened(by, "\n".join(["Client,Case type,Language,Received", *lines]))
        statements.clear()
        report = await take_over(file, target=target, leave_out=False, prefix="NM", by=by, now=NOW)
        assert len(report.rows) == length
        taken.append(len(statements))
    assert taken[1] == taken[2]
