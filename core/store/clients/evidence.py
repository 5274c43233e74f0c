"""By which A-numbers and telephone numbers clients are found without opening any: a blind index beside each field."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from core import tables as t
from core.crypto import Keyring
from core.model.clients.client import ClientField
from core.model.conflicts.evidence import NUMBERS, Evidence, number_in
from core.store.clients.clients import births_of, day_in, place, token_of
from core.store.sealed.case_keys import keys_of
from core.store.sealed.clinic_keys import keyring


async def with_same_number(given: Mapping[ClientField, str]) -> set[UUID]:
    """The cases whose clients have this A-number or this telephone number."""
    wanted = _tokens(given)
    if not wanted:
        return set()
    rows = await t.ClientRecord.select(t.ClientRecord.case, t.ClientRecord.field, t.ClientRecord.token).where(
        t.ClientRecord.token.is_in(sorted(wanted))
    )
    return {row["case"] for row in rows if wanted[row["token"]] == row["field"]}


async def compared(given: Mapping[ClientField, str], cases: Collection[UUID]) -> dict[UUID, Evidence]:
    """For the clients of these cases, which of these fields are the same as what is given and which are others."""
    found: dict[UUID, dict[ClientField, bool]] = {}
    wanted, r = _tokens(given), t.ClientRecord
    if cases and wanted:
        fields = sorted({str(field) for field in wanted.values()})
        known = r.case.is_in(list(cases)) & r.token.is_not_null() & r.field.is_in(fields)
        for row in await r.select(r.case, r.field, r.token).where(known):
            found.setdefault(row["case"], {})[ClientField(row["field"])] = row["token"] in wanted
    if cases and (born := day_in(given.get(ClientField.BIRTH_DATE, ""))):
        for case, day in (await births_of(cases)).items():
            found.setdefault(case, {})[ClientField.BIRTH_DATE] = day == born
    return {**found}


def _tokens(given: Mapping[ClientField, str]) -> dict[int, ClientField]:
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
