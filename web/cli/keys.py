"""``amparo keys``: which keys there are and what needs them, a new key, and rotation while the portal serves."""

import asyncio
import sys

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.key_files import fresh_key
from core.model.people import SYSTEM
from core.services.keys.rotating import BATCH, KeyStanding, rotate, standings
from core.services.runs.proposing import utc_now
from core.settings import settings_from
from core.store.database import current
from web.cli.opening import current_database

Standings = tuple[KeyStanding, ...]


@click.group(invoke_without_command=True)
@click.pass_context
def keys(ctx: click.Context) -> None:
    """The keys that seal what is known of clients: list them, see what needs them, rotate them.

    The key itself is never shown. Without a subcommand: the list.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(listed)


@keys.command("list")
@click.option("--json", "json", is_flag=True, help="Write the list as JSON.")
def listed(json: bool = False) -> None:
    """List the keys by their ids, with what each is needed for. Reads every text of the database once."""
    place, found = asyncio.run(_standings())
    if json:
        click.echo(msgspec.json.format(msgspec.json.encode({"place": place, "keys": found}), indent=2).decode())
        return
    table = Table(title=f"Keys from {place}", title_justify="left")
    for heading in ("Key", "Stands", "Needed for"):
        table.add_column(heading, overflow="fold")
    for one in found:
        table.add_row(Text(one.id), Text(_stands(one)), Text(_needed_for(one)))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


@keys.command()
def status() -> None:
    """Say in a sentence how the keys stand, and what to do. Exit code 1 where a key is missing that is needed."""
    _place, found = asyncio.run(_standings())
    click.echo(_said(found))
    if any(not one.at_hand for one in found):
        raise SystemExit(1)


@keys.command("rotate")
@click.option("--keep", is_flag=True, help="Leave old keys in the file: you take them out, on each machine.")
@click.option("--batch", type=click.IntRange(1, 10_000), default=BATCH, show_default=True, help="Rows a transaction.")
def rotating(keep: bool, batch: int) -> None:
    """Put a new key first, make everything anew with it while the portal serves, then drop the old one.

    What was interrupted, even by a power cut, goes on when this is called again. Old backups can be restored with the
    old key alone: keep a copy of it for as long as they must be, apart from them, and no longer.
    """
    asyncio.run(_rotate(keep, batch))


@keys.command()
def make() -> None:
    """Write a fresh key to standard output, for a file, the environment or a secret store. Nothing is changed."""
    click.echo(fresh_key())


async def _rotate(keep: bool, batch: int) -> None:
    async with current_database(settings_from().database) as database:
        async for step in rotate(by=SYSTEM, clock=utc_now, keep=keep, batch=batch):
            click.echo(f"{step.name}: {step.done:,} of {step.of:,}")
            sys.stdout.flush()
        ring = database.keys.keyring()
    click.echo(f"Everything is made with the key {ring.first.id}.")
    for key in ring.keys[1:]:
        click.echo(f"The key {key.id} is not needed by the database any more: take it out of {database.keys.told}.")


async def _standings() -> tuple[str, Standings]:
    async with current_database(settings_from().database):
        return current().keys.told, await standings()


def _stands(one: KeyStanding) -> str:
    if not one.at_hand:
        return "missing"
    return "for all that is new" if one.first else "old"


def _needed_for(one: KeyStanding) -> str:
    return ", ".join(f"{where} ({count:,})" for where, count in sorted(one.uses.items())) or "nothing"


def _said(found: Standings) -> str:
    """How the keys stand."""
    missing = [one.id for one in found if not one.at_hand]
    old = [one for one in found if one.at_hand and not one.first]
    if missing:
        return f"Missing: {', '.join(missing)}. Put them back from where their copies are kept: some data need them."
    if any(one.needed for one in old):
        return "A rotation is under way. `amparo keys rotate` goes on with it."
    if old:
        return f"Everything is made with {found[0].id}. `amparo keys rotate` drops what is not needed any more."
    return f"One key, {found[0].id}, and everything is made with it."
