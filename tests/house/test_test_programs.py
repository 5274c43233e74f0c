"""The suite's own footing: the private PostgreSQL server and the browser really run."""

import asyncpg
import pytest
from playwright.async_api import Browser, Page

from tests.browser import PHONE, accessibility_faults, open_page, scrolls_sideways
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


def test_a_missing_browser_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMPARO_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(MissingProgramError, match="apt-get install -y --no-install-recommends chromium"):
        chromium_program()


def test_leaving_out_something_unknown_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_SKIP", "postgers")

    with pytest.raises(ValueError, match="postgers"):
        left_out()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _tables(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [row["tablename"] for row in rows]
    finally:
        await connection.close()
