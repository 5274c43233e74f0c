"""Write the first migration from the tables: ``python tools/first_migration.py``. Only before the first release."""

import asyncio
import sys
from pathlib import Path

from piccolo.engine.postgres import PostgresEngine
from piccolo.engine.sqlite import SQLiteEngine

from core.store.migrating import SEPARATOR
from core.store.schema import statements
from core.tables import TABLES


class _Unconnected(PostgresEngine):
    """An engine that only lends its dialect."""

    async def check_version(self) -> None:
        return None

    async def prep_database(self) -> None:
        return None


async def main(folder: Path) -> None:
    """Write one file for each dialect into ``folder``."""
    for dialect, engine in (("sqlite", SQLiteEngine(path=":memory:")), ("postgres", _Unconnected(config={}))):
        for table in TABLES:
            table._meta.db = engine
        folder.joinpath(f"0001_first.{dialect}.sql").write_text(
            SEPARATOR.join(statements()) + SEPARATOR, encoding="utf-8"
        )


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(root))
    asyncio.run(main(root / "core" / "migrations"))
