"""What the search is held against: the same name exactly, and a scan of trigrams over all names in clear text.

The scan is that of PostgreSQL's pg_trgm (``similarity``: trigrams shared by trigrams in both, each word padded): in
PostgreSQL the extension's own, without an index, and on SQLite the same in Python while the names are read. "In memory"
has made the sets of trigrams before and keeps them all: faster, and it needs every name in clear in every process.
"""

from typing import Final

from core import tables as t
from core.model.conflicts.words import read_name
from core.store.database import on_postgres, slow_reads

ALIKE: Final = 0.5
"""From which similarity on a name is a hit: the least that keeps the scan as precise as the search."""


def trigrams(text: str) -> frozenset[str]:
    """The trigrams of a text, as pg_trgm makes them."""
    padded = [f"  {word} " for word in text.casefold().replace(",", " ").replace("-", " ").split()]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of all trigrams both have."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared or 1)


async def exactly(text: str) -> list[int]:
    """The names that are the same but for accents, capitals, particles and order, by an index in clear text."""
    rows = await t.Case.raw("SELECT id FROM clear_name WHERE folded = {}", read_name(text).key)
    return [row["id"] for row in rows]


async def scanned(text: str) -> list[int]:
    """The names whose trigrams are like those of a text: every name is read and compared."""
    if on_postgres():
        rows = await t.Case.raw(f"SELECT id FROM clear_name WHERE similarity(name, {{}}) >= {ALIKE}", text)
        return [row["id"] for row in rows]
    sought = trigrams(text)
    async with slow_reads():
        rows = await t.Case.raw("SELECT id, name FROM clear_name")
    return [row["id"] for row in rows if similarity(sought, trigrams(row["name"])) >= ALIKE]


def scanned_in_memory(text: str, names: list[frozenset[str]]) -> list[int]:
    """The same over sets that are in memory already, in the order of their numbers."""
    sought = trigrams(text)
    return [number for number, one in enumerate(names, 1) if similarity(sought, one) >= ALIKE]
