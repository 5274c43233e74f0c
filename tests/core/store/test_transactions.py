"""What a transaction promises when tasks, cancellation and failing statements get in its way."""

import asyncio
import traceback
from uuid import UUID

import pytest

from core import tables as t
from core.errors import ConstraintBroken, Duplicate, StoreBusy, StoreError
from core.store import database as database_module
from core.store.bulk import insert_rows
from core.store.database import Database, open_database, transaction
from tests.core.store.rows import NOW, add_account, emails


async def test_tasks_within_a_transaction_share_its_fate(database: Database) -> None:
    async def fail() -> None:
        async with transaction():
            await asyncio.gather(*(add_account(f"{number}@example.org") for number in range(10)))
            assert await t.Account.count() == 10
            raise RuntimeError("after all")

    with pytest.raises(RuntimeError, match="after all"):
        await fail()
    assert await emails() == []


async def test_a_task_that_outlives_its_transaction_is_refused(database: Database) -> None:
    over = asyncio.Event()

    async def straggle() -> None:
        await over.wait()
        await add_account()

    async with transaction():
        straggler = asyncio.create_task(straggle())
    over.set()
    with pytest.raises(StoreError, match="a transaction that is over"):
        await straggler
    assert await emails() == []


async def test_a_failed_statement_condemns_the_transaction_even_if_it_is_caught(database: Database) -> None:
    await add_account("ana@example.org")

    async def swallow() -> None:
        async with transaction():
            await add_account("berta@example.org")
            with pytest.raises(Duplicate):
                await add_account("ana@example.org")

    with pytest.raises(StoreError, match="none of it was saved"):
        await swallow()
    assert await emails() == ["ana@example.org"]


async def test_after_a_failed_statement_the_next_one_says_so(database: Database) -> None:
    async def go_on() -> None:
        async with transaction():
            with pytest.raises(ConstraintBroken):
                await t.Session.insert(t.Session(id="x", account=t.new_id(), created_at=NOW, seen_at=NOW))
            await add_account()

    with pytest.raises(StoreError, match="A statement of this transaction failed"):
        await go_on()
    assert await emails() == []


async def test_cancelling_one_statement_condemns_the_transaction(database: Database) -> None:
    async def impatient() -> None:
        async with transaction():
            many = [{"id": t.new_id(), "email": f"{at}@example.org", "created_at": NOW} for at in range(1000)]
            statement = asyncio.create_task(insert_rows(t.Account, many))
            await asyncio.sleep(0)
            statement.cancel()
            await asyncio.wait([statement])

    with pytest.raises(StoreError, match="none of it was saved"):
        await impatient()
    await add_account("berta@example.org")
    assert await emails() == ["berta@example.org"]


async def test_cancelling_whoever_waits_for_a_transaction_leaves_it_to_the_next(database: Database) -> None:
    first_is_in, first_may_go = asyncio.Event(), asyncio.Event()

    async def write(email: str) -> None:
        async with transaction():
            await add_account(email)
            first_is_in.set()
            await first_may_go.wait()

    first = asyncio.create_task(write("first@example.org"))
    await first_is_in.wait()
    waiting = [asyncio.create_task(write(f"{number}@example.org")) for number in range(20)]
    await asyncio.sleep(0)
    for task in waiting[::2]:
        task.cancel()
    first_may_go.set()
    await asyncio.wait([first, *waiting])
    expected = ["first@example.org", *(f"{number}@example.org" for number in range(1, 20, 2))]
    assert await emails() == sorted(expected)


async def test_a_duplicate_is_named_without_its_values(database: Database) -> None:
    address = f"{t.new_id()}@example.org"
    await add_account(address)
    with pytest.raises(Duplicate, match="Nothing was changed") as refusal:
        await add_account(address)
    assert address not in "".join(traceback.format_exception(refusal.value))


async def test_text_that_is_too_long_is_refused(database: Database) -> None:
    with pytest.raises(ConstraintBroken):
        await add_account("x" * 255)
    assert await emails() == []


async def test_a_statement_that_the_database_does_not_understand_is_a_store_error(database: Database) -> None:
    with pytest.raises(StoreError, match="The database cannot do this"):
        await t.Account.raw("SELECT nonsense FROM account")


async def test_a_writer_that_waits_too_long_is_told_that_the_database_is_busy(database_url: str) -> None:
    """Two openings of one database stand for two programs."""
    patient, hasty = await open_database(database_url), await open_database(database_url, patience=0.05)
    lock = "UPDATE account SET active = true" if patient.dialect == "sqlite" else "LOCK TABLE account"
    try:
        async with patient.transaction():
            await patient.engine.run_ddl(lock)
            with pytest.raises(StoreBusy, match="Nothing was changed"):
                await add_account()
        await add_account("berta@example.org")
        assert await emails() == ["berta@example.org"]
    finally:
        await hasty.close()
        await patient.close()


async def test_a_writer_that_never_gets_its_turn_is_told_so_too(database_url: str) -> None:
    database = await open_database(database_url, patience=0.05)

    async def add_one(email: str) -> None:
        async with transaction():
            await t.Setting.update({t.Setting.value: email}).where(t.Setting.key == "turn")

    async def hold() -> None:
        async with transaction():
            await t.Setting.update({t.Setting.value: '"held"'}).where(t.Setting.key == "turn")
            held.set()
            await let_go.wait()

    held, let_go = asyncio.Event(), asyncio.Event()
    try:
        await t.Setting.insert(t.Setting(key="turn", value='"free"'))
        holder = asyncio.create_task(hold())
        await held.wait()
        with pytest.raises(StoreBusy):
            await add_one('"mine"')
        let_go.set()
        await holder
        await add_one('"mine"')
    finally:
        await database.close()


async def test_of_two_transactions_that_wait_for_each_other_one_is_told_so(postgres_url: str) -> None:
    """On PostgreSQL; SQLite's one writer cannot come into this."""
    database = await open_database(postgres_url)
    both_hold_one = asyncio.Barrier(2)

    async def rename(first: UUID, second: UUID) -> None:
        async with transaction():
            await t.Account.update({t.Account.name: "Berta"}).where(t.Account.id == first)
            await both_hold_one.wait()
            await t.Account.update({t.Account.name: "Berta"}).where(t.Account.id == second)

    try:
        one, two = await add_account("one@example.org"), await add_account("two@example.org")
        ends = await asyncio.gather(rename(one, two), rename(two, one), return_exceptions=True)
        assert [type(end) for end in ends if end is not None] == [StoreBusy]
        assert await t.Account.count().where(t.Account.name == "Berta") == 2
    finally:
        await database.close()


async def test_after_closing_every_query_says_that_the_database_is_closed(database: Database) -> None:
    await database.close()
    with pytest.raises(StoreError, match="was closed"):
        await t.Account.count()
    with pytest.raises(StoreError, match="was closed"):
        await add_account()
    with pytest.raises(StoreError, match="No database is open"):
        async with transaction():
            pass


def test_no_two_kinds_of_work_wait_for_the_same_lock() -> None:
    """Two of one number would wait for each other, or for ever, where one is taken before the audit chain's."""
    locks = [number for name, number in vars(database_module).items() if name.endswith("_LOCK")]
    assert len(locks) > 5
    assert len(set(locks)) == len(locks)
