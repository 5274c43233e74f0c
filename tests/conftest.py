"""What every test may ask for: a PostgreSQL server of its own worker, a browser, a page."""

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, Page

from core.logs import configure_by
from core.services.accounts import signing_in
from tests.browser import chromium, open_page
from tests.databases import (
    database,
    database_url,
    empty_database_url,
    key,
    postgres_databases,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)
from tests.matched_here import matched_here
from tests.postgres import PrivateCluster
from tests.programs import left_out

__all__ = [
    "database",
    "database_url",
    "empty_database_url",
    "key",
    "matched_here",
    "postgres_databases",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]

# How long an example takes says how busy the machine is, and nothing about what a test is for.
settings.register_profile("amparo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("amparo")

# The fixtures and marks by which a test says that it needs a program.
NEEDS = {"postgres_cluster": "postgres", "postgres": "postgres", "browser": "chromium"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and say so, the tests of programs that ``AMPARO_SKIP`` names. Without it nothing is left out."""
    unwanted = left_out()
    dropped = [item for item in items if _needs(item) & unwanted]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if not _needs(item) & unwanted]


def _needs(item: pytest.Item) -> set[str]:
    names = {*getattr(item, "fixturenames", ()), *(mark.name for mark in item.iter_markers())}
    return {NEEDS[name] for name in names & NEEDS.keys()}


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PrivateCluster]:
    """A running private server; ``create_database()`` gives each caller a fresh one."""
    with PrivateCluster() as cluster:
        yield cluster


@pytest.fixture(scope="session", autouse=True)
def passwords_hashed_quickly() -> Iterator[None]:
    """A hash of a password takes a tenth of a second and 64 MiB, on purpose; here it takes nothing."""
    quick = PasswordHasher.from_parameters(CHEAPEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing_in, "_hasher", lambda: quick)
        yield


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command that was run in this process says how the process logs: that ends with its test."""
    yield
    configure_by(None)
    structlog.reset_defaults()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A fresh Chromium."""
    async with chromium() as started:
        yield started


@pytest.fixture
async def page(browser: Browser) -> Page:
    """A desktop page, 1280 px wide; ``tests.browser.open_page`` opens others."""
    return await open_page(browser)
