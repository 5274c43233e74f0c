"""``amparo migrate``: bring the database to what this version needs."""

import asyncio

import click

from core.settings import settings_from
from core.store.upkeep.migrating import migrate as bring_up_to_date
from web.cli.opening import opened


@click.command
def migrate() -> None:
    """Make the tables of an empty database, or bring an older one up to date. Make a backup first."""
    done = asyncio.run(_migrated(settings_from().database))
    for name in done:
        click.echo(f"Applied {name}.")
    click.echo("The database is up to date.")


async def _migrated(url: str) -> list[str]:
    async with opened(url) as database:
        return await bring_up_to_date(database)
