"""The suite's own footing: the private PostgreSQL server and the browser really run."""

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from playwright.async_api import Browser, Page

from tests.browser import PHONE, accessibility_faults, open_page, scrolls_sideways
from tests.emptying import EmptiedDatabase
from tests.postgres import PrivateCluster
from tests.programs import MissingProgramError, chromium_program, left_out


async def test_every_test_gets_a_database_of_its_own(postgres_cluster: PrivateCluster) -> None:
    first, second = postgres_cluster.create_database(), postgres_cluster.create_database()
    await _execute(first, "CREATE TABLE seen (id int)")

    assert await _tables(first) == ["seen"]
    assert await _tables(second) == []


async def test_a_database_copies_its_template(postgres_cluster: PrivateCluster) -> None:
    template = postgres_cluster.create_database()
    await _execute(template, "CREATE TABLE migrated (id int)")

    assert await _tables(postgres_cluster.create_database(template)) == ["migrated"]


@pytest.fixture
def emptied(postgres_cluster: PrivateCluster) -> Iterator[EmptiedDatabase]:
    """Databases like one with two tables, one of them empty."""
    template = postgres_cluster.create_database()
    asyncio.run(_execute(template, "CREATE TABLE kind (name text PRIMARY KEY)", "INSERT INTO kind VALUES ('a')"))
    asyncio.run(_execute(template, "CREATE TABLE thing (id serial PRIMARY KEY, kind text REFERENCES kind)"))
    databases = EmptiedDatabase(postgres_cluster, template)
    yield databases
    databases.close()


def test_a_database_that_was_used_is_emptied_and_holds_what_its_template_does(emptied: EmptiedDatabase) -> None:
    first = emptied.fresh()
    asyncio.run(_execute(first, "UPDATE kind SET name = 'b'", "INSERT INTO thing (kind) VALUES ('b'), (NULL)"))

    second = emptied.fresh()
    assert second == first
    assert asyncio.run(_rows(second, "SELECT name FROM kind")) == ["a"]
    assert asyncio.run(_rows(second, "INSERT INTO thing (kind) VALUES ('a') RETURNING id")) == [1]
    assert asyncio.run(_rows(emptied.fresh(), "SELECT id FROM thing")) == []


@pytest.mark.parametrize(
    "deed",
    [
        "CREATE TABLE more (id int)",
        "ALTER TABLE thing ADD COLUMN name text",
        "ALTER TABLE thing DROP CONSTRAINT thing_kind_fkey",
        "CREATE INDEX ON thing (kind)",
        "DROP TABLE thing",
        "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
        "INSERT INTO kind SELECT n::text FROM generate_series(1, 200000) AS n",
    ],
)
def test_a_database_that_cannot_be_emptied_or_not_soon_is_not_used_again(emptied: EmptiedDatabase, deed: str) -> None:
    first = emptied.fresh()
    asyncio.run(_execute(first, deed))

    second = emptied.fresh()
    assert second != first
    assert asyncio.run(_rows(second, "SELECT name FROM kind")) == ["a"]
    assert asyncio.run(_rows(second, "INSERT INTO thing (kind) VALUES ('a') RETURNING id")) == [1]


async def test_whoever_is_still_connected_when_a_test_ends_is_thrown_out(emptied: EmptiedDatabase) -> None:
    late = await asyncpg.connect(await asyncio.to_thread(emptied.fresh))
    await late.execute("BEGIN; LOCK TABLE thing")

    await asyncio.to_thread(emptied.fresh)
    with pytest.raises((asyncpg.InterfaceError, asyncpg.PostgresConnectionError), match=r"closed|terminat"):
        await late.execute("INSERT INTO thing (kind) VALUES ('a')")


async def test_the_server_does_not_run_as_root(postgres_cluster: PrivateCluster) -> None:
    connection = await asyncpg.connect(postgres_cluster.create_database())
    try:
        await connection.execute("CREATE TABLE who (name text)")
        await connection.execute("COPY who FROM PROGRAM 'id -un'")
        assert await connection.fetchval("SELECT name FROM who") != "root"
    finally:
        await connection.close()


async def test_a_page_as_wide_as_its_window_does_not_scroll_sideways(page: Page) -> None:
    await page.set_content("<p style='width: 100%'>Narrow</p>")
    assert not await scrolls_sideways(page)

    await page.set_content("<p style='width: 2000px'>Wide</p>")
    assert await scrolls_sideways(page)


async def test_axe_finds_a_picture_without_words(browser: Browser) -> None:
    page = await open_page(browser, PHONE)
    await page.set_content("<html lang=en><title>A</title><main><h1>A</h1><img src=/a.png></main></html>")

    assert [fault.partition(":")[0] for fault in await accessibility_faults(page)] == ["image-alt"]


@pytest.mark.xdist_group("the same worker")
def test_a_group_of_tests_is_known_to_what_gives_them_to_workers(request: pytest.FixtureRequest) -> None:
    """pytest-xdist tells a group by the end of a test's address; without it each worker prepares the same again."""
    grouped = request.config.getoption("loadgroup", default=False)

    assert request.node.nodeid.endswith("@the same worker") == grouped


def test_a_missing_browser_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMPARO_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(MissingProgramError, match="apt-get install -y --no-install-recommends chromium"):
        chromium_program()


def test_leaving_out_something_unknown_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_SKIP", "postgers")

    with pytest.raises(ValueError, match="postgers"):
        left_out()


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(";".join(statements))
    finally:
        await connection.close()


async def _tables(url: str) -> list[str]:
    return await _rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")


async def _rows(url: str, statement: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch(statement)]
    finally:
        await connection.close()
