"""``amparo plugins``: which plugins there are, from where, with what, and why one is not on."""

import contextlib
import sys

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.host import PluginHost, PluginInfo, PluginState
from core.settings import settings_from
from plugins import BUILTIN

COLOURS = {
    PluginState.ON: "green",
    PluginState.BLOCKED: "yellow",
    PluginState.FAILED: "red",
    PluginState.OFF: "red",
}


@click.command
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def plugins(as_json: bool) -> None:
    """List the plugins: where they come from, what they bring, how they fare.

    AMPARO_BLOCK names plugins that are not loaded, separated by commas. With AMPARO_STRICT=1 the first plugin that
    fails ends the command with exit code 1.
    """
    found = _load()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        Console().print(table_of(found))


def _load() -> tuple[PluginInfo, ...]:
    """Load all plugins; what they print must not get into the result."""
    with contextlib.redirect_stdout(sys.stderr):
        host = PluginHost.load(BUILTIN, settings=settings_from())
    with contextlib.closing(host):
        return host.plugins()


def table_of(found: tuple[PluginInfo, ...]) -> Table:
    """The plugins as a table for a terminal."""
    table = Table(title=f"{len(found)} plugin{'s' * (len(found) != 1)}", title_justify="left")
    table.add_column("Name", no_wrap=True)
    for heading in ("Version", "From", "Brings", "State", "Cause"):
        table.add_column(heading, overflow="fold")
    for info in found:
        brings = "\n".join(f"{kind}: {', '.join(names)}" for kind, names in info.providers.items())
        texts = (info.name, info.version, info.source, brings)
        state = Text(info.state, style=COLOURS[info.state])
        table.add_row(*map(Text, texts), state, Text(info.cause))
    return table
