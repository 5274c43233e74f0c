"""Rotating the clinic's key: everything is made anew while it goes on, and an old key goes when nothing needs it."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from core import tables as t
from core.crypto import KeyMissing
from core.errors import BadInput, NotAllowed
from core.key_files import drop_keys, fresh_key, put_key_first, read_keys
from core.model.clients.client import ClientField, Purpose
from core.model.people import SYSTEM, Actor
from core.model.vocabulary import AccountRole
from core.services.cases import intake
from core.services.clients.disclosing import read_client
from core.services.clients.writing import correct_client
from core.services.conflicts import kept_off
from core.services.conflicts.name_search import find_people
from core.services.keys.rotating import Step, StillNeeded, rotate, standings
from core.store import audit
from core.store.database import Database, open_database, transaction
from core.store.keys import new_id
from core.store.sealed.case_keys import shred
from core.store.sealed.clinic_keys import sealing_key, uses_of_keys
from core.store.upkeep import renewing
from tests import worlds
from tests.worlds import NOW

F = ClientField


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "clinic.key"
    file.write_text(fresh_key() + "\n")
    file.chmod(0o600)
    return file


@pytest.fixture
async def clinic(database_url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database whose key is in a file."""
    monkeypatch.delenv("AMPARO_KEY", raising=False)
    database = await open_database(database_url, key_file=str(key_file))
    yield database
    await database.close()


async def clients(count: int) -> list[UUID]:
    """Cases, each with a client and an organisation on the other side."""
    by, keys = await worlds.coordinator(), list[UUID]()
    for number in range(count):
        case = worlds.case(f"NM-{number}")
        await intake.receive_case(case, client={F.NAME: f"Client {number}"}, by=by, now=NOW)
        await worlds.against(case.id, f"Acme {number} Inc.")
        keys.append(case.id)
    return keys


def ids(file: Path) -> list[str]:
    return [key.id for key in read_keys(file.read_text(), "file").keys]


async def rotated(*, keep: bool = False, batch: int = 200) -> list[Step]:
    return [step async for step in rotate(by=SYSTEM, clock=lambda: NOW, keep=keep, batch=batch)]


async def names_of(cases: list[UUID]) -> list[str]:
    by = await worlds.coordinator()
    return [(await read_client(case, (F.NAME,), purpose=Purpose.CONTACT, by=by, now=NOW))[F.NAME] for case in cases]


async def test_a_rotation_makes_everything_anew_and_drops_the_old_key(clinic: Database, key_file: Path) -> None:
    cases, (old,) = await clients(5), ids(key_file)
    vera = await worlds.joined(worlds.attorney(firm="ACME 3, INC"))

    steps = await rotated(batch=2)

    (new,) = ids(key_file)
    assert new != old
    assert set(await uses_of_keys()) == {new}
    assert await names_of(cases) == [f"Client {number}" for number in range(5)]
    assert await kept_off.cases_kept_from(vera.id) == {cases[3]}
    assert [(step.done, step.of) for step in steps if step.name == "data keys of cases"] == [(2, 5), (4, 5), (5, 5)]
    told = [(event.kind, event.detail) for event in await audit.events() if event.kind.startswith("key")]
    assert told == [
        ("key_added", {"first": new, "others": old}),
        ("keys_rotated", {"first": new, "others": old, "kept": False}),
    ]


async def test_what_was_interrupted_goes_on_with_the_same_key_and_a_crash_anywhere_loses_nothing(
    clinic: Database, key_file: Path
) -> None:
    cases, (old,) = await clients(6), ids(key_file)
    seen = list[list[str]]()
    for steps in range(1, 5):
        rotating = rotate(by=SYSTEM, clock=lambda: NOW, batch=1)
        for _ in range(steps):
            await anext(rotating)
        await rotating.aclose()  # as after a kill: nothing but the database and the file is left
        assert await names_of(cases) == [f"Client {number}" for number in range(6)]
        seen.append(ids(key_file))

    await rotated()

    assert all(before == after and before[1] == old for before, after in pairwise(seen))
    assert ids(key_file) == [seen[0][0]]
    assert set(await uses_of_keys()) == {seen[0][0]}


async def test_what_is_received_while_a_rotation_goes_on_is_made_with_the_new_key(
    clinic: Database, key_file: Path
) -> None:
    await clients(3)
    async for _ in rotate(by=SYSTEM, clock=lambda: NOW, batch=1):
        await intake.receive_case(
            worlds.case(), client={F.NAME: "Somebody new"}, by=await worlds.coordinator(), now=NOW
        )

    assert set(await uses_of_keys()) == set(ids(key_file))
    assert len(ids(key_file)) == 1


async def test_an_old_key_stays_while_anything_needs_it_that_nothing_makes_anew(
    clinic: Database, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clients(2)
    monkeypatch.setattr("core.services.keys.rotating.RENEWED", (renewing.CaseKeys(),))
    (old,) = ids(key_file)

    with pytest.raises(StillNeeded, match=f"{old} for name_entry.key"):
        await rotated()

    assert old in ids(key_file)


async def test_a_key_that_is_not_at_hand_is_named_and_nothing_is_dropped(clinic: Database, key_file: Path) -> None:
    await clients(1)
    (lost,) = ids(key_file)
    put_key_first(key_file, fresh_key())
    drop_keys(key_file, [lost])
    before = ids(key_file)

    with pytest.raises(KeyMissing, match=f"sealed with the key {lost}"):
        await rotated()

    assert ids(key_file) == before
    assert [(one.id == lost, one.at_hand, one.needed) for one in await standings()] == [
        (False, True, False),
        (True, False, True),
    ]


async def test_a_shredded_key_is_passed_over(clinic: Database, key_file: Path) -> None:
    cases = await clients(2)
    async with transaction():
        await shred(cases[0], now=NOW)

    await rotated()

    assert [one.uses["case_key.key"] for one in await standings()] == [1]


async def test_keys_that_are_given_are_rotated_by_giving_a_new_one_first(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = fresh_key(), fresh_key()

    async def at(keys: str) -> Database:
        monkeypatch.setenv("AMPARO_KEY", keys)
        return await open_database(database_url)

    database = await at(old)
    cases = await clients(2)
    with pytest.raises(BadInput, match="let it give a new key first"):
        await rotated()
    await database.close()

    database = await at(f"{new} {old}")
    await rotated()
    await database.close()

    database = await at(new)
    assert await names_of(cases) == ["Client 0", "Client 1"]
    await database.close()


async def test_old_keys_can_be_kept_for_a_person_to_take_out(clinic: Database, key_file: Path) -> None:
    await clients(1)
    await rotated(keep=True)
    new, _old = ids(key_file)
    assert set(await uses_of_keys()) == {new}

    await rotated()
    assert ids(key_file) == [new]


async def test_only_staff_may_rotate(clinic: Database) -> None:
    somebody = Actor(label="Alma", account=new_id(), roles=(AccountRole.VOLUNTEER,), volunteer=new_id())
    with pytest.raises(NotAllowed):
        await anext(rotate(by=somebody, clock=lambda: NOW))


@pytest.mark.postgres
async def test_a_rotation_waits_for_whoever_seals_with_the_key_of_before(
    postgres_url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AMPARO_KEY", raising=False)
    database = await open_database(postgres_url, key_file=str(key_file))
    go = asyncio.Event()

    async def rotating() -> None:
        await go.wait()
        await rotated()

    try:
        task, (old,) = asyncio.create_task(rotating()), ids(key_file)
        async with transaction():
            assert (await sealing_key()).id == old
            go.set()
            while not await somebody_waits():
                continue
            assert ids(key_file) == [old]
            case = worlds.case()
            await intake.receive_case(case, client={F.NAME: "Late"}, by=SYSTEM, now=NOW)
        await task
        assert old not in ids(key_file)
        assert await names_of([case.id]) == ["Late"]
    finally:
        await database.close()


async def somebody_waits() -> bool:
    rows = await t.CaseKey.raw("SELECT COUNT(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    return bool(rows[0]["n"])


async def test_names_are_found_and_conflicts_hold_at_every_step_of_a_rotation(clinic: Database, key_file: Path) -> None:
    cases, by = await clients(3), await worlds.coordinator()
    vera = await worlds.joined(worlds.attorney(firm="ACME 1, INC"))
    people = ("Esperanza Xol Caal", "Domingo Tzoc Cucul", "Juana Pérez Ixcoy")
    for case, name in zip(cases, people, strict=True):
        await correct_client(case, {F.NAME: name}, by=by, now=NOW)

    async for _ in rotate(by=SYSTEM, clock=lambda: NOW, batch=1):
        for case, name in zip(cases, ("Esperansa Xol", "Tzoc Cucul Domingo", "Juana Perez"), strict=True):
            assert [one.case.id for one in (await find_people(name, by=by, now=NOW)).people] == [case]
        assert await kept_off.cases_kept_from(vera.id) == {cases[1]}

    assert len(ids(key_file)) == 1
