"""SQLite's connections: one writer, reads on the event loop, slow ones apart, other programs beside."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from core import tables as t
from core.errors import StoreError
from core.store.database import Database, open_database, slow_reads, transaction
from core.store.upkeep.migrating import migrate
from tests.core.store import other_program
from tests.core.store.rows import add_account, emails

COUNT = """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})
SELECT count(*) AS found FROM n"""
MANY = 3_000_000


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated, open SQLite database."""
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()


async def test_a_slow_read_on_the_event_loop_is_logged_without_its_parameters(sqlite: Database) -> None:
    with capture_logs() as logs:
        await t.Account.raw(COUNT, MANY)
    assert [entry["event"] for entry in logs] == ["slow read on the event loop"]
    assert logs[0]["sql"] == COUNT.format("?")


async def test_a_slow_statement_of_a_transaction_is_logged_and_then_others_have_their_turn(sqlite: Database) -> None:
    async def others() -> None:
        had_their_turn.set()

    had_their_turn = asyncio.Event()
    with capture_logs() as logs:
        async with transaction():
            waiting = asyncio.create_task(others())
            await t.Account.raw(COUNT, 5 * MANY)
            assert had_their_turn.is_set()
    await waiting
    assert [entry["event"] for entry in logs] == ["slow statement of a transaction on the event loop"]
    assert logs[0]["sql"] == COUNT.format("?")


async def test_a_slow_read_within_a_transaction_can_be_kept_off_the_event_loop_too(sqlite: Database) -> None:
    with capture_logs() as logs:
        async with transaction(), slow_reads():
            assert await t.Account.raw(COUNT, MANY) == [{"found": MANY}]
    assert logs == []


async def test_slow_reads_run_away_from_the_event_loop(sqlite: Database) -> None:
    with capture_logs() as logs:
        async with slow_reads():
            assert await t.Account.raw(COUNT, MANY) == [{"found": MANY}]
    assert logs == []


async def test_slow_reads_see_what_was_committed_and_writes_go_to_the_writer(sqlite: Database) -> None:
    await add_account()
    async with slow_reads():
        assert await emails() == ["ana@example.org"]
        await add_account("berta@example.org")
        assert await emails() == ["ana@example.org", "berta@example.org"]


async def test_a_slow_read_that_nobody_waits_for_any_more_is_stopped(sqlite: Database) -> None:
    async with slow_reads():
        endless = asyncio.create_task(t.Account.raw(COUNT, 2**62).run())
    await asyncio.sleep(0)
    endless.cancel()
    await asyncio.wait([endless])
    await sqlite.close()
    assert _own_threads() == []


async def test_a_read_with_a_common_table_expression_does_not_wait_for_the_writer(sqlite: Database) -> None:
    written, look = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await add_account()
            written.set()
            await look.wait()

    writer = asyncio.create_task(write())
    await written.wait()
    assert await t.Account.raw(COUNT, 3) == [{"found": 3}]
    look.set()
    await writer


async def test_a_write_with_a_common_table_expression_is_written(sqlite: Database) -> None:
    await add_account()
    await t.Account.raw("WITH gone AS (SELECT id FROM account) DELETE FROM account WHERE id IN (SELECT id FROM gone)")
    assert await emails() == []


async def test_two_programs_that_write_to_one_file_lose_nothing(sqlite: Database, sqlite_url: str) -> None:
    await t.Setting.insert(t.Setting(key="count", value="0"))
    rounds = await asyncio.gather(*(other_program.start("count", sqlite_url) for _ in range(2)))
    row = await t.Setting.select(t.Setting.value).where(t.Setting.key == "count").first()
    assert row == {"value": str(sum(map(int, rounds)))}


async def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'amparo.db'}")
    try:
        assert _modes(tmp_path) == {"amparo.db": "0o600", "amparo.db-shm": "0o600", "amparo.db-wal": "0o600"}
    finally:
        await database.close()


async def test_closing_leaves_no_thread_and_one_file(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'amparo.db'}")
    async with slow_reads():
        await t.Account.raw(COUNT, 3)
    await t.Account.raw("CREATE TABLE one (id INTEGER)")
    await database.close()
    await database.close()
    assert _own_threads() == []
    assert list(_modes(tmp_path)) == ["amparo.db"]


async def test_a_database_opened_within_another_gives_the_tables_back(database: Database, tmp_path: Path) -> None:
    inner = await open_database(f"sqlite:///{tmp_path / 'inner.db'}")
    await migrate(inner)
    await add_account("inner@example.org")
    await inner.close()
    await add_account("outer@example.org")
    assert await emails() == ["outer@example.org"]


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at " * 20)
    with pytest.raises(StoreError, match="cannot be opened"):
        await open_database(f"sqlite:///{path}")
    assert path.read_text().startswith("not a database")
    assert _own_threads() == []


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("mysql://x", "not a database"),
        ("sqlite:////nowhere/at/all/amparo.db", "no folder"),
        ("sqlite:///:memory:", "no folder"),
        ("postgresql://amparo@127.0.0.1:1/none", "does not answer"),
    ],
)
async def test_a_database_that_cannot_be_opened_is_named_with_what_to_do(url: str, word: str) -> None:
    with pytest.raises(StoreError, match=word):
        await open_database(url)


def _modes(folder: Path) -> dict[str, str]:
    return {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir()}


def _own_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("amparo")]
