"""What is known of clients, field by field, sealed with the data key of the case."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from core import tables as t
from core.crypto import Key, Place
from core.envelope import DataKey
from core.model.clients.client import Client, ClientField
from core.model.conflicts.evidence import NUMBERS, number_in
from core.store.bulk import insert_rows
from core.store.clients.holds import require_free
from core.store.keys import new_id
from core.store.sealed.case_keys import key_in, keys_for, known_key
from core.store.sealed.clinic_keys import sealing_key

TABLE: Final = "client_record"


def place(row: UUID) -> Place:
    """Where a field is kept."""
    return Place(TABLE, "value", str(row))


async def write_fields(case: UUID, changes: Mapping[ClientField, str], *, now: datetime) -> None:
    """Write fields of the client of a case; empty: what was known is deleted. Fields that are left out stay.

    Raises Erased, and Held where anything is deleted under a legal hold.
    """
    if not changes:
        return
    r = t.ClientRecord
    was = await r.delete().where(r.case == case, r.field.is_in([str(field) for field in changes])).returning(r.field)
    kept = {field: text for field, text in changes.items() if text}
    if {row["field"] for row in was} - kept.keys():
        await require_free(case)
    await insert_fields({case: kept}, now=now)


async def insert_fields(told: Mapping[UUID, Mapping[ClientField, str]], *, now: datetime) -> None:
    """Write fields of clients of whom they are not known yet, by case; none may be empty. Raises Erased."""
    wanted = {case: fields for case, fields in told.items() if fields}
    keys = await keys_for(wanted, now=now)
    index = await sealing_key() if any({*NUMBERS} & fields.keys() for fields in wanted.values()) else None
    rows = [
        _row(case, field, text, keys[case], index, now)
        for case, fields in wanted.items()
        for field, text in fields.items()
    ]
    await insert_rows(t.ClientRecord, rows)


def _row(case: UUID, field: ClientField, text: str, key: DataKey, index: Key | None, now: datetime) -> dict[str, Any]:
    row, number = new_id(), token_of(field, text, index) if index else None
    return {
        "id": row,
        "case": case,
        "field": str(field),
        "value": key.seal(text, place(row)),
        "token": number,
        "token_key": index.id if index and number is not None else "",
        "changed_at": now,
    }


def token_of(field: ClientField, text: str, key: Key) -> int | None:
    """What stands for an A-number or a telephone number; None for anything else."""
    number = number_in(field, text) if field in NUMBERS else ""
    return key.tokens(f"client {field}", [number])[0] if number else None


async def read_fields(case: UUID, fields: Collection[ClientField]) -> Client:
    """What is known of these fields. For people only through ``core.services.clients.disclosing``, which logs it."""
    r = t.ClientRecord
    rows = await r.select(r.id, r.field, r.value).where(r.case == case, r.field.is_in([str(field) for field in fields]))
    key = await known_key(case)
    if key is None:
        return {}
    return {ClientField(row["field"]): key.open(row["value"], place(row["id"])) for row in rows}


async def births_of(cases: Collection[UUID]) -> dict[UUID, date]:
    """When the clients of these cases were born, for counting deadlines; who was erased or has no date is left out."""
    if not cases:
        return {}
    rows = await t.ClientRecord.raw(
        'SELECT r."case", r.id, r.value, k.id AS key_row, k.wrapped FROM client_record r '  # noqa: S608 -- placeholders
        'JOIN case_key k ON k."case" = r."case" AND k.shredded_at IS NULL '
        f'WHERE r.field = {{}} AND r."case" IN ({", ".join("{}" for _ in cases)})',
        str(ClientField.BIRTH_DATE),
        *cases,
    )
    found = {row["case"]: key_in(row["key_row"], row["wrapped"]).open(row["value"], place(row["id"])) for row in rows}
    return {case: day for case, text in found.items() if (day := day_in(text))}


def day_in(text: str) -> date | None:
    """A day as it is kept of a client; None where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def fields_known(case: UUID) -> frozenset[ClientField]:
    """Which fields are known, without opening any."""
    return (await fields_known_of([case]))[case]


async def fields_known_of(cases: Collection[UUID]) -> dict[UUID, frozenset[ClientField]]:
    """The same of several cases. One statement."""
    r = t.ClientRecord
    rows = await r.select(r.case, r.field).where(r.case.is_in(list(cases))) if cases else []
    known: dict[UUID, set[ClientField]] = {case: set() for case in cases}
    for row in rows:
        known[row["case"]].add(ClientField(row["field"]))
    return {case: frozenset(fields) for case, fields in known.items()}
