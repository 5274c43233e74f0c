"""The index of sealed names: what stands for each name, and which names may be like one, opened to be graded.

The index knows 64 bits of an HMAC for each two words of a name, never a word of its own where a name has two. What it
tells to somebody who has the file and not the key is in docs/conflicts.md.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Key, Keyring, Place
from core.envelope import DataKey
from core.model.conflicts.hits import NameKind
from core.model.conflicts.keys import counted, kept_keys
from core.model.conflicts.organisations import organisation_key
from core.model.conflicts.words import Name, kept_text, name_kept, read_name, read_names
from core.store.bulk import insert_rows
from core.store.database import on_postgres
from core.store.sealed.case_keys import opened
from core.store.sealed.clinic_keys import keyring, sealing_key

PURPOSE: Final = "name"
EXACT: Final = "whole name"
TABLE: Final = "name_entry"
NUMBER_BITS: Final = 63
Row = dict[str, Any]


class Entry(msgspec.Struct, frozen=True):
    """One name of the index, opened."""

    id: int
    kind: NameKind
    name: Name
    case: UUID | None = None
    party: UUID | None = None
    listed: UUID | None = None
    is_alias: bool = False


def place(row: int) -> Place:
    """Where the name of an entry is kept."""
    return Place(TABLE, "name", str(row))


def exact_key(name: str) -> str:
    """What stands for a whole name: a company without its legal form, a person in any order; empty where nothing is."""
    return " ".join(sorted(organisation_key(name).split())) or read_name(name).key


def exact_tokens(names: Iterable[str], keys: Keyring) -> set[int]:
    """What stands for these whole names, and for each where one is written as two, under each key there is."""
    each = (written for name in names for written in (name, *(one.written for one in read_names(name))))
    wanted = {key for written in each if (key := exact_key(written))}
    return {token for key in keys.keys for token in key.tokens(EXACT, wanted)}


async def insert_name(
    name: Name,
    *,
    kind: NameKind,
    seal: DataKey | None,
    case: UUID | None = None,
    party: UUID | None = None,
    listed: UUID | None = None,
    is_alias: bool = False,
) -> int:
    """Let a name be found from now on; ``seal`` is the key of its case, None: the clinic's own. Two statements."""
    (number,) = await insert_names([Naming(name, kind, seal, case, party, listed, is_alias)])
    return number


class Naming(msgspec.Struct, frozen=True):
    """A name that is to be found, as ``insert_name`` has it."""

    name: Name
    kind: NameKind
    seal: DataKey | None
    case: UUID | None = None
    party: UUID | None = None
    listed: UUID | None = None
    is_alias: bool = False


async def insert_names(names: Sequence[Naming]) -> list[int]:
    """Let many names be found from now on; their entries, in this order."""
    if not names:
        return []
    first = await sealing_key()
    numbers = [secrets.randbits(NUMBER_BITS) for _ in names]
    await insert_rows(t.NameEntry, [_row(number, one, first) for number, one in zip(numbers, names, strict=True)])
    await _insert_tokens(((number, one.name) for number, one in zip(numbers, names, strict=True)), first)
    return numbers


def _row(number: int, one: Naming, first: Key) -> Row:
    return {
        "id": number,
        "case": one.case,
        "party": one.party,
        "listed": one.listed,
        "kind": str(one.kind),
        "is_alias": one.is_alias,
        "name": (one.seal or first).seal(kept_text(one.name), place(number)),
        "exact": first.tokens(EXACT, [exact_key(one.name.written)])[0],
        "key": first.id,
    }


async def _insert_tokens(named: Iterable[tuple[int, Name]], key: Key) -> None:
    """Write what stands for the keys of entries, with one value for all: a JSON text of whole numbers in threes."""
    made = (
        (token, entry, counted(name)) for entry, name in named for token in key.tokens(PURPOSE, sorted(kept_keys(name)))
    )
    one_by_one = "jsonb_array_elements({}::jsonb)" if on_postgres() else "json_each({})"
    values = (f"value->>{at}" if on_postgres() else f"json_extract(value, '$[{at}]')" for at in range(3))
    whole = ", ".join(f"CAST({value} AS BIGINT)" for value in values)
    await t.NameToken.raw(
        f"INSERT INTO name_token (token, entry, words) SELECT {whole} FROM {one_by_one}",  # noqa: S608 -- constants
        msgspec.json.encode(list(made)).decode(),
    )


async def reindex(entry: Entry, first: Key) -> None:
    """Let a name be found by this key, which also seals it anew where no case does."""
    e = t.NameEntry
    await t.NameToken.delete().where(t.NameToken.entry == entry.id)
    columns: dict[Any, Any] = {e.key: first.id, e.exact: first.tokens(EXACT, [exact_key(entry.name.written)])[0]}
    if entry.case is None:
        columns[e.name] = first.seal(kept_text(entry.name), place(entry.id))
    await e.update(columns).where(e.id == entry.id)
    await _insert_tokens([(entry.id, entry.name)], first)


async def delete_names(case: UUID, *, kind: NameKind | None = None, is_alias: bool | None = None) -> None:
    """Let names of a case not be found any more: all of them, or those of one kind."""
    e = t.NameEntry
    query = e.delete().where(e.case == case)
    if kind is not None:
        query = query.where(e.kind == str(kind))
    if is_alias is not None:
        query = query.where(e.is_alias == is_alias)
    await query


COLUMNS: Final = (
    'e.id, e.kind, e."case", e.party, e.listed, e.is_alias, e.name, k.id AS key_row, k.wrapped, k.shredded_at'
)
FROM: Final = 'name_entry e LEFT JOIN case_key k ON k."case" = e."case"'


async def names_of(case: UUID) -> list[Entry]:
    """The names of a case, opened, in no order."""
    return (await names_by_case([case]))[case]


async def names_by_case(cases: Collection[UUID]) -> dict[UUID, list[Entry]]:
    """The same for many cases; one without any is there too."""
    found: dict[UUID, list[Entry]] = {case: [] for case in cases}
    if cases:
        marks = ", ".join("{}" for _ in cases)
        rows = await t.NameEntry.raw(f'SELECT {COLUMNS} FROM {FROM} WHERE e."case" IN ({marks})', *cases)  # noqa: S608 -- placeholders
        for row, entry in names_in(rows):
            found[row["case"]].append(entry)
    return found


async def outdated(key: str, *, after: int, limit: int) -> dict[int, Entry | None]:
    """The next names whose index was made with another key than this one, opened; None: it cannot be read any more."""
    rows = await t.NameEntry.raw(
        f"SELECT {COLUMNS} FROM {FROM} WHERE e.key <> {{}} AND e.id > {{}} ORDER BY e.id LIMIT {limit}",  # noqa: S608 -- constants
        key,
        after,
    )
    read = {entry.id: entry for _, entry in names_in(rows)}
    return {row["id"]: read.get(row["id"]) for row in rows}


async def delete_name(entry: int) -> None:
    """Let one name not be found any more."""
    await t.NameEntry.delete().where(t.NameEntry.id == entry)


def names_in(rows: Sequence[Row], keys: Keyring | None = None) -> Iterator[tuple[Row, Entry]]:
    """The rows with the names that can be read; what was shredded is nobody's name any more."""
    ring = keys or (keyring() if rows else None)
    cases: dict[UUID, DataKey] = {}
    for row in rows:
        if ring is not None and (row["case"] is None or (row["wrapped"] and not row["shredded_at"])):
            yield row, _entry(row, _text(row, ring, cases))


def _text(row: Row, ring: Keyring, cases: dict[UUID, DataKey]) -> str:
    case = row["case"]
    if case is None:
        return ring.open(row["name"], place(row["id"]))
    if case not in cases:
        cases[case] = opened(row["key_row"], row["wrapped"], ring)
    return cases[case].open(row["name"], place(row["id"]))


def _entry(row: Row, text: str) -> Entry:
    return Entry(
        id=row["id"],
        kind=NameKind(row["kind"]),
        name=name_kept(text),
        case=row["case"],
        party=row["party"],
        listed=row["listed"],
        is_alias=row["is_alias"],
    )
