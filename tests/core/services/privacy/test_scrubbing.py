"""What the database leaves behind of an erased client: overwritten, vacuumed, and tried again while somebody reads."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import tables as t
from core.crypto import Keyring
from core.errors import StoreBusy
from core.services.work.working import Worker
from core.store.cases import cases
from core.store.database import open_database
from core.store.sealed.clinic_keys import keyring
from core.store.upkeep.erasing import scrub
from tests import worlds
from tests.core.services.privacy.test_erasing import asked, esperanza
from tests.worlds import NOW


async def test_after_an_erasure_nothing_of_the_key_is_left_in_the_files_of_sqlite(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Who has the clinic's key and the files finds no data key to open with it."""
    database = await open_database(sqlite_url)
    try:
        case, by = await esperanza()
        (row,) = await t.CaseKey.select(t.CaseKey.wrapped)
        sealed = [one["value"] for one in await t.ClientRecord.select(t.ClientRecord.value)]
        told = (row["wrapped"], *sealed, (await cases.find_case(case)).summary)
        assert all(text.encode() in everything(tmp_path) for text in told)

        await asked(case, by)
        await Worker(worlds.clinic(), clock=lambda: NOW).run_once(NOW)

        assert not any(text.encode() in everything(tmp_path) for text in told)
        assert isinstance(keyring(), Keyring)
    finally:
        await database.close()


def everything(folder: Path) -> bytes:
    """All bytes of the database's files."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("amparo.db*")))


async def test_while_somebody_reads_an_old_state_the_log_is_left_and_emptied_later(
    sqlite_url: str, tmp_path: Path
) -> None:
    database = await open_database(sqlite_url)
    path, log = sqlite_url.removeprefix("sqlite:///"), tmp_path / "amparo.db-wal"
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT COUNT(*) FROM legal_case").fetchall()
            await asked(*await esperanza())
            with pytest.raises(StoreBusy):
                await scrub()
            assert log.stat().st_size > 0
        await scrub()
        assert log.stat().st_size == 0
    finally:
        await database.close()


async def test_nothing_is_sorted_in_a_temporary_file(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    try:
        assert await t.Case.raw("PRAGMA temp_store") == [{"temp_store": 2}]
    finally:
        await database.close()


async def test_on_postgresql_every_table_is_vacuumed_that_says_something_of_a_case(postgres_url: str) -> None:
    database = await open_database(postgres_url)
    try:
        await asked(*await esperanza())
        await scrub()
        rows = await t.Case.raw("SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL")
    finally:
        await database.close()

    said = {"legal_case", "case_key", "client_record", "name_entry", "name_token", "case_match", "offer", "alert"}
    assert said | {"document_piece", "proposal", "settled_pair"} <= {row["relname"] for row in rows}
