"""``amparo volunteers``: who may have two records, two records made one by a person, and that taken back."""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.errors import BadInput, NotFound
from core.model.people import SYSTEM
from core.model.volunteers.duplicates import Duplicate
from core.model.volunteers.merging import Part, values_of
from core.queries.volunteers.duplicates import possible_duplicates
from core.services.runs.proposing import utc_now
from core.services.volunteers.merge_previews import Preview, preview_merge
from core.services.volunteers.merging import merge_records, tell_apart
from core.services.volunteers.splitting import find_merge_of, split_records
from core.settings import settings_from
from core.store.accounts import account_id_by_email
from core.store.volunteers.volunteers import find_record
from web.cli.opening import current_database
from web.shapes.volunteers import merging as shapes

Answer = TypeVar("Answer")
PAIR = "KEPT=OTHER"


@click.command
@click.option("--duplicates", is_flag=True, help="List who may be one person, with what speaks for it and against.")
@click.option("--merge", metavar=PAIR, help="Show what making OTHER a part of KEPT would do; --apply does it.")
@click.option("--apply", is_flag=True, help="With --merge: do it.")
@click.option(
    "--take",
    multiple=True,
    type=click.Choice([one.value for one in Part]),
    help="With --merge: OTHER's value wins in this.",
)
@click.option("--account", metavar="ADDRESS", help="With --merge: the account that is kept, where both are used.")
@click.option("--apart", metavar="ONE=OTHER", help="They are two persons: do not suggest them again.")
@click.option("--split", metavar="OTHER", help="Take back that OTHER was made a part of another record.")
@click.option("--json", "json", is_flag=True, help="With --duplicates: write the list as JSON.")
def volunteers(
    duplicates: bool,
    merge: str | None,
    apply: bool,
    take: Sequence[str],
    account: str | None,
    apart: str | None,
    split: str | None,
    json: bool,
) -> None:
    """Find volunteers with two records, make two records one, take that back.

    Nothing is merged by machine: one number at one bar comes first in the list, and a person decides. Volunteers are
    named by their references.
    """
    if sum(map(bool, (duplicates, merge, apart, split))) != 1:
        raise BadInput("Give one of --duplicates, --merge, --apart and --split.")
    if duplicates:
        _list(_run(possible_duplicates()), json=json)
    elif merge:
        click.echo(_run(_merged(merge, [Part(one) for one in take], account, apply=apply)))
    elif apart:
        click.echo(_run(_told_apart(apart)))
    else:
        click.echo(_run(_split(split or "")))


def _list(found: tuple[Duplicate, ...], *, json: bool) -> None:
    if json:
        click.echo(msgspec.json.format(msgspec.json.encode([_told(one) for one in found]), indent=2).decode())
        return
    if not found:
        click.echo("No two volunteers look like one person.")
        return
    table = Table(title=f"{len(found)} possible, for a person to decide", title_justify="left")
    for heading in ("Kept", "Other", "", "What speaks for it", "What against"):
        table.add_column(heading, overflow="fold")
    for one in found:
        grade = Text(shapes.likeness(one)["label"])
        names = (f"{one.one.ref}\n{one.one.name}", f"{one.other.ref}\n{one.other.name}")
        reasons = ("\n".join(map(shapes.reason, some)) for some in (one.speaks_for, one.against))
        table.add_row(*map(Text, names), grade, *map(Text, reasons))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    click.echo(f"See what a merge would do with `amparo volunteers --merge {PAIR}`.")


def _told(one: Duplicate) -> dict[str, Any]:
    return {
        "kept": one.one.ref,
        "other": one.other.ref,
        "likeness": one.likeness.name.lower(),
        "speaks_for": one.speaks_for,
        "against": one.against,
    }


async def _merged(pair: str, yielding: list[Part], account: str | None, *, apply: bool) -> str:
    kept, other = _pair(pair)
    keys = await find_record(kept), await find_record(other)
    chosen = await _account(account) if account else None
    found = await preview_merge(*keys, yielding=yielding, account=chosen, by=SYSTEM)
    if not apply:
        return "\n".join((*_preview(found), *_in_the_way(found, pair)))
    await merge_records(*keys, yielding=yielding, account=chosen, seen=found.mark, by=SYSTEM, now=utc_now())
    return f"{other} is part of {kept} now. Take it back with `amparo volunteers --split {other}`."


def _preview(found: Preview) -> list[str]:
    lines = [f"{found.other.ref} would become part of {found.kept.ref}:"]
    lines += [f"  {fact['label']}: {fact['value']}" for fact in shapes.becoming(found)]
    lines += [f"  goes over: {line}" for line in shapes.moving_lines(found)]
    for part in found.conflicts:
        mine, hers = (shapes.value(part, values_of(one)[part]) for one in (found.kept, found.other))
        lines.append(f"  differs, {part}: {mine} | {hers} (--take {part} for the second)")
    if found.closing and found.closing.closes:
        lines.append(f"  the account {found.closing.email} is switched off and signed out")
    if found.freezes:
        lines.append("  open offers go on hold: the volunteer is not in good standing then")
    lines += [
        f"  {ref}: a seat is held by one record, and the other declined or has a conflict" for ref in found.remarks
    ]
    return lines


def _in_the_way(found: Preview, pair: str) -> list[str]:
    if found.obstacles:
        return ["This cannot be done now:", *(f"  {said}" for said in found.obstacles)]
    if found.must_choose:
        return ["Both accounts are used. Say which is kept with --account ADDRESS; the other one is switched off."]
    return [f"Nothing was changed. Do it with `amparo volunteers --merge {pair} --apply`."]


async def _account(email: str) -> UUID:
    found = await account_id_by_email(email)
    if found is None:
        raise NotFound(f"There is no account with the address {email}. Nothing was changed.")
    return found


async def _told_apart(pair: str) -> str:
    one, other = _pair(pair)
    await tell_apart(await find_record(one), await find_record(other), by=SYSTEM, now=utc_now())
    return f"{one} and {other} are two persons. They are suggested again only if something about one of them changes."


async def _split(ref: str) -> str:
    merge = await find_merge_of(await find_record(ref))
    left = await split_records(merge.id, by=SYSTEM, now=utc_now())
    stays = f" Changed since, so it stays there: {', '.join(map(shapes.stayed, left))}." if left else ""
    return f"{ref} stands for itself again.{stays} Offers stay on hold and alerts open for a person."


def _pair(text: str) -> tuple[str, str]:
    kept, equals, other = (part.strip() for part in text.partition("="))
    if not (kept and equals and other):
        raise BadInput(f"“{text}” does not name two volunteers. Write {PAIR}, such as V-17=NM-1001.")
    return kept, other


def _run(work: Awaitable[Answer]) -> Answer:
    async def done() -> Answer:
        async with current_database(settings_from().database):
            return await work

    with contextlib.redirect_stdout(sys.stderr):
        return asyncio.run(done())
