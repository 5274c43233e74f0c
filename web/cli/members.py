"""``amparo members``: which members of a bar may be volunteers, confirmed by a person or taken back."""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable
from typing import TypeVar

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.errors import BadInput
from core.model.people import SYSTEM
from core.model.volunteers.identity import Likeness
from core.queries.rosters.lists import PossibleMember, possible_members
from core.services.rosters.members import confirm_member, deny_member, separate_member
from core.services.runs.proposing import utc_now
from core.settings import settings_from
from web.cli.opening import clinic_at_work

Answer = TypeVar("Answer")


@click.command
@click.argument("roster")
@click.option("--confirm", metavar="NUMBER=VOLUNTEER", help="The volunteer is the member with this number.")
@click.option("--separate", metavar="NUMBER=VOLUNTEER", help="Take that back: they are two persons.")
@click.option("--apart", metavar="NUMBER=VOLUNTEER", help="They are two persons: do not list them again.")
@click.option("--json", "json", is_flag=True, help="Write the list as JSON.")
def members(roster: str, confirm: str | None, separate: str | None, apart: str | None, json: bool) -> None:
    """List the members of ROSTER who may be volunteers, with what speaks for it.

    A number at the same bar identifies a member; everything else is for a person to confirm. What is confirmed counts
    from then on: the roster's standing is the volunteer's.
    """
    if sum(map(bool, (confirm, separate, apart))) > 1:
        raise BadInput("Give one of --confirm, --separate and --apart.")
    if confirm or separate or apart:
        click.echo(_run(_told_apart(roster, apart) if apart else _decided(roster, confirm, separate)))
        return
    found = _run(possible_members(roster))
    if json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        _show(roster, found)


async def _decided(roster: str, confirm: str | None, separate: str | None) -> str:
    number, ref = _pair(confirm or separate or "")
    if confirm:
        said = await confirm_member(roster, number, ref, by=SYSTEM, now=utc_now())
        return f"{ref} is {number} of {roster}. The standing there is {said} now."
    before = await separate_member(roster, number, ref, by=SYSTEM, now=utc_now())
    standing = f"is {before} again" if before else "is not known"
    return f"{ref} is not {number} of {roster}. The standing there {standing}. Offers stay on hold for a person."


async def _told_apart(roster: str, pair: str) -> str:
    number, ref = _pair(pair)
    await deny_member(roster, number, ref, by=SYSTEM, now=utc_now())
    return f"{ref} and {number} of {roster} are two persons. They are not listed again until one of them changes."


def _pair(text: str) -> tuple[str, str]:
    number, equals, ref = (part.strip() for part in text.partition("="))
    if not (number and equals and ref):
        raise BadInput(f"“{text}” names no member and volunteer. Write NUMBER=VOLUNTEER, such as 0012345=V-17.")
    return number, ref


def _show(roster: str, found: tuple[PossibleMember, ...]) -> None:
    if not found:
        click.echo("No member of this roster looks like a volunteer who is not known to be one.")
        return
    table = Table(title=f"{len(found)} possible, for a person to confirm", title_justify="left")
    for heading in ("Number", "Member", "Standing", "Volunteer", "", "What speaks for it"):
        table.add_column(heading, overflow="fold")
    for one in found:
        likely = one.suggestion.likeness is Likeness.LIKELY
        grade = Text("likely", style="green") if likely else Text("perhaps", style="yellow")
        row = (one.number, one.name, one.standing, one.suggestion.volunteer)
        table.add_row(*map(Text, row), grade, Text(" ".join(one.suggestion.reasons)))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    click.echo(f"Confirm one with `amparo members {roster} --confirm NUMBER=VOLUNTEER`.")


def _run(work: Awaitable[Answer]) -> Answer:
    """Do something with the database; what plugins print must not get into the result."""

    async def done() -> Answer:
        async with clinic_at_work(settings_from()):
            return await work

    with contextlib.redirect_stdout(sys.stderr):
        return asyncio.run(done())
