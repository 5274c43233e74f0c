"""By which A-numbers and telephone numbers clients are found without opening any: a blind index beside each field."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core import tables as t
from core.crypto import Keyring
from core.model.clients.client import ClientField
from core.model.conflicts.evidence import NUMBERS, Evidence, number_in
from core.store.clients.clients import births_of, day_in, place, token_of
from core.store.sealed.case_keys import keys_of
from core.store.sealed.clinic_keys import keyring

Given = Mapping[ClientField, str]
"""What is told of somebody who may be a client already."""


async def with_same_number(given: Given) -> set[UUID]:
    """The cases whose clients have this A-number or this telephone number."""
    return (await with_same_numbers([given]))[0]


async def with_same_numbers(given: Sequence[Given]) -> list[set[UUID]]:
    """The same for many people. One statement."""
    wanted, r = [_tokens(one) for one in given], t.ClientRecord
    sought = sorted({token for one in wanted for token in one})
    rows = await r.select(r.case, r.field, r.token).where(r.token.is_in(sought)) if sought else []
    holders = defaultdict[int, list[tuple[UUID, str]]](list)
    for row in rows:
        holders[row["token"]].append((row["case"], row["field"]))
    return [{case for token, field in one.items() for case, held in holders[token] if held == field} for one in wanted]


async def compared(given: Given, cases: Collection[UUID]) -> dict[UUID, Evidence]:
    """For the clients of these cases, which of these fields are the same as what is given and which are others."""
    return (await compared_each([(given, cases)]))[0]


async def compared_each(pairs: Sequence[tuple[Given, Collection[UUID]]]) -> list[dict[UUID, Evidence]]:
    """The same for many people, each with the cases to compare. Two statements at most."""
    numbers = await _numbers_of({case for one, cases in pairs if _has_number(one) for case in cases})
    births = await births_of({case for one, cases in pairs if _born(one) for case in cases})
    return [_compared(one, cases, numbers, births) for one, cases in pairs]


Numbers = Mapping[UUID, Mapping[ClientField, int]]


def _compared(
    given: Given, cases: Collection[UUID], numbers: Numbers, births: Mapping[UUID, date]
) -> dict[UUID, Evidence]:
    wanted, born, found = _tokens(given), _born(given), dict[UUID, Evidence]()
    fields = set(wanted.values())
    for case in cases:
        same = {field: token in wanted for field, token in numbers.get(case, {}).items() if field in fields}
        if born and case in births:
            same[ClientField.BIRTH_DATE] = births[case] == born
        if same:
            found[case] = same
    return found


async def _numbers_of(cases: Collection[UUID]) -> Numbers:
    """What stands for the numbers of these clients."""
    r, found = t.ClientRecord, defaultdict[UUID, dict[ClientField, int]](dict)
    if not cases:
        return found
    for row in await r.select(r.case, r.field, r.token).where(r.case.is_in(list(cases)), r.token.is_not_null()):
        found[row["case"]][ClientField(row["field"])] = row["token"]
    return found


def _has_number(given: Given) -> bool:
    return any(number_in(field, given.get(field, "")) for field in NUMBERS)


def _born(given: Given) -> date | None:
    return day_in(given.get(ClientField.BIRTH_DATE, ""))


def _tokens(given: Given) -> dict[int, ClientField]:
    """What stands for the numbers that are given, under each key there is."""
    numbers = [(field, text) for field, text in given.items() if field in NUMBERS and number_in(field, text)]
    keys = keyring().keys if numbers else ()
    made = ((token_of(field, text, key), field) for field, text in numbers for key in keys)
    return {token: field for token, field in made if token is not None}


async def renew_numbers(keys: Keyring, *, after: UUID, limit: int) -> Sequence[UUID]:
    """Index the next numbers that another key than the first one has indexed anew; the rows looked at."""
    r = t.ClientRecord
    old = r.token.is_not_null() & (r.token_key != keys.first.id) & (r.id > after)
    rows = await r.select(r.id, r.case, r.field, r.value, r.token_key).where(old).order_by(r.id).limit(limit)
    seals = await keys_of({row["case"] for row in rows})
    for row in rows:
        columns: dict[Any, Any] = {r.token: None, r.token_key: ""}
        if row["case"] in seals:
            text = seals[row["case"]].open(row["value"], place(row["id"]))
            columns = {r.token: token_of(ClientField(row["field"]), text, keys.first), r.token_key: keys.first.id}
        await r.update(columns).where(r.id == row["id"], r.token_key == row["token_key"])
    return [row["id"] for row in rows]


async def numbers_behind(first: str) -> int:
    """How many numbers another key has indexed."""
    r = t.ClientRecord
    return int(await r.count().where(r.token.is_not_null(), r.token_key != first))
