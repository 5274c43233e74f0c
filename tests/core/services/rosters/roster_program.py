"""Applies the previewed run of a database: ``python -m tests.core.services.rosters.roster_program URL CALL``.

At its CALL-th look at the clock, which is within a transaction, it says so and stays there until it is killed.
"""

import asyncio
import sys
from datetime import datetime

from core.model.people import SYSTEM
from core.model.rosters.changes import RosterRun
from core.queries.rosters.lists import roster_standings
from core.services.rosters.applying import apply_run
from core.store.database import open_database
from tests.worlds import NOW


async def the_run() -> RosterRun:
    """The last run of the only roster."""
    (roster,) = await roster_standings()
    assert roster.last is not None
    return roster.last


async def main(url: str, call: int) -> None:
    """Apply, and stop in the middle."""
    calls = 0

    def clock() -> datetime:
        nonlocal calls
        calls += 1
        if calls == call:
            sys.stdout.write("middle\n")
            sys.stdout.flush()
            sys.stdin.read()
        return NOW

    await open_database(url)
    await apply_run(await the_run(), by=SYSTEM, clock=clock)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
