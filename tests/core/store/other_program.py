"""Another program on the same database: ``python -m tests.core.store.other_program migrate|count URL``."""

import asyncio
import sys

from core import tables as t
from core.store.database import open_database, transaction
from core.store.upkeep.migrating import migrate

ROUNDS = 50


async def migrated(url: str) -> str:
    """Migrate; tell how many migrations this program applied."""
    database = await open_database(url)
    try:
        return str(len(await migrate(database)))
    finally:
        await database.close()


async def counted(url: str) -> str:
    """Read the setting ``count`` and write it back one higher, ``ROUNDS`` times."""
    database = await open_database(url)
    try:
        for _ in range(ROUNDS):
            async with transaction():
                held = t.Setting.select(t.Setting.value).where(t.Setting.key == "count")
                (row,) = await (held.lock_rows() if database.dialect == "postgres" else held)
                await t.Setting.update({t.Setting.value: str(int(row["value"]) + 1)}).where(t.Setting.key == "count")
        return str(ROUNDS)
    finally:
        await database.close()


async def start(command: str, url: str) -> str:
    """Run this module in a process of its own; return what it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, command, url, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().strip()


if __name__ == "__main__":
    sys.stdout.write(asyncio.run({"migrate": migrated, "count": counted}[sys.argv[1]](sys.argv[2])))
