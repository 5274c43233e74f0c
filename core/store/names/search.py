"""Which sealed names may be like one: found by the index alone, and only those opened that may be meant."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from core import tables as t
from core.crypto import Keyring
from core.model.conflicts.keys import counted, looked_up, looked_up_beside, pairs_in
from core.model.conflicts.words import Name
from core.store.database import on_postgres
from core.store.names.index import COLUMNS, FROM, PURPOSE, Entry, Row, names_in
from core.store.sealed.clinic_keys import keyring

MOST_OPENED: Final = 3000
"""So many candidates are opened for one search; more share its two words only where those are very common."""
CROWD: Final = 200
"""Where more names of three words or four share the same two with a name, and no further one that sounds alike, only
those are opened that may have a slip there; the others nearly all are other people."""
OF_A_CROWD: Final = (3, 4)
NEEDED: Final = {1: 1, 2: 1, 3: 1, 4: 3}
ALL_OF_FIVE: Final = 6
"""How many keys two names must share, by the words of the shorter one: all but what one broken word costs."""


async def names_like(sought: Sequence[Name], searches: Sequence[int]) -> tuple[list[list[Entry]], bool]:
    """For each of these, the names that may be like it, opened; True: there are more.

    Those that share most keys come first; so many are opened as ``MOST_OPENED`` says for each of the ``searches`` that
    the names belong to. Two statements for all, and one for each name that shares two words with a crowd.
    """
    ring = keyring()
    keys = [(at, looked_up(name)) for at, name in enumerate(sought)]
    asked = [(at, _bound(_tokens(looked, ring)), counted(sought[at])) for at, looked in keys if looked]
    if not asked:
        return [[] for _ in sought], False
    candidates = " UNION ALL ".join(_candidates(at, words) for at, _, words in asked)
    rows = await t.NameToken.raw(
        f"SELECT * FROM ({candidates}) f ORDER BY shared DESC, entry LIMIT {MOST_OPENED * len({*searches}) + 1}",  # noqa: S608 -- numbers
        *(tokens for _, tokens, _ in asked),
    )
    first = _first_of_each(rows, searches)
    likely = await _likelier(first, sought, ring)
    entries = await _entries({row["entry"] for row in likely}, ring)
    found: list[list[Entry]] = [[] for _ in sought]
    for row in likely:
        if row["entry"] in entries:
            found[row["place"]].append(entries[row["entry"]])
    return found, len(first) < len(rows)


def _candidates(place: int, words: int) -> str:
    """Which names share how many tokens, if they are enough for names of so many words."""
    return (
        f"SELECT {place} AS place, entry, words, COUNT(*) AS shared, MIN(token) AS token FROM name_token "  # noqa: S608 -- numbers
        f"WHERE token {_among()} GROUP BY entry, words HAVING COUNT(*) >= "
        f"CASE WHEN words < 4 THEN 1 WHEN words = 4 THEN {_needed(words, 4)} ELSE {_needed(words, 5)} END"
    )


def _first_of_each(rows: Sequence[Row], searches: Sequence[int]) -> list[Row]:
    taken, kept = Counter[int](), []
    for row in rows:
        search = searches[row["place"]]
        taken[search] += 1
        if taken[search] <= MOST_OPENED:
            kept.append(row)
    return kept


async def _likelier(rows: Sequence[Row], sought: Sequence[Name], ring: Keyring) -> Sequence[Row]:
    """Of a crowd that shares two words with a name, only who may be like it in a further one."""
    sharing = Counter((row["place"], row["token"]) for row in rows if _has_one_pair(row))
    crowds: dict[int, dict[int, str]] = {}
    for (at, token), count in sharing.items():
        if count > CROWD and (pair := _pairs(sought[at], ring).get(token)):
            crowds.setdefault(at, {})[token] = pair
    likely = {
        at: await _having(_tokens(looked_up_beside(sought[at], set(pairs.values())), ring))
        for at, pairs in crowds.items()
    }
    return [
        row
        for row in rows
        if not (_has_one_pair(row) and row["token"] in crowds.get(row["place"], ()))
        or row["entry"] in likely[row["place"]]
    ]


def _has_one_pair(row: Row) -> bool:
    return row["shared"] == 1 and row["words"] in OF_A_CROWD


def _pairs(name: Name, ring: Keyring) -> dict[int, str]:
    return {token: pair for key in ring.keys for pair in pairs_in(name) for token in key.tokens(PURPOSE, [pair])}


async def _having(tokens: Iterable[int]) -> set[int]:
    rows = await t.NameToken.raw(f"SELECT entry FROM name_token WHERE token {_among()}", _bound(tokens))  # noqa: S608 -- constants
    return {row["entry"] for row in rows}


async def _entries(wanted: Collection[int], ring: Keyring) -> dict[int, Entry]:
    if not wanted:
        return {}
    rows = await t.NameEntry.raw(f"SELECT {COLUMNS} FROM {FROM} WHERE e.id {_among()}", _bound(wanted))  # noqa: S608 -- constants
    return {row["id"]: entry for row, entry in names_in(rows, ring)}


def _among() -> str:
    """Within a SELECT, PostgreSQL does not count the numbers: where they are many it would read the whole table."""
    return "= ANY ((SELECT {}::bigint[])::bigint[])" if on_postgres() else "IN (SELECT value FROM json_each({}))"


def _bound(numbers: Iterable[int]) -> list[int] | str:
    ordered = sorted(numbers)
    return ordered if on_postgres() else msgspec.json.encode(ordered).decode()


def _tokens(keys: Iterable[str], ring: Keyring) -> set[int]:
    return {token for key in ring.keys for token in key.tokens(PURPOSE, keys)}


def _needed(words: int, of: int) -> int:
    return NEEDED.get(max(1, min(words, of)), ALL_OF_FIVE)
