"""A fresh, migrated database for each test, on SQLite and on PostgreSQL."""

import asyncio
import base64
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from core.crypto import SECRET_BYTES
from core.store.cases.listings import keep_comparable
from core.store.database import Database, open_database
from core.store.upkeep.migrating import migrate
from tests.emptying import EmptiedDatabase
from tests.postgres import PrivateCluster

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


async def _migrated(url: str) -> None:
    """Where a listing need not be like any other one, so that tests of other things can do with one case."""
    database = await open_database(url)
    try:
        await migrate(database)
        await keep_comparable(1)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "amparo.db"
    asyncio.run(_migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: PrivateCluster) -> str:
    """The URL of a migrated PostgreSQL database to copy."""
    url = postgres_cluster.create_database()
    asyncio.run(_migrated(url))
    return url


@pytest.fixture(scope="session")
def postgres_databases(postgres_cluster: PrivateCluster, postgres_template: str) -> Iterator[EmptiedDatabase]:
    """Migrated PostgreSQL databases, one at a time."""
    databases = EmptiedDatabase(postgres_cluster, postgres_template)
    yield databases
    databases.close()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh, migrated SQLite file that nobody has opened yet."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'amparo.db')}"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic's key as text: PostgreSQL makes none by itself."""
    monkeypatch.setenv("AMPARO_KEY", base64.b64encode(b"k" * SECRET_BYTES).decode())


@pytest.fixture
def postgres_url(postgres_databases: EmptiedDatabase, key: None) -> str:
    """The URL of a fresh, migrated PostgreSQL database that nobody has opened yet; its key is set."""
    return postgres_databases.fresh()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated database of either kind that nobody has opened yet."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def empty_database_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of the same kind without any table."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    cluster: PrivateCluster = request.getfixturevalue("postgres_cluster")
    url = cluster.create_database()
    yield url
    cluster.drop_database(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated, open database."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()
