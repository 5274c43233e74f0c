"""``amparo demo``: a clinic in New Mexico with a year behind it, and a sign-in for each role."""

import asyncio
import contextlib
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Final

import click
import msgspec

from core.demo.asking import CODE
from core.demo.signing import SIGN_INS
from core.demo.world import build, day_of_world, in_use
from core.errors import BadInput
from core.host import PluginHost
from core.services.clinic import Clinic
from core.settings import Settings, settings_from
from core.store.upkeep.migrating import applied, migrate
from plugins import BUILTIN
from web.cli.opening import current_database, opened
from web.cli.run import serve
from web.words.times import zone

DATABASE: Final = "sqlite:///amparo-demo.db"
ENDINGS: Final = ("", "-wal", "-shm")


@click.command
@click.option("--database", metavar="URL", default=DATABASE, show_default=True, help="Where the demo world lives.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--fresh", is_flag=True, help="Make the world anew, ending today.")
@click.option("--only-build", is_flag=True, help="Make the world and end, without serving it.")
def demo(database: str, port: int, fresh: bool, only_build: bool) -> None:
    """Serve a demo world: 300 cases, 220 volunteers, a year of history. It is made at the first start."""
    given = demo_settings(os.environ, database=database, port=port)
    asyncio.run(_prepare(given, fresh=fresh))
    _tell(given)
    if not only_build:
        click.echo("Stop it with Ctrl-C.")
        _serve(given, port)


def demo_settings(environment: Mapping[str, str], *, database: str, port: int) -> Settings:
    """The settings of the environment, made those of a demo on this port. Its mail stays in the house."""
    known = settings_from(environment)
    url = f"http://127.0.0.1:{port}"
    return msgspec.structs.replace(known, database=database, base_url=url, secure_cookies=False, smtp=None, demo=True)


def _serve(given: Settings, port: int) -> None:
    """Serve the world; an empty SMTP host keeps the mail in the house."""
    serve(
        host="127.0.0.1",
        port=port,
        AMPARO_DATABASE=given.database,
        AMPARO_BASE_URL=given.base_url,
        AMPARO_SECURE_COOKIES="0",
        AMPARO_SMTP_HOST="",
        AMPARO_DEMO="1",
    )


async def _prepare(given: Settings, *, fresh: bool) -> None:
    if fresh:
        await _remove(given)
    async with opened(given.database) as database:
        if not await applied() or await day_of_world() is not None:
            await migrate(database)
    async with current_database(given.database):
        if await day_of_world() is None:
            await _build(given)


async def _build(given: Settings) -> None:
    click.echo("Making the demo world: 220 volunteers, 300 cases, a year. This takes about half a minute.")
    began = perf_counter()
    with contextlib.closing(await asyncio.to_thread(PluginHost.load, BUILTIN, settings=given)) as host:
        await build(Clinic(settings=given, host=host), today=datetime.now(zone(given.timezone)).date())
    click.echo(f"Made in {perf_counter() - began:.0f} s.")


async def _remove(given: Settings) -> None:
    """Remove the file of an earlier demo world; nothing else is ever removed."""
    if not given.on_sqlite:
        raise BadInput("--fresh works on SQLite only: give --database the URL of an empty PostgreSQL database.")
    path = Path(given.database.removeprefix("sqlite:///"))
    async with opened(given.database):
        if await applied() and await in_use() and await day_of_world() is None:
            raise BadInput(f"{path} holds something else than a demo world, so it was left as it is.")
    for ending in ENDINGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _tell(given: Settings) -> None:
    """Print the sign-ins in plain columns, which no narrow terminal cuts off."""
    click.echo(f"Amparo answers at {given.base_url}. Sign in as:")
    for one in SIGN_INS:
        click.echo(f"  {one.role:22}{one.email:30}{one.password}")
    click.echo(f"Clients ask for help at {given.base_url}/help; one follows a case with the code {CODE}.")
