"""The portal on SQLite alone, for what does not depend on the database."""

from collections.abc import AsyncIterator

import pytest

from tests.web.portal import Portal, open_portal


@pytest.fixture
async def sqlite_portal(sqlite_url: str) -> AsyncIterator[Portal]:
    """The portal on a fresh SQLite database."""
    async with open_portal(sqlite_url) as opened:
        yield opened
