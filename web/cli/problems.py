"""Telling what is wrong with a spreadsheet, on standard error."""

from collections.abc import Iterable
from typing import Any

import click

from core.errors import BadInput
from core.spreadsheets import Problem, Reading, Severity

MARKS = {Severity.ERROR: ("error", "red"), Severity.WARNING: ("warning", "yellow")}


def tell(reading: Reading[Any]) -> None:
    """List a reading's notes and problems."""
    for note in reading.notes:
        click.echo(f"{reading.file}: {note}", err=True)
    tell_problems(reading.problems)
    if reading.unlisted:
        click.echo(f"{reading.file}: and {reading.unlisted} more.", err=True)


def tell_problems(problems: Iterable[Problem]) -> None:
    """List problems, one a line."""
    for problem in problems:
        word, colour = MARKS[problem.severity]
        click.echo(f"{click.style(word, fg=colour)}: {problem.sentence()}", err=True)


def refuse_bad(*readings: Reading[Any]) -> None:
    """Raise BadInput where any of the readings has an error."""
    bad = [f"{each.file} has {each.errors} error{'s' * (each.errors != 1)}" for each in readings if not each.ok]
    if bad:
        raise BadInput(f"{' and '.join(bad)}. Correct what is listed above. Nothing was written.")
