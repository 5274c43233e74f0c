"""Backups: everything, on both databases and across; sealed, whole, and bringing back nobody who was forgotten."""

import io
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core import tables as t
from core.crypto import KeyMissing, Tampered
from core.errors import BadInput
from core.key_files import fresh_key
from core.model.clients.client import ClientField, Purpose
from core.model.clients.retention import ErasureReason
from core.model.events import chain_breaks
from core.services.cases import intake
from core.services.clients.disclosing import read_client
from core.services.keys.backups import Contents, NotEmpty, back_up, check_backup, forget_again, restore
from core.services.privacy import holding
from core.services.privacy.erasing import erase_client
from core.services.privacy.screening_off import screen_off
from core.store import audit
from core.store.accounts import open_session
from core.store.clients.holds import holds_of
from core.store.clients.screens import screens_of
from core.store.database import Database, open_database
from core.store.upkeep.copying import one_moment, rows_of
from core.store.upkeep.erasing import is_reduced
from tests import worlds
from tests.postgres import PrivateCluster
from tests.worlds import NOW

F = ClientField
CLIENT = {F.NAME: "Zzyzx Quetzalli", F.BIRTH_DATE: "1971-05-04", F.STORY: "Ella huyó — 2019\n…"}


@pytest.fixture(autouse=True)
def one_key(key: None) -> None:
    """The same key wherever a backup is restored."""


@asynccontextmanager
async def at(url: str) -> AsyncIterator[Database]:
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
def other_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of the other kind."""
    if database_url.startswith("postgres"):
        return f"sqlite:///{tmp_path / 'other.db'}"
    cluster: PrivateCluster = request.getfixturevalue("postgres_cluster")
    return cluster.create_database()


async def a_world() -> UUID:
    """A case with a client, a team that is engaged, a volunteer with two records that were made one."""
    by, case = await worlds.coordinator(), worlds.case("NM-1")
    await intake.receive_case(case, client=CLIENT, by=by, now=NOW)
    await intake.begin_screening(case.id, by=by, now=NOW)
    await worlds.found_eligible(case, NOW)
    await intake.waitlist_case(case.id, by=by, now=NOW)
    alma, again = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.attorney())
    await worlds.offered(case, worlds.seat(alma), by=by, at=worlds.clinic())
    await t.Volunteer.update({t.Volunteer.merged_into: again.id}).where(t.Volunteer.id == alma.id)
    assert by.account
    await open_session(by.account, now=NOW)
    return case.id


async def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables but sessions, which a restore ends."""
    return {
        table._meta.tablename: await table.select().order_by(table._meta.primary_key)
        for table in t.TABLES
        if table is not t.Session
    }


async def backup_of(database: Database) -> bytes:
    file = io.BytesIO()
    await back_up(file, database, now=NOW)
    return file.getvalue()


async def restored(data: bytes, database: Database, *, replace: bool = False) -> Contents:
    return await restore(io.BytesIO(data), database, replace=replace, now=NOW)


async def test_a_backup_is_restored_into_the_other_kind_of_database_row_by_row(
    database_url: str, other_url: str
) -> None:
    async with at(database_url) as database:
        case = await a_world()
        data, before = await backup_of(database), await everything()
    checked = await check_at(other_url, data)

    async with at(other_url) as other:
        done = await restored(data, other)
        after = await everything()
        by = await worlds.coordinator()
        shown = await read_client(case, tuple(CLIENT), purpose=Purpose.CONTACT, by=by, now=NOW)

    assert shown == CLIENT
    (event,) = after["audit_event"][len(before["audit_event"]) :]
    assert event["kind"] == "backup_restored"
    before["audit_event"].append(event)
    assert after == before
    assert (
        done.rows
        == checked.rows
        == {name: len(rows) for name, rows in before.items() if rows}
        | {
            "audit_event": len(before["audit_event"]) - 1,
            "login_session": 1,
        }
    )


async def check_at(url: str, data: bytes) -> Contents:
    async with at(url):
        return await check_backup(io.BytesIO(data))


async def test_everybody_signs_in_anew_and_the_audit_chain_goes_on(database: Database) -> None:
    await a_world()
    data = await backup_of(database)

    await restored(data, database, replace=True)

    assert await t.Session.count() == 0
    events = await audit.events()
    assert chain_breaks(events) is None
    assert [event.kind for event in events[-2:]] == ["backup_made", "backup_restored"]


async def test_nothing_lies_in_a_backup_in_clear_and_no_key_is_in_it(sqlite_url: str) -> None:
    async with at(sqlite_url) as database:
        await a_world()
        data = await backup_of(database)

    for words in ("Zzyzx", "1971-05-04", "Alma", "example.org", "NM-1", "legal_case"):
        assert words.encode() not in data
    assert b"a2tra2tra2tra2tr" not in data


async def test_a_backup_needs_the_key_that_it_was_made_with(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(sqlite_url) as database:
        data = await backup_of(database)
    monkeypatch.setenv("AMPARO_KEY", fresh_key())

    async with at(f"sqlite:///{tmp_path / 'new.db'}") as database:
        with pytest.raises(KeyMissing, match="sealed with the key"):
            await restored(data, database)


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 0.9, 0.999])
async def test_a_backup_that_was_changed_or_cut_off_is_refused_and_nothing_is_written(
    sqlite_url: str, tmp_path: Path, place: float
) -> None:
    async with at(sqlite_url) as database:
        await a_world()
        data = await backup_of(database)
    first = data.index(b"\n") + 1
    spot = first + round((len(data) - first - 1) * place)
    changed = bytearray(data)
    changed[spot] ^= 1

    async with at(f"sqlite:///{tmp_path / 'new.db'}") as database:
        for broken in (bytes(changed), data[:spot]):
            with pytest.raises(Tampered, match="damaged or not whole"):
                await restored(broken, database)
            assert not await t.Case.table_exists()


@pytest.mark.parametrize("text", [b"", b"PK\x03\x04", b"{}\n", b'{"amparo": "backup"}\n'])
async def test_what_is_no_backup_is_refused(sqlite_url: str, text: bytes) -> None:
    async with at(sqlite_url) as database:
        with pytest.raises(BadInput, match="not a backup of Amparo"):
            await restored(text, database)


async def test_a_database_that_is_in_use_is_given_up_only_when_that_is_said(database: Database) -> None:
    await a_world()
    data = await backup_of(database)
    before = await everything()

    with pytest.raises(NotEmpty, match="give --replace"):
        await restored(data, database)

    assert await everything() == before


async def test_whom_the_clinic_has_forgotten_a_backup_does_not_bring_back(database: Database) -> None:
    case, by = await a_world(), await worlds.coordinator()
    await holding.hold_case(case, reason="A subpoena", by=by, now=NOW)
    data, later = await backup_of(database), NOW + timedelta(days=1)
    await holding.lift_hold(case, why="Quashed", by=by, now=later)
    await erase_client(case, reason=ErasureReason.CLIENT_REQUEST, by=by, now=later)

    done = await restored(data, database, replace=True)

    assert done.erased_again == 1
    jobs = await t.Job.select(t.Job.kind).where(t.Job.kind == "forget")
    assert len(jobs) == 1, "a worker does it where a crash came between"
    assert not await forget_again(case, now=NOW)
    assert await is_reduced(case)
    assert await t.ClientRecord.count() == 0
    assert chain_breaks(await audit.events()) is None


async def test_who_is_kept_off_a_case_and_what_is_held_stays_so_when_an_older_backup_is_restored(
    database: Database,
) -> None:
    case, by, other = await a_world(), await worlds.coordinator(), await worlds.coordinator()
    data, later = await backup_of(database), NOW + timedelta(days=1)
    await holding.hold_case(case, reason="A subpoena", by=by, now=later)
    await screen_off(case, account=other.account, reason="Her cousin", by=by, now=later)

    done = await restored(data, database, replace=True)

    (hold,), (screen,) = await holds_of(case), await screens_of(case)
    assert (hold.reason, hold.set_by, hold.lifted_at) == ("A subpoena", by.label, None)
    assert (screen.account, screen.reason) == (other.account, "Her cousin")
    assert done.standing_again == 2
    assert chain_breaks(await audit.events()) is None

    again = await restored(await backup_of(database), database, replace=True)
    assert (again.standing_again, len(await screens_of(case))) == (0, 1)


async def test_a_screen_of_somebody_whom_the_backup_does_not_know_is_left_out(database: Database) -> None:
    case, by = await a_world(), await worlds.coordinator()
    data = await backup_of(database)
    other = await worlds.coordinator()
    await screen_off(case, account=other.account, reason="Her cousin", by=by, now=NOW)

    done = await restored(data, database, replace=True)

    assert (done.standing_again, await screens_of(case)) == (0, [])


async def test_a_backup_is_of_one_moment_whatever_is_written_meanwhile(database: Database, database_url: str) -> None:
    await a_world()
    async with one_moment():
        before = await t.Case.select(t.Case.summary)
        await write_apart(database_url, "UPDATE legal_case SET summary = 'written meanwhile'")
        during = [row async for rows in rows_of(t.Case) for row in rows]
    after = await t.Case.select(t.Case.summary)

    assert [row["summary"] for row in during] == [row["summary"] for row in before]
    assert [row["summary"] for row in after] == ["written meanwhile"]


async def write_apart(url: str, sql: str) -> None:
    """Write as another program does."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.execute(sql)
        return
    other = await asyncpg.connect(url)
    await other.execute(sql)
    await other.close()
