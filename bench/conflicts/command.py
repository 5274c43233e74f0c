"""Conflict search over sealed parties: how fast, how complete, how precise, beside a search and a scan in clear text.

Each search is for a name of one of the parties, written anew at random; seeds are fixed. A hit is right where it is the
party meant, or one of the very same name, which nobody tells apart by name. Recall is the share of searches that find
the party meant. Precision is the mean over searches of the share of hits that are right; "of all hits" counts hits of
all searches together, so that few searches for very common names outweigh many.
"""

import argparse
import asyncio
import base64
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from bench.conflicts import references
from bench.conflicts.people import Party, parties
from bench.conflicts.sealed import fill
from bench.conflicts.variants import variant
from core import tables as t
from core.crypto import SECRET_BYTES
from core.model.conflicts.grading import Grade
from core.model.conflicts.words import read_name
from core.services.conflicts.name_search import likest_to
from core.store.database import on_postgres, open_database
from core.store.upkeep.migrating import migrate
from tests.postgres import PrivateCluster

PARTIES: Final = 200_000
SEARCHES: Final = 1000
SCANS: Final = 40
"""So many searches are scanned: each takes about a second."""
SEED: Final = 6
WARM_UP: Final = 20
Search = Callable[[str], Awaitable[Sequence[int]]]


class Asked(msgspec.Struct, frozen=True):
    """A name to look for: how it is written, which party is meant, and how many words it has."""

    text: str
    party: int
    words: int


class Result(msgspec.Struct, frozen=True):
    """What a search found, and how many seconds it took: on the clock, of this process, and of PostgreSQL's."""

    found: tuple[int, ...]
    clock: float
    processor: float
    served: float


def asked(people: Sequence[Party], count: int, random: Random) -> list[Asked]:
    """So many names to look for."""
    made = []
    for _ in range(count):
        number = random.randrange(len(people))
        text = variant(people[number], random)
        made.append(Asked(text, number + 1, len(read_name(text).full)))
    return made


async def run(search: Search, names: Sequence[Asked]) -> list[Result]:
    """Search for each name, one after the other."""
    for one in names[:WARM_UP]:
        await search(one.text)
    results, server = [], await server_processes()
    for one in names:
        served, clock, processor = spent_by(server), time.perf_counter(), time.process_time()
        found = await search(one.text)
        spent = time.perf_counter() - clock, time.process_time() - processor
        results.append(Result(tuple(found), *spent, spent_by(server) - served))
    return results


async def server_processes() -> tuple[Path, ...]:
    """Where Linux says what the processes have spent that serve us on a PostgreSQL of this machine."""
    rows = (
        await t.Case.raw("SELECT pid FROM pg_stat_activity WHERE datname = current_database()") if on_postgres() else []
    )
    places = (Path(f"/proc/{row['pid']}/schedstat") for row in rows)
    return tuple(place for place in places if place.exists())


def spent_by(processes: Sequence[Path]) -> float:
    """Seconds of the processor that these have spent."""
    return sum(int(place.read_text().split()[0]) for place in processes) / 1e9


async def sealed(text: str) -> list[int]:
    """The search of the portal: looked up in the blind index, opened, graded."""
    ((found,), _) = await likest_to([read_name(text)])
    return [entry.id for entry, _likeness in found]


async def likely(text: str) -> list[int]:
    """The same, of the upper two grades alone."""
    ((found,), _) = await likest_to([read_name(text)])
    return [entry.id for entry, likeness in found if likeness.grade > Grade.POSSIBLE]


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Table:
    """Prints a line for each search, measured by the keys of the parties' names."""

    def __init__(self, people: Sequence[Party]) -> None:
        self._keys = [read_name(one.written).key for one in people]
        self.slow: dict[str, float] = {}
        heads = ("", "p50", "p95", "p99", "of the processor p95", "recall", "precision", "of all hits", "hits")
        print("{:<34}{:>10}{:>10}{:>10}{:>23}{:>9}{:>11}{:>13}{:>8}".format(*heads))

    def line(self, name: str, names: Sequence[Asked], results: Sequence[Result]) -> None:
        """One line, times in milliseconds."""
        clock = [1e3 * one.clock for one in results]
        share = _percentile([1e3 * (one.processor + one.served) for one in results], 0.95)
        self.slow[name] = _percentile(clock, 0.95)
        right = [self._right(*pair) for pair in zip(names, results, strict=True)]
        shares = [share for share, _, one in zip(*zip(*right, strict=True), results, strict=True) if one.found]
        hits = sum(len(one.found) for one in results)
        found = sum(one.party in result.found for one, result in zip(names, results, strict=True))
        print(
            f"{name:<34}{_percentile(clock, 0.5):>10.2f}{self.slow[name]:>10.2f}{_percentile(clock, 0.99):>10.2f}"
            f"{share:>20.2f} ms{found / len(names):>9.4f}"
            f"{sum(shares) / (len(shares) or 1):>11.3f}"
            f"{sum(count for _, count in right) / (hits or 1):>13.3f}{hits / len(names):>8.1f}",
            flush=True,
        )

    def _right(self, one: Asked, result: Result) -> tuple[float, int]:
        """Which share of the hits is right, and how many are."""
        count = sum(self._keys[hit - 1] == self._keys[one.party - 1] for hit in result.found)
        return count / (len(result.found) or 1), count


@contextmanager
def place_of(database: str, folder: Path) -> Iterator[str]:
    """The URL of a new database in this folder, of one on a PostgreSQL server that ends with this, or the one given."""
    if database != "postgres":
        yield database or f"sqlite:///{folder / 'amparo.db'}"
        return
    with PrivateCluster() as server:
        yield server.create_database()


async def measure(database: str, key: Path, *, count: int, searches: int, scans: int, seed: int) -> None:
    """Fill a new database and print the table."""
    random = Random(seed)
    people = parties(count, random)
    opened = await open_database(database, key_file=str(key))
    try:
        await migrate(opened)
        began = time.process_time()
        await fill(people)
        spent = time.process_time() - began
        print(f"{count:,} parties sealed and indexed in {spent:.0f} s of processor time, seed {seed}")
        await _compare(people, asked(people, searches, random), scans)
    finally:
        await opened.close()


async def _compare(people: Sequence[Party], names: Sequence[Asked], scans: int) -> None:
    table = Table(people)
    table.line("sealed, every grade", names, await run(sealed, names))
    table.line("sealed, very like and same", names, await run(likely, names))
    for words in (2, 3, 4):
        some = [one for one in names if one.words == words]
        table.line(f"  sealed, names of {words} words", some, await run(sealed, some))
    table.line("clear text, exactly the same", names, await run(references.exactly, names))
    few = names[:scans]
    table.line("clear text, trigram scan", few, await run(references.scanned, few))
    if not on_postgres():
        sets = [references.trigrams(one.written) for one in people]

        async def in_memory(text: str) -> list[int]:
            return references.scanned_in_memory(text, sets)

        table.line("  trigrams kept in memory", few, await run(in_memory, few))
    scan, search = table.slow["clear text, trigram scan"], table.slow["sealed, every grade"]
    print(f"At the 95th percentile the scan takes {scan / search:.1f} times as long as the sealed search.")


def main(options: Sequence[str] = ()) -> None:
    """Measure on SQLite, on a PostgreSQL of its own, or in the new database that ``--database`` names."""
    parser = argparse.ArgumentParser(prog="python -m bench conflicts", description=__doc__)
    parser.add_argument(
        "--database", default="", help="postgres: a server for this alone; or the URL of an empty database"
    )
    parser.add_argument("--parties", type=int, default=PARTIES)
    parser.add_argument("--searches", type=int, default=SEARCHES)
    parser.add_argument("--scans", type=int, default=SCANS)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(options)
    numbers = {"count": chosen.parties, "searches": chosen.searches, "scans": chosen.scans, "seed": chosen.seed}
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as name, place_of(chosen.database, Path(name)) as database:
        key = Path(name) / "bench.key"
        key.write_bytes(base64.b64encode(os.urandom(SECRET_BYTES)))
        key.chmod(0o600)
        asyncio.run(measure(database, key, **numbers))
