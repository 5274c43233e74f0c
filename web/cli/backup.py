"""``amparo backup`` and ``amparo restore``: everything in one sealed file, and back again."""

import asyncio
import os
import secrets
from pathlib import Path
from typing import BinaryIO, Final

import click

from core.errors import BadInput
from core.services.keys.backups import Contents, Counts, back_up, check_backup, restore
from core.services.runs.proposing import utc_now
from core.settings import settings_from
from web.cli.opening import current_database, opened
from web.cli.outputs import NotWritten

OWNER_ONLY: Final = 0o600
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("backup")
@FILE
def backup(file: Path) -> None:
    """Write everything in the database to FILE, sealed, while the portal serves.

    It opens with the clinic's key of this day, which is not in it: keep a copy of the key apart. FILE must not be there
    yet; it is whole or not there.
    """
    if file.exists():
        raise BadInput(f"{file} is there already. Give another name, or move it away first. Nothing was written.")
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        made = asyncio.run(_written(draft))
        os.link(draft, file)
    except OSError as problem:
        raise NotWritten(f"{file} could not be written: {problem.strerror or problem}.") from problem
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"{file}: {_told(made.rows)}, {file.stat().st_size / 2**20:,.1f} MiB. The key is not in it.")
    _tell_keys(made)


@click.command("restore")
@FILE
@click.option("--replace", is_flag=True, help="Drop what is in the database first.")
@click.option("--check", is_flag=True, help="Read the whole file and write nothing.")
def restoring(file: Path, replace: bool, check: bool) -> None:
    """Fill the database of AMPARO_DATABASE from FILE, which may come from the other kind of database.

    Stop the portal and the workers first. The database must be empty, or given up with --replace: then whoever was
    erased there is erased again, and who is kept off a case there, and what is held, stays so. Everybody signs in anew
    afterwards.
    """
    done = asyncio.run(_checked(file) if check else _restored(file, replace))
    made = f"made on {done.header.made_at:%Y-%m-%d at %H:%M} UTC from {done.header.database}"
    if check:
        click.echo(f"{file} is whole: {made}, {_told(done.rows)}. It opens with the key {done.header.key}.")
        _tell_keys(done)
        return
    click.echo(f"Restored: {_told(done.rows)}, {made}.")
    if done.erased_again:
        click.echo(f"Erased again: {done.erased_again} of its clients had been erased since.")
    if done.standing_again:
        click.echo(f"Standing again: {done.standing_again} screens and legal holds that were set since.")
    if not replace:
        click.echo("Nothing is known here of what came after it: erase, screen off and hold again what was since.")
    _tell_keys(done)


def _tell_keys(done: Contents) -> None:
    """Tell which keys a backup needs beside its own: it was made while the key was being changed."""
    if done.others:
        click.echo(f"Some of what is in it needs {', '.join(done.others)} as well: keep these keys with that one.")
    if done.missing:
        click.echo(f"Not at hand: {', '.join(done.missing)}. Until you put it back, what it sealed cannot be read.")


async def _written(draft: Path) -> Contents:
    async with current_database(settings_from().database) as database:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            made = await back_up(file, database, now=utc_now())
            file.flush()
            os.fsync(file.fileno())
    return made


async def _restored(path: Path, replace: bool) -> Contents:
    with _opened(path) as file:
        async with opened(settings_from().database) as database:
            return await restore(file, database, replace=replace, now=utc_now())


async def _checked(path: Path) -> Contents:
    with _opened(path) as file:
        async with opened(settings_from().database):
            return await check_backup(file)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as problem:
        raise BadInput(f"{path} cannot be read: {problem.strerror}. Nothing was changed.") from problem


def _told(counts: Counts) -> str:
    rows, cases = sum(counts.values()), counts.get("legal_case", 0)
    return f"{rows:,} rows of {len(counts)} tables, {cases:,} cases"
