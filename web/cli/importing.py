"""``amparo import``: take cases or volunteers over from a spreadsheet."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.errors import BadInput
from core.model.people import SYSTEM
from core.services.cases.importing import Outcome, Report, import_cases
from core.services.volunteers.importing_volunteers import import_volunteers
from core.settings import settings_from
from core.spreadsheets import Problem, Reading, Severity, read_cases, read_volunteers
from web.cli.opening import current_database
from web.words.times import zone

COLOURS = {Outcome.NEW: "green", Outcome.CHANGED: "yellow", Outcome.UNCHANGED: "dim", Outcome.PASSED_OVER: "red"}
FILE = click.argument("file", type=click.Path(path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
Take = Callable[[Sequence[Any]], Awaitable[Report]]


@click.group("import")
def importing() -> None:
    """Take cases or volunteers over from a CSV or Excel file.

    The whole file is taken over or nothing of it. Importing it again changes only what is different. With rows that
    cannot be understood nothing is changed and the exit code is 2.
    """


@importing.command
@FILE
@DRY_RUN
def cases(file: Path, dry_run: bool) -> None:
    """Take a waitlist over: each case goes through intake and screening to the waitlist."""
    now = datetime.now(UTC)
    reading = _usable(read_cases(file, _today(now)))
    _take(reading, lambda rows: import_cases(rows, dry_run=dry_run, by=SYSTEM, now=now))


@importing.command
@FILE
@DRY_RUN
@click.option("--bar", default="", metavar="XX", help="Whose roster it is, where it is a bar's: two letters.")
def volunteers(file: Path, dry_run: bool, bar: str) -> None:
    """Take volunteers over, or a bar's roster: a suspension there freezes open offers and alerts a coordinator."""
    now, settings = datetime.now(UTC), settings_from()
    reading = _usable(read_volunteers(file, _today(now), bar=bar))
    _take(reading, lambda rows: import_volunteers(rows, settings=settings, dry_run=dry_run, by=SYSTEM, now=now))


def _today(now: datetime) -> date:
    """The day at the programme."""
    return now.astimezone(zone(settings_from().timezone)).date()


def _usable(reading: Reading[Any]) -> Reading[Any]:
    """Show how a file was understood and what is wrong or doubtful in it; BadInput where it cannot be used."""
    for note in reading.notes:
        click.echo(f"{reading.file}: {note}", err=True)
    if reading.problems:
        Console(stderr=True).print(_problems(reading))
    if not reading.ok:
        errors = f"{reading.errors} error{'s' * (reading.errors != 1)}"
        raise BadInput(f"{reading.file} has {errors}. Nothing was changed. Correct the file and import it again.")
    return reading


def _problems(reading: Reading[Any]) -> Table:
    further = f", {reading.unlisted} more are not listed" if reading.unlisted else ""
    table = Table(title=f"{reading.file}{further}", title_justify="left")
    for heading in ("Row", "Column", "Value", "What would be right"):
        table.add_column(heading, overflow="fold")
    for problem in reading.problems:
        table.add_row(*map(Text, _cells(problem)), style="red" if problem.severity is Severity.ERROR else "yellow")
    return table


def _cells(problem: Problem) -> tuple[str, ...]:
    return str(problem.row) if problem.row else "", problem.column, problem.value, problem.right


def _take(reading: Reading[Any], take: Take) -> None:
    report = asyncio.run(_taken(reading.rows, take))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(_report(report))
    counts = ", ".join(f"{report.count(outcome)} {outcome}" for outcome in COLOURS)
    click.echo(counts + (". A dry run: nothing was changed." if report.dry_run else "."))


async def _taken(rows: Sequence[Any], take: Take) -> Report:
    async with current_database(settings_from().database):
        return await take(rows)


def _report(report: Report) -> Table:
    table = Table()
    for heading in ("Row", "Ref", "Outcome", "Note"):
        table.add_column(heading, overflow="fold")
    for row in report.rows:
        outcome = Text(row.outcome, style=COLOURS[row.outcome])
        table.add_row(str(row.line), Text(row.ref), outcome, Text(row.note))
    return table
