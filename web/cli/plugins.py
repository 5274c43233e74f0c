"""``amparo plugins``: which plugins there are, from where, with what, and why one is not on."""

import asyncio
import contextlib
import sys
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.errors import StoreError
from core.host import PluginHost, PluginInfo, PluginState
from core.services.plugins.switching import switched_off
from core.settings import Settings, settings_from
from plugins import BUILTIN
from web.cli.opening import current_database

COLOURS = {
    PluginState.ON: "green",
    PluginState.BLOCKED: "yellow",
    PluginState.FAILED: "red",
    PluginState.OFF: "red",
    PluginState.SWITCHED_OFF: "yellow",
}


@click.command
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def plugins(as_json: bool) -> None:
    """List the plugins: where they come from, what they bring, how they fare.

    AMPARO_BLOCK names plugins that are not loaded, separated by commas. What a coordinator has switched off on the page
    of plugins is not loaded either, and says by whom; without a database nothing is switched off. With AMPARO_STRICT=1
    the first plugin that fails ends the command with exit code 1.
    """
    found = _load()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        Console().print(table_of(found))


def _load() -> tuple[PluginInfo, ...]:
    """Load all plugins; what they print must not get into the result."""
    settings = settings_from()
    with contextlib.redirect_stdout(sys.stderr):
        host = PluginHost.load(BUILTIN, settings=settings, switched=_switched(settings))
    with contextlib.closing(host):
        return host.plugins()


def _switched(settings: Settings) -> dict[str, str]:
    """What people have switched off; nothing, with a warning, where the database does not say."""
    if settings.on_sqlite and not Path(settings.database.removeprefix("sqlite:///")).is_file():
        return {}
    try:
        return asyncio.run(_read(settings.database))
    except StoreError as problem:
        click.echo(f"Warning: what is switched off in the portal is not known. {problem}", err=True)
        return {}


async def _read(url: str) -> dict[str, str]:
    async with current_database(url):
        return await switched_off()


def table_of(found: tuple[PluginInfo, ...]) -> Table:
    """The plugins as a table for a terminal."""
    table = Table(title=f"{len(found)} plugin{'s' * (len(found) != 1)}", title_justify="left")
    table.add_column("Name", no_wrap=True)
    for heading in ("Version", "From", "Brings", "State", "Remarks"):
        table.add_column(heading, overflow="fold")
    for info in found:
        brings = "\n".join(f"{kind}: {', '.join(names)}" for kind, names in info.providers.items())
        texts = (info.name, info.version, info.source, brings)
        state = Text(info.state, style=COLOURS[info.state])
        table.add_row(*map(Text, texts), state, Text("\n".join(filter(None, (info.cause, *info.remarks)))))
    return table
