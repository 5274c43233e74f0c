"""The portal for tests of clients' pages: its way out is known, and it names a telephone."""

from collections.abc import AsyncIterator

import pytest

from tests.web.portal import Portal, open_portal

EXIT = "https://weather.example/"
PHONE = "505 555 0100"


@pytest.fixture
async def portal(sqlite_url: str) -> AsyncIterator[Portal]:
    """The portal on a fresh database; the verbs behind its pages are tried on both kinds elsewhere."""
    async with open_portal(sqlite_url, exit_url=EXIT, help_phone=PHONE) as opened:
        yield opened
