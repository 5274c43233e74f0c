"""``amparo account``: the first sign-in of an installation, and a new password for any account."""

import asyncio
import sys

import click

from core.model.people import SYSTEM
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import hash_password, provide_account
from core.services.rosters.partners import grant_access
from core.services.runs.proposing import utc_now
from core.settings import settings_from
from core.store.database import transaction
from web.cli.opening import current_database


@click.command
@click.argument("email")
@click.option("--name", default="", help="How pages address this person; needed for a new account.")
@click.option("--role", "roles", multiple=True, type=click.Choice([str(role) for role in AccountRole]))
@click.option("--roster", "kept", multiple=True, metavar="NAME", help="A roster that a bar's own staff keeps.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def account(email: str, name: str, roles: tuple[str, ...], kept: tuple[str, ...], password_stdin: bool) -> None:
    """Make an account, or set the password and add roles of the one that EMAIL belongs to.

    With --roster the account is a partner's: it sees that roster and its runs, and nothing about cases.
    Volunteers who were imported have an account without a password: this command gives them one.
    """
    given = sys.stdin.readline().rstrip("\n") if password_stdin else click.prompt("Password", hide_input=True)
    granted = tuple({AccountRole(role) for role in roles} | ({AccountRole.PARTNER} if kept else set()))
    made = asyncio.run(_provide(settings_from().database, email, name, granted, kept, hash_password(given)))
    click.echo(f"{'Made an account' if made else 'Set the password'} for {email}.")


async def _provide(
    url: str, email: str, name: str, roles: tuple[AccountRole, ...], kept: tuple[str, ...], password_hash: str
) -> bool:
    async with current_database(url), transaction():
        made = await provide_account(
            email=email, name=name, roles=roles, password_hash=password_hash, by=SYSTEM, now=utc_now()
        )
        for roster in kept:
            await grant_access(roster, email, by=SYSTEM, now=utc_now())
    return made
