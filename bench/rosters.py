"""A bar's roster of half a million rows: its preview beside reading the file and nothing else, and applying it.

The file is in the shape of New York's open data and read by the built-in plugin for folders. Each figure is of a
process of its own, its peak memory included. The reference is ``csv.DictReader`` over the same file, row by row,
nothing kept. ``python -m bench rosters --rows 50000`` measures a smaller one.
"""

import argparse
import asyncio
import csv
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from bench.apart import Spent, Watch, apart
from bench.roster_files import write_roster
from core.host import PluginHost
from core.model.people import SYSTEM
from core.model.rosters.changes import RosterRun
from core.queries.rosters.lists import roster_standings
from core.services.clinic import Clinic
from core.services.rosters import syncing
from core.services.rosters.applying import apply_run
from core.services.runs.proposing import utc_now
from core.settings import Settings
from core.store.database import open_database
from core.store.upkeep.migrating import migrate
from web.cli import log_to_stderr

NAME: Final = "new-york"
ROWS: Final = 500_000
CHANGED: Final = 1_000
MOST_TIMES: Final = 6.0
MOST_MEBIBYTES: Final = 300.0
MOST_OF_PREVIEW: Final = 0.1


class Order(msgspec.Struct, frozen=True):
    """Which file is to be read, and the database where its roster is kept."""

    file: str
    database: str = ""


class Found(msgspec.Struct, frozen=True):
    """What it took, and how many rows or changes there were."""

    spent: Spent
    count: int


def main(words: Sequence[str] = ()) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(prog="python -m bench rosters", description=__doc__)
    options.add_argument("--rows", type=int, default=ROWS)
    rows = options.parse_args(words).rows
    with TemporaryDirectory() as folder:
        old, new = Path(folder, "old.csv"), Path(folder, "new.csv")
        write_roster(old, rows)
        write_roster(new, rows, changed=CHANGED)
        url = f"sqlite:///{folder}/amparo.db"
        tell("read by csv.DictReader", reading := apart(read, Order(str(new))))
        tell("first preview, all new", apart(preview, Order(str(old), url)))
        tell("first apply, all new", apart(apply, Order(str(old), url)))
        tell(f"preview, {CHANGED:,} changed", again := apart(preview, Order(str(new), url)))
        tell(f"apply of {again.count:,} changes", applied := apart(apply, Order(str(new), url)))
    judge("preview, times DictReader", again.spent.processor / reading.spent.processor, MOST_TIMES)
    judge("preview, peak MiB", again.spent.mebibytes, MOST_MEBIBYTES)
    judge("apply, of the preview", applied.spent.processor / again.spent.processor, MOST_OF_PREVIEW)


def tell(what: str, found: Found) -> None:
    """One line of the table."""
    spent = found.spent
    print(
        f"{what:<26} {found.count:>9,}   {spent.processor:7.2f} s processor  {spent.clock:7.2f} s  "
        f"{spent.mebibytes:6.0f} MiB",
        flush=True,
    )


def judge(what: str, value: float, most: float) -> None:
    """Whether a figure is what it must be."""
    print(f"{what:<26} {value:9.2f}   at most {most:g}: {'PASS' if value <= most else 'short'}")


def read(order: Order) -> Found:
    """Read the file and keep nothing."""
    watch = Watch()
    with Path(order.file).open(newline="", encoding="utf-8") as file:
        count = sum(1 for _ in csv.DictReader(file))
    return Found(watch.spent(), count)


def preview(order: Order) -> Found:
    """Preview the roster, as the command does."""
    return asyncio.run(_preview(order))


async def _preview(order: Order) -> Found:
    async with _clinic(order) as clinic:
        watch = Watch()
        run = await syncing.preview(NAME, clinic=clinic, by=SYSTEM, clock=utc_now)
        return Found(watch.spent(), run.tally.changes)


def apply(order: Order) -> Found:
    """Apply what was previewed last."""
    return asyncio.run(_apply(order))


async def _apply(order: Order) -> Found:
    async with _clinic(order):
        run = await _last()
        watch = Watch()
        await apply_run(run, by=SYSTEM, clock=utc_now)
        return Found(watch.spent(), run.tally.changes)


async def _last() -> RosterRun:
    (roster,) = await roster_standings()
    assert roster.last is not None
    return roster.last


@asynccontextmanager
async def _clinic(order: Order) -> AsyncIterator[Clinic]:
    log_to_stderr()
    described = Path(order.file).with_suffix(".toml")
    described.write_text(f"[{NAME}]\nkind = 'folder'\npreset = 'new-york'\npath = '{order.file}'\n", encoding="utf-8")
    settings = Settings(database=order.database, rosters=str(described))
    database = await open_database(settings.database)
    await migrate(database)
    host = PluginHost.load(["plugins.rosters.folder"], settings=settings, entry_points=False)
    try:
        yield Clinic(settings=settings, host=host)
    finally:
        host.close()
        await database.close()
