"""The clinic's keys, which seal the data keys of cases and make the blind indexes; and what still needs an old one."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, Final

from piccolo.columns import Column, Text, Varchar
from piccolo.table import Table

from core.crypto import FORM, Key, Keyring
from core.store.database import KEYS_LOCK, current, share, slow_reads
from core.tables import TABLES
from core.tables.keys import KEY_ID, names_key

SHORTEST: Final = 60
"""No sealed value is shorter: the form, the id of the key, a nonce, a tag and the base64 of it all."""
Uses = dict[str, dict[str, int]]
"""By the id of a key: how many values need it, by table and column."""


def keyring() -> Keyring:
    """The clinic's keys, for the open database; KeyMissing says what to do."""
    return current().keys.keyring()


async def sealing_key() -> Key:
    """The key for what is new. It is not dropped before the running transaction ends, nor what it made is missed.

    Everything that is sealed with the clinic's key, or indexed with it, is made with what this gives.
    """
    await share(KEYS_LOCK)
    return keyring().first


async def uses_of_keys() -> Uses:
    """Which keys the database needs and what for, found in the data themselves: nothing can be forgotten in a list.

    Reads every text once, away from the event loop.
    """
    uses: Uses = defaultdict(Counter)
    async with slow_reads():
        for table in TABLES:
            for column in table._meta.columns:
                for key, count in await _uses_in(table, column):
                    uses[key][f"{table._meta.tablename}.{column._meta.db_column_name}"] += count
    return uses


async def _uses_in(table: type[Table], column: Column) -> list[tuple[str, int]]:
    name = column._meta.db_column_name
    if names_key(column):
        found, where = f'"{name}"', f"\"{name}\" <> ''"
    elif _may_be_sealed(column):
        found, where = f'substr("{name}", 3, {KEY_ID})', f"\"{name}\" LIKE '{FORM}.{'_' * KEY_ID}.%'"
    else:
        return []
    rows = await table.raw(
        f'SELECT {found} AS found, COUNT(*) AS n FROM "{table._meta.tablename}" WHERE {where} GROUP BY {found}'  # noqa: S608 -- names of columns
    )
    return [(row["found"], row["n"]) for row in rows if re.fullmatch("[0-9a-f]{8}", row["found"])]


def keys_named(table: type[Table], row: Mapping[str, Any]) -> set[str]:
    """The keys that one row of a table says it needs."""
    return {row[column._meta.name] for column in table._meta.columns if names_key(column)} - {""}


def _may_be_sealed(column: Column) -> bool:
    return isinstance(column, Text) or (isinstance(column, Varchar) and (column.length or SHORTEST) >= SHORTEST)
