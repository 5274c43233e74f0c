"""A database of sealed parties, and beside it the same names in clear text for the references alone."""

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final
from uuid import UUID

import msgspec

from bench.conflicts.people import Party
from bench.portal.waiting import NOW
from core import tables as t
from core.crypto import Key, Place
from core.envelope import DataKey
from core.model.cases.case import Case
from core.model.conflicts.hits import NameKind
from core.model.conflicts.keys import counted, kept_keys
from core.model.conflicts.words import kept_text, read_name
from core.model.people import SYSTEM
from core.model.states import CaseState
from core.model.vocabulary import Forum, PracticeArea
from core.services.cases.intake import receive_case
from core.store.database import on_postgres, transaction
from core.store.keys import new_id
from core.store.names.index import EXACT, PURPOSE, exact_key, place
from core.store.sealed.clinic_keys import keyring

A_CASE: Final = 4
"""So many parties has a case."""
AT_ONCE: Final = 20_000
COLUMNS: Final = {
    "case_key": {"id": "uuid", "case": "uuid", "wrapped": "", "key": "", "made_at": "timestamptz"},
    "party": {"id": "uuid", "case": "uuid", "role": "", "name": "", "other_names": "", "added_at": "timestamptz"},
    "name_entry": {
        "id": "bigint",
        "case": "uuid",
        "party": "uuid",
        "kind": "",
        "name": "",
        "exact": "bigint",
        "key": "",
    },
    "name_token": {"token": "bigint", "entry": "bigint", "words": "smallint"},
    "clear_name": {"id": "bigint", "name": "", "folded": ""},
}
"""The columns that are filled, each with its type where it is no text."""
Rows = list[list[Any]]


async def fill(parties: Sequence[Party]) -> None:
    """Seal every party with the key of its case and index it, as the portal does, in bulk; in clear beside it."""
    model = await _first_case()
    if on_postgres():
        await t.Case.raw("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    await t.Case.raw("CREATE TABLE clear_name (id BIGINT PRIMARY KEY, name TEXT, folded TEXT)")
    numbered = enumerate(parties, 1)
    while batch := list(islice(numbered, AT_ONCE)):
        async with transaction():
            await _put_batch(batch, model, keyring().first)
    await t.Case.raw("CREATE INDEX clear_name_folded ON clear_name (folded)")
    await t.Case.raw("VACUUM ANALYZE" if on_postgres() else "ANALYZE")  # as PostgreSQL does by itself in a while


async def _first_case() -> UUID:
    case = Case(
        id=new_id(),
        ref="B-0",
        state=CaseState.RECEIVED,
        practice_area=PracticeArea.ASYLUM,
        skill_level=2,
        languages=("es",),
        forum=Forum.EOIR,
        received=NOW.date(),
    )
    await receive_case(case, by=SYSTEM, now=NOW)
    return case.id


async def _put_batch(batch: list[tuple[int, Party]], model: UUID, key: Key) -> None:
    cases: Rows = []
    keys: Rows = []
    parties: Rows = []
    entries: Rows = []
    tokens: Rows = []
    clear: Rows = []
    seal, case = DataKey.fresh(), new_id()
    for number, party in batch:
        if number % A_CASE == 1:
            seal, case, row = DataKey.fresh(), new_id(), new_id()
            cases.append([str(case), f"B-{number}"])
            keys.append(
                [
                    str(row),
                    str(case),
                    seal.wrapped(key, Place("case_key", "wrapped", str(row))),
                    key.id,
                    NOW.isoformat(),
                ]
            )
        row, name = new_id(), read_name(party.written)
        sealed = seal.seal(name.written, Place("party", "name", str(row)))
        parties.append([str(row), str(case), "adverse", sealed, "", NOW.isoformat()])
        exact = key.tokens(EXACT, [exact_key(name.written)])[0]
        kept = seal.seal(kept_text(name), place(number))
        entries.append([number, str(case), str(row), str(NameKind.ADVERSE), kept, exact, key.id])
        tokens += [[token, number, counted(name)] for token in key.tokens(PURPOSE, kept_keys(name))]
        clear.append([number, name.written, name.key])
    await _put_cases(cases, model)
    for table, rows in (
        ("case_key", keys),
        ("party", parties),
        ("name_entry", entries),
        ("name_token", tokens),
        ("clear_name", clear),
    ):
        await _put(table, COLUMNS[table], rows)


async def _put_cases(rows: Rows, model: UUID) -> None:
    """Copies of one case, each with an id and a reference of its own."""
    same = [
        f'"{one._meta.db_column_name}"' for one in t.Case._meta.columns if one._meta.name not in ("id", "reference")
    ]
    names = ", ".join(same)
    values = ", ".join(f"c.{name}" for name in same)
    await t.Case.raw(
        f"INSERT INTO legal_case (id, reference, {names}) SELECT {_value(0, 'uuid')}, {_value(1, '')}, {values} "
        f"FROM legal_case c, {_each()} WHERE c.id = {{}}",
        _json(rows),
        model,
    )


async def _put(table: str, columns: dict[str, str], rows: Rows) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(_value(at, kind) for at, kind in enumerate(columns.values()))
    await t.Case.raw(f"INSERT INTO {table} ({names}) SELECT {values} FROM {_each()}", _json(rows))


def _value(at: int, kind: str) -> str:
    if on_postgres():
        return f"CAST(j.value->>{at} AS {kind})" if kind else f"j.value->>{at}"
    return f"json_extract(j.value, '$[{at}]')"


def _each() -> str:
    return "jsonb_array_elements({}::jsonb) AS j(value)" if on_postgres() else "json_each({}) AS j"


def _json(rows: Rows) -> str:
    return msgspec.json.encode(rows).decode()
