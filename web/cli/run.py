"""``amparo run``: the portal on a port, with the settings of the environment."""

import asyncio
import os

import click
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from core.errors import BadInput
from core.settings import Settings, settings_from
from web.cli.opening import clinic_at_work, current_database

TARGET = "web.app:served"


@click.command
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; PostgreSQL only.")
def run(port: int, host: str, workers: int) -> None:
    """Serve the portal until it is stopped with Ctrl-C.

    With SQLite one process serves the pages, runs the matcher and delivers the messages. With PostgreSQL any number
    of processes serves the pages, and `amparo worker` does the rest.
    """
    settings = settings_from()
    if settings.on_sqlite and workers > 1:
        raise BadInput("SQLite has one process: leave out --workers, or set AMPARO_DATABASE to a PostgreSQL database.")
    asyncio.run(_check(settings))
    click.echo(f"Amparo answers at http://{host}:{port}. Stop it with Ctrl-C.")
    serve(host=host, port=port, workers=workers)


async def _check(settings: Settings) -> None:
    """Say what is wrong with the database, or with a plugin where all must start, before a server is started."""
    async with clinic_at_work(settings) if settings.strict else current_database(settings.database):
        pass


def serve(*, host: str, port: int, workers: int = 1, **environment: str) -> None:
    """Serve the portal and return when it was stopped. ``environment`` overrides AMPARO_ variables by full name."""
    os.environ.update(environment)
    Granian(
        TARGET,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        loop=Loops.asyncio,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    ).serve()
