"""Transactions and connections, the same on both databases."""

import asyncio
import threading

import pytest

from core import tables as t
from core.store.database import Database, open_database, transaction
from core.store.engines.postgres import AmparoPostgres
from tests.core.store.rows import NOW, add_account, emails


async def test_values_come_back_as_they_went(database: Database) -> None:
    key = await add_account()
    row = await t.Account.select().where(t.Account.id == key).first()
    assert row == {
        "id": key,
        "email": "ana@example.org",
        "name": "Ana",
        "password_hash": "x",
        "active": True,
        "created_at": NOW,
    }


async def test_what_fails_half_way_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with transaction():
            await add_account()
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        await fail()
    assert await t.Account.count() == 0


async def test_an_inner_transaction_joins_the_outer_one(database: Database) -> None:
    async def fail() -> None:
        async with transaction():
            async with transaction():
                await add_account()
            raise RuntimeError("after the inner one")

    with pytest.raises(RuntimeError, match="inner"):
        await fail()
    assert await t.Account.count() == 0


async def test_a_reader_neither_waits_for_a_writer_nor_sees_its_half_work(database: Database) -> None:
    written, look = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await add_account()
            written.set()
            await look.wait()

    writer = asyncio.create_task(write())
    await written.wait()
    assert await t.Account.count() == 0
    look.set()
    await writer
    assert await t.Account.count() == 1


async def test_cancelling_within_a_transaction_rolls_it_back_and_the_next_one_works(database: Database) -> None:
    written = asyncio.Event()

    async def write() -> None:
        async with transaction():
            await add_account()
            written.set()
            await asyncio.Event().wait()

    writer = asyncio.create_task(write())
    await written.wait()
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer
    await add_account("berta@example.org")
    assert await emails() == ["berta@example.org"]


async def test_a_connection_comes_back_to_the_pool_out_of_any_transaction(postgres_url: str) -> None:
    database = await open_database(postgres_url)
    try:
        assert isinstance(database.engine, AmparoPostgres)
        left = await database.engine.take()
        await left.execute("BEGIN; CREATE TABLE nothing ()")
        await database.engine.give_back(left)
        assert await t.Account.raw("SELECT to_regclass('nothing') IS NULL AS gone") == [{"gone": True}]
        await add_account()
    finally:
        await database.close()


async def test_of_a_hundred_conditional_updates_exactly_one_wins(database: Database) -> None:
    key = await add_account()

    async def rename(number: int) -> bool:
        query = t.Account.update({t.Account.name: f"taken {number}"}).where(
            t.Account.id == key, t.Account.name == "Ana"
        )
        async with transaction():
            return bool(await query.returning(t.Account.id))

    assert sum(await asyncio.gather(*(rename(number) for number in range(100)))) == 1


async def test_closing_leaves_no_thread_behind(database: Database) -> None:
    await add_account()
    await database.close()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("amparo")] == []
