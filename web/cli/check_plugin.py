"""``amparo check-plugin``: whether a plugin keeps its contract, and where not, what would be right."""

import sys
from collections.abc import Iterator
from itertools import groupby

import click
import msgspec

from core.conformance import Outcome, Report, State
from core.conformance.inspecting import Inspection
from core.conformance.parent import report_of
from core.conformance.subjects import subjects_of
from core.settings import settings_from
from plugins import BUILTIN

COLOURS = {State.OK: "green", State.WRONG: "red", State.ADVICE: "yellow", State.LEFT_OUT: "cyan"}
WIDTH = max(map(len, State))


@click.command("check-plugin")
@click.argument("plugin", metavar="NAME|PATH")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a report.")
@click.option("--live", is_flag=True, help="Also call channels and observers, whose effects cannot be called back.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1, 600.0),
    metavar="SECONDS",
    help="What one call may take. [default: AMPARO_PLUGIN_SECONDS, and AMPARO_ROSTER_SECONDS for rosters]",
)
def check_plugin(plugin: str, as_json: bool, live: bool, time_limit: float | None) -> None:
    """Check whether a plugin keeps its contract; exit code 1 where it does not.

    NAME is an installed or built-in plugin as `amparo plugins` lists it; PATH a file, a package's folder or a project's
    folder. The plugin runs in a process of its own with a time limit. Rosters are really read, the first entries of
    them, with the settings of this environment.
    """
    settings = settings_from()
    limits = (time_limit or settings.plugin_seconds, time_limit or settings.roster_seconds)
    subjects = subjects_of(plugin, BUILTIN)
    reports = [report_of(Inspection(subject, BUILTIN, *limits, live)) for subject in subjects]
    ok = all(report.ok for report in reports)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode({"ok": ok, "plugins": reports}), indent=2).decode())
    else:
        for line in (line for report in reports for line in lines_of(report)):
            click.echo(line)
    if not ok:
        sys.exit(1)


def lines_of(report: Report) -> Iterator[str]:
    """A report to be read: subject by subject, what was checked and what it came to."""
    yield click.style(" ".join(filter(None, (report.name, report.version, f"({report.module})"))), bold=True)
    for subject, outcomes in groupby(report.outcomes, key=lambda outcome: outcome.subject):
        yield f"\n  {subject}"
        for outcome in outcomes:
            yield from _lines_of_outcome(outcome)
    wrong = sum(outcome.state is State.WRONG for outcome in report.outcomes)
    checked = sum(outcome.state is not State.LEFT_OUT for outcome in report.outcomes)
    said = f"{wrong} of {checked} checks found something wrong." if wrong else f"All {checked} checks passed."
    yield f"\n{said}\n"


def _lines_of_outcome(outcome: Outcome) -> Iterator[str]:
    yield f"    {click.style(outcome.state.ljust(WIDTH), fg=COLOURS[outcome.state])}  {outcome.check}"
    for text in filter(None, (outcome.problem, outcome.remedy)):
        yield f"    {' ' * WIDTH}  {text}"
