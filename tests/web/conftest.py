"""The portal for tests of pages, on both databases."""

from collections.abc import AsyncIterator

import pytest

from tests.web.portal import Portal, open_portal


@pytest.fixture
async def portal(database_url: str) -> AsyncIterator[Portal]:
    """The portal on a fresh database."""
    async with open_portal(database_url) as opened:
        yield opened


@pytest.fixture
async def sqlite_portal(sqlite_url: str) -> AsyncIterator[Portal]:
    """The portal on SQLite alone, for what does not depend on the database: what a browser makes of a page."""
    async with open_portal(sqlite_url) as opened:
        yield opened
