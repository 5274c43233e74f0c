"""What speaks for two clients being one beside their names: numbers found through a blind index, and days of birth."""

from uuid import UUID

import pytest
from structlog.testing import capture_logs

from core import tables as t
from core.model.clients.client import Client, ClientField
from core.model.conflicts.evidence import number_in
from core.model.people import SYSTEM
from core.services.cases import intake
from core.services.checks.coordinators import check_of
from core.services.clients.writing import correct_client
from core.services.conflicts.name_search import Found, find_people
from core.store.clients.evidence import numbers_behind, renew_numbers
from core.store.database import Database, transaction
from core.store.sealed.clinic_keys import keyring
from core.store.upkeep.renewing import NOTHING
from tests import worlds
from tests.worlds import NOW, case

F = ClientField


async def client(ref: str, **known: str) -> UUID:
    """A case with a client of whom this is known."""
    new = case(ref)
    await intake.receive_case(new, client={F(field): text for field, text in known.items()}, by=SYSTEM, now=NOW)
    return new.id


async def found(name: str, given: Client) -> list[Found]:
    return list((await find_people(name, given=given, by=await worlds.coordinator(), now=NOW)).people)


@pytest.mark.parametrize(
    ("field", "text", "number"),
    [
        (F.A_NUMBER, "A 012-345-678", "012345678"),
        (F.A_NUMBER, "a12345678", "012345678"),
        (F.A_NUMBER, "A1234567890", ""),
        (F.A_NUMBER, "none yet", ""),
        (F.PHONE, "+1 (505) 555-0134, her sister", "5055550134"),
        (F.PHONE, "505.555.0134 or 505 555 0199", "5055550134"),
        (F.PHONE, "extension 12", ""),
    ],
)
def test_a_number_is_compared_by_its_digits(field: ClientField, text: str, number: str) -> None:
    assert number_in(field, text) == number


async def test_a_client_with_the_same_number_is_found_under_another_name(database: Database) -> None:
    hers = await client("NM-1", name="Rosa Canario Pérez", a_number="A012345678", phone="505 555 0134")
    await client("NM-2", name="Elena Tzoc", a_number="A099999999", phone="505 555 0134 ")

    with capture_logs() as logged:
        (one,) = await found("Juana Ixcoy Pop", {F.A_NUMBER: "12345678"})
    assert (one.case.id, one.name, one.likeness, dict(one.evidence)) == (
        hers,
        "Rosa Canario Pérez",
        None,
        {F.A_NUMBER: True},
    )
    assert {one.case.ref for one in await found("", {F.PHONE: "+1 505 555-0134"})} == {"NM-1", "NM-2"}
    assert await found("", {F.PHONE: "505 555 0000"}) == []
    kept = [row for table in t.TABLES for row in await table.select()]
    assert not any(number in f"{kept}{logged}" for number in ("12345678", "5550134", "555 0134"))


async def test_among_many_of_one_name_who_was_born_on_the_day_stands_first(database: Database) -> None:
    for number in range(13):
        await client(f"NM-{number}", name="Rosa Canario Pérez", birth_date=f"1990-01-{number + 1:02}")

    first, *others = await found("Rosa Canario Pérez", {F.BIRTH_DATE: "1990-01-13"})
    assert (first.case.ref, dict(first.evidence)) == ("NM-12", {F.BIRTH_DATE: True})
    assert {one.evidence[F.BIRTH_DATE] for one in others} == {False}


async def test_what_was_compared_is_in_the_log_once(database: Database) -> None:
    await client("NM-1", name="Rosa Canario Pérez", birth_date="1990-01-01")
    by = await worlds.coordinator()
    for given in ({}, {F.BIRTH_DATE: "1990-01-01"}, {F.BIRTH_DATE: "1990-01-02"}):
        await find_people("Rosa Canario", given=given, by=by, now=NOW)

    fields = [row["fields"] for row in await t.Disclosure.select(t.Disclosure.fields).order_by(t.Disclosure.id)]
    assert ["birth_date" in one for one in fields] == [False, True]


async def test_a_number_that_was_corrected_finds_her_and_the_old_one_does_not(database: Database) -> None:
    hers = await client("NM-1", name="Rosa Canario", phone="505 555 0134")
    await correct_client(hers, {F.PHONE: "505 555 0199"}, by=SYSTEM, now=NOW)

    assert await found("", {F.PHONE: "505 555 0134"}) == []
    assert len(await found("", {F.PHONE: "505 555 0199"})) == 1


async def test_the_conflict_check_says_what_speaks_for_one_client_or_two(database: Database) -> None:
    hers = await client("NM-1", name="Rosa Canario", phone="505 555 0134", birth_date="1990-01-01")
    other = await client("NM-2", name="Rosa Canario", phone="505 555 0134", birth_date="1991-01-01")

    check = await check_of(hers, by=SYSTEM, now=NOW)
    assert check.evidence == {other: {F.PHONE: True, F.BIRTH_DATE: False}}


async def test_who_has_the_same_number_stands_before_those_who_only_may_be_the_same(database: Database) -> None:
    hers = await client("NM-1", name="Rosa Canario", phone="505 555 0134")
    others = [
        await client(f"NM-{number}", name="Rosa Canario Pérez", phone=f"505 555 000{number}") for number in (2, 3)
    ]
    same = await client("NM-4", name="Rosa Canario Pérez", phone="505 555 0134")

    check = await check_of(hers, by=SYSTEM, now=NOW, limit=1)
    assert [group.case for group in check.groups] == [same]
    assert check.count == len([same, *others])


async def test_numbers_are_indexed_anew_with_a_new_key(database: Database) -> None:
    await client("NM-1", name="Rosa Canario", phone="505 555 0134")
    await t.ClientRecord.update({t.ClientRecord.token: 1, t.ClientRecord.token_key: "old"}, force=True).where(
        t.ClientRecord.token.is_not_null()
    )
    ring = keyring()
    assert await numbers_behind(ring.first.id) == 1

    async with transaction():
        assert len(await renew_numbers(ring, after=NOTHING, limit=10)) == 1
    assert await numbers_behind(ring.first.id) == 0
    assert len(await found("", {F.PHONE: "505 555 0134"})) == 1
