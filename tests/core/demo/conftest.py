"""The demo world for all modules that look at it; their tests are one ``xdist_group``, so that it is built once."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from core.demo.world import build
from core.store.database import Database, open_database
from tests.worlds import clinic

TODAY = date(2026, 11, 24)


async def built_at(url: str) -> None:
    database = await open_database(url)
    at = clinic(demo=True)
    try:
        await build(at, today=TODAY)
    finally:
        at.host.close()
        await database.close()


@pytest.fixture(scope="session")
def world_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo world, built once."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("demo") / "demo.db"))
    asyncio.run(built_at(f"sqlite:///{path}"))
    return path


@pytest.fixture
async def world(world_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A copy of the demo world with its key, open."""
    path = shutil.copy(world_file, tmp_path / "demo.db")
    shutil.copy(f"{world_file}.key", f"{path}.key")
    database = await open_database(f"sqlite:///{path}")
    yield database
    await database.close()
