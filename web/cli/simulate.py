"""``amparo simulate``: a year of arrivals, replayed under several ways of choosing."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

import click
import msgspec
from rich.console import Console
from rich.status import Status

from core.errors import BadInput
from core.host import PluginHost
from core.model.plans.snapshot import Snapshot
from matching.candidates import Candidates
from matching.simulating.arrivals import Year, seeded_year, year_of
from matching.simulating.comparing import TITLES, compare
from matching.simulating.market import Market
from web.cli import options
from web.cli.match import A_FILE, plugins, pretty, read
from web.cli.match_result import console
from web.cli.outputs import STANDARD_OUTPUT, check_outputs, write_outputs
from web.cli.simulate_plot import plot
from web.cli.simulate_result import told

CASES_PER_WEEK: Final = 12.0
ATTORNEYS: Final = 120
INTERPRETERS: Final = 40
AT_WORK: Final = "at-work"
ALL_FREE: Final = "all-free"
OneYear = tuple[int, Snapshot, Market]


class Clinic(msgspec.Struct, frozen=True):
    """The size of a clinic that does not exist; None where nothing is asked for."""

    cases_per_week: float | None
    attorneys: int | None
    interpreters: int | None

    def year(self, seed: int, weeks: int) -> Year:
        """One year of it."""
        rate = CASES_PER_WEEK if self.cases_per_week is None else self.cases_per_week
        attorneys = ATTORNEYS if self.attorneys is None else self.attorneys
        interpreters = INTERPRETERS if self.interpreters is None else self.interpreters
        return seeded_year(seed, weeks, rate, attorneys, interpreters)


@click.command
@click.argument("cases", type=A_FILE, required=False)
@click.argument("volunteers", type=A_FILE, required=False)
@click.option(
    "--cases-per-week",
    type=click.FloatRange(0.1, 500),
    metavar="N",
    help=f"Without files: so many cases a week on average. [default: {CASES_PER_WEEK:g}]",
)
@click.option("--attorneys", type=click.IntRange(1, 5000), metavar="N", help=f"Without files. [default: {ATTORNEYS}]")
@click.option(
    "--interpreters", type=click.IntRange(0, 5000), metavar="N", help=f"Without files. [default: {INTERPRETERS}]"
)
@click.option("--weeks", type=click.IntRange(2, 520), default=52, show_default=True, help="How long to replay.")
@click.option(
    "--busy-weeks",
    type=click.IntRange(1, 1040),
    default=26,
    show_default=True,
    help="For how long a case keeps a place of each of its people.",
)
@click.option(
    "--start",
    type=click.Choice((AT_WORK, ALL_FREE)),
    default=AT_WORK,
    show_default=True,
    help="At first everybody's places are taken and come free little by little, or all are free.",
)
@click.option("--seeds", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many years to replay.")
@options.today("With files: the day on which the replayed weeks end")
@options.time_limit(60.0, "What the solver may take for a week, for prices, and for all in hindsight.")
@click.option("--json", "json_to", metavar="OUT", help="Write all figures as JSON to this file; - is standard output.")
@click.option(
    "--plot", "plot_to", metavar="OUT.svg", help="Write a picture of them to this file; - is standard output."
)
def simulate(
    cases: Path | None,
    volunteers: Path | None,
    cases_per_week: float | None,
    attorneys: int | None,
    interpreters: int | None,
    weeks: int,
    busy_weeks: int,
    start: str,
    seeds: int,
    today: datetime | None,
    time_limit: float,
    json_to: str | None,
    plot_to: str | None,
) -> None:
    """Replay a year of arrivals: most urgent first, best of each week, and with prices, beside hindsight.

    CASES and VOLUNTEERS are files as for amparo match: all cases that were received in the replayed weeks, served ones
    too. The first year is the one that was; each further one deals the same cases out in another order. Without files a
    clinic is made up, another one for each year. docs/simulate.md says what is assumed. Nothing is kept.
    """
    clinic = Clinic(cases_per_week, attorneys, interpreters)
    files = files_given(cases, volunteers, clinic, today)
    check_outputs((json_to, plot_to), files)
    day = today.date() if today else date.today()  # noqa: DTZ011 -- the user's own day
    replays = Replays(weeks, busy_weeks, seeds, at_work=start == AT_WORK)
    own = year_of(read(*files, day), weeks) if files else None
    with plugins() as host, Console(stderr=True).status("Starting") as status:
        years = replays.of(own, host, status) if own else replays.made_up(clinic, host, status)
        found = compare(years, time_limit=time_limit, report=partial(_moved, status, replays))
    if not found.groups:
        raise BadInput(
            "No case came in any of these weeks. Ask for more --cases-per-week or --weeks. Nothing was written."
        )
    write({json_to: pretty(msgspec.json.encode(found)), plot_to: plot(found).encode()})
    console(err=STANDARD_OUTPUT in (json_to, plot_to)).print(told(found))


def files_given(
    cases: Path | None, volunteers: Path | None, clinic: Clinic, today: datetime | None
) -> tuple[()] | tuple[Path, Path]:
    """The two files, or none; raise BadInput for one of them, or for files beside what only counts without."""
    if cases is None:
        if today is not None:
            raise BadInput("--today counts for your own files only. Give CASES and VOLUNTEERS too, or leave it out.")
        return ()
    if volunteers is None:
        raise BadInput(f"{cases} needs a file of volunteers beside it. Give CASES and VOLUNTEERS, or neither.")
    if clinic != Clinic(None, None, None):
        raise BadInput(
            "--cases-per-week, --attorneys and --interpreters make a clinic up. Leave them out where you give files."
        )
    return cases, volunteers


def write(outputs: dict[str | None, bytes]) -> None:
    """Write what was asked for."""
    write_outputs({place: data for place, data in outputs.items() if place is not None})


class Replays(msgspec.Struct, frozen=True):
    """How many years are replayed, and how long they and their seats are."""

    weeks: int
    busy_weeks: int
    seeds: int
    at_work: bool

    def of(self, year: Year, host: PluginHost, status: Status) -> Iterator[OneYear]:
        """A clinic's own year as it was, and then with its cases in another order."""
        market = year.market(self._asked(year, host, status), self.busy_weeks)
        for seed in range(1, self.seeds + 1):
            yield seed, year.snapshot, self._started(market if seed == 1 else market.dealt_anew(seed), seed)

    def made_up(self, clinic: Clinic, host: PluginHost, status: Status) -> Iterator[OneYear]:
        """Years of clinics that do not exist."""
        for seed in range(1, self.seeds + 1):
            year = clinic.year(seed, self.weeks)
            market = year.market(self._asked(year, host, status), self.busy_weeks)
            yield seed, year.snapshot, self._started(market, seed)

    def _started(self, market: Market, seed: int) -> Market:
        return market.in_full_swing(seed) if self.at_work else market

    def _asked(self, year: Year, host: PluginHost, status: Status) -> Candidates:
        found = year.candidates(
            host.rules(), host.scorers(), lambda done, of: status.update(f"Asking the rules {done:,} of {of:,}")
        )
        for failure in found.asked.failures:
            click.echo(f"warning: {failure.name} could not answer: {failure.cause}", err=True)
        if found.pruned:
            click.echo(found.pruned, err=True)
        return found


def _moved(status: Status, replays: Replays, seed: int, policy: str, week: int) -> None:
    status.update(f"Year {seed} of {replays.seeds}: {TITLES[policy].lower()}, week {week + 1} of {replays.weeks}")
