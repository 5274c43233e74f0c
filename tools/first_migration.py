"""Write the first migration from the tables: ``python tools/first_migration.py``. Only before the first release.

Once a database of somebody exists, the first migration is history: changes of the tables get a pair of files of
their own, and the test that tables and migrations agree says when one is missing.
"""

from pathlib import Path

from piccolo.engine.postgres import PostgresEngine
from piccolo.engine.sqlite import SQLiteEngine

from core.store.engines.schema import statements
from core.store.upkeep.migrating import SEPARATOR
from core.tables import TABLES


class _Unconnected(PostgresEngine):
    """An engine that only lends its dialect."""

    async def check_version(self) -> None:
        return None


def main(folder: Path) -> None:
    """Write one file for each dialect into ``folder``."""
    for dialect, engine in (("sqlite", SQLiteEngine(path=":memory:")), ("postgres", _Unconnected(config={}))):
        for table in TABLES:
            table._meta.db = engine
        text = SEPARATOR.join(statements(dialect)) + SEPARATOR
        folder.joinpath(f"0001_first.{dialect}.sql").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(__file__).resolve().parent.parent / "core" / "migrations")
