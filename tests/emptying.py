"""A PostgreSQL database that serves one test after another: emptied, where a copy of its own takes far longer."""

import asyncio
from io import BytesIO
from typing import Any

import asyncpg

from tests.postgres import PrivateCluster

USES = 100
"""How many tests have one database: what they deleted stays in its files, and would slow the later ones down."""

LARGEST = 4 * 2**20
"""Bytes of the tables of a test beyond which a fresh copy costs less than emptying."""

OTHERS = """
    SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""

# Every change of the schema writes at least one row of these anew, with the number of its transaction.
SCHEMA = """
    SELECT string_agg(kind || ' ' || n || ' ' || seen, ', ' ORDER BY kind) FROM (
        SELECT 'relation' AS kind, count(*) AS n, sum(hashtext(oid || ' ' || xmin)) AS seen
        FROM pg_class WHERE oid >= 16384
        UNION ALL SELECT 'column', count(*), sum(hashtext(attrelid || ' ' || attnum || ' ' || xmin))
        FROM pg_attribute WHERE attrelid >= 16384
        UNION ALL SELECT 'constraint', count(*), sum(hashtext(oid || ' ' || xmin)) FROM pg_constraint
        UNION ALL SELECT 'trigger', count(*), sum(hashtext(oid || ' ' || xmin)) FROM pg_trigger
        UNION ALL SELECT 'function', count(*), sum(hashtext(oid || ' ' || xmin)) FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT 'namespace', count(*), sum(hashtext(oid || ' ' || xmin)) FROM pg_namespace
        UNION ALL SELECT 'setting', count(*), sum(hashtext(setdatabase || ' ' || xmin)) FROM pg_db_role_setting
    ) AS looked_at"""

SEQUENCES = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
    WHERE last_value IS NOT NULL"""


class EmptiedDatabase:
    """Databases that are like the template, one at a time: the next ends the one before.

    A database whose schema a test changed, or into which it wrote much, is dropped and made anew.
    """

    def __init__(self, cluster: PrivateCluster, template: str) -> None:
        self._cluster, self._template = cluster, template
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)  # a test's own loop stays the current one
        self._url = ""
        self._uses = 0
        self._connection: Any = None

    def fresh(self) -> str:
        """The URL of a database like the template; whoever is still connected to the one before is thrown out."""
        if not (self._url and self._uses < USES and self._runner.run(self._emptied_or_lost())):
            self._drop()
            self._url, self._uses = self._cluster.create_database(self._template), 0
            self._runner.run(self._look())
        self._uses += 1
        return self._url

    def close(self) -> None:
        """Drop the database and leave nothing running."""
        self._drop()
        self._runner.close()

    def _drop(self) -> None:
        if self._url:
            self._connection.terminate()
            self._cluster.drop_database(self._url)
            self._url = ""

    async def _look(self) -> None:
        """Remember what the database is like before anybody uses it."""
        self._connection = await asyncpg.connect(self._url)
        names = await self._connection.fetch("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        holds = [f"SELECT '{name}' AS name, pg_relation_size('{name}') AS size WHERE EXISTS (SELECT FROM {name})"
                 for (name,) in names]  # fmt: skip
        self._filled = " UNION ALL ".join(holds)
        self._schema = await self._connection.fetchval(SCHEMA)
        self._rows = {
            row["name"]: await self._copied(row["name"]) for row in await self._connection.fetch(self._filled)
        }

    async def _copied(self, table: str) -> bytes:
        rows = BytesIO()
        await self._connection.copy_from_query(f"SELECT * FROM {table}", output=rows, format="binary")
        return rows.getvalue()

    async def _emptied_or_lost(self) -> bool:
        try:
            return await self._emptied()
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):  # a test ended every connection, ours too
            return False

    async def _emptied(self) -> bool:
        """Whether the database is as it was."""
        await self._connection.fetch(OTHERS)
        if await self._connection.fetchval(SCHEMA) != self._schema:
            return False
        filled = {row["name"]: row["size"] for row in await self._connection.fetch(self._filled)}
        if sum(filled.values()) > LARGEST:
            return False
        async with self._connection.transaction():
            await self._connection.execute("SET LOCAL session_replication_role = replica")  # in any order
            await self._connection.execute(";".join(f"DELETE FROM {table}" for table in filled))
            for table, rows in self._rows.items():
                await self._connection.copy_to_table(table, source=BytesIO(rows), format="binary")
            await self._connection.execute(SEQUENCES)
        return True
