"""``amparo match``: two spreadsheets in, teams out, without any set-up."""

import asyncio
import contextlib
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click
import msgspec
from rich.console import Console
from rich.status import Status

from core.errors import BadInput
from core.host import PluginHost
from core.matching_process import RunRequest, ask_matcher, run_matcher
from core.matching_process.watch import Watch, WatchedRule, WatchedScorer
from core.model.plans.advice import Advised, Questions
from core.model.plans.changes import changed, find_case
from core.model.plans.sharing import GROUP_OF, MOST_POINTS, Sharing, read_floors
from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Progress
from core.settings import settings_from
from core.spreadsheets import conflicts_with_nothing, read_cases, read_scenario, read_volunteers, snapshot_of
from matching.candidates import find_candidates
from matching.export import problem_document
from plugins import BUILTIN
from web.cli import options
from web.cli.match_answers import answers_of
from web.cli.match_result import console, result_of, tables_of
from web.cli.outputs import STANDARD_OUTPUT, check_outputs, write_outputs
from web.cli.problems import refuse_bad, tell, tell_problems

EVERY_PAIR_UP_TO: Final = 4_000_000
"""Cases times volunteers up to which the candidate graph is written whole; beyond, with what a run keeps of it."""
SHOWN: Final = 12
"""How many groups are named where a floor is about none of them."""
A_FILE = click.Path(path_type=Path)


class HowMany(click.IntRange):
    """A number that may be left out; the word after the option is then easily taken for it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or an error that says where the option belongs."""
        if str(value).isdecimal():
            return super().convert(value, param, ctx)
        return self.fail(f"{value!r} is not a number. Write one, or put the option after the two files.", param, ctx)


@click.command
@click.argument("cases", type=A_FILE)
@click.argument("volunteers", type=A_FILE)
@click.option("--json", "json_to", metavar="OUT", help="Write the teams as JSON to this file; - is standard output.")
@click.option("--problem", "problem_to", metavar="OUT", help="Write every eligible pair as JSON to this file.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same teams.")
@options.time_limit(600.0, "What the solver may take.")
@options.today("The day from which urgency counts")
@click.option(
    "--explain",
    metavar="CASE",
    multiple=True,
    help="Say everything known about this case: why its team, or why none. May be given several times.",
)
@click.option(
    "--what-if",
    metavar="CHANGE",
    multiple=True,
    help="A change to think through, such as 'remove A-12'; all that are given are one scenario. Nothing is kept.",
)
@click.option(
    "--recruit",
    type=HowMany(1, 50),
    is_flag=False,
    flag_value=5,
    metavar="[N]",
    help="Rank whom to recruit, and verify the first N (5) by planning again with one more of each.",
)
@click.option(
    "--floor",
    "floors",
    metavar="GROUP=SHARE",
    multiple=True,
    help="Serve at least this share of a group, such as language:mam=60%; points a missing case behind it, as @1500.",
)
@click.option(
    "--spread",
    type=click.FloatRange(0.0, MOST_POINTS),
    default=0.0,
    metavar="POINTS",
    help="Spread work: what a volunteer's last place costs more than the first. 10 is mild. [default: 0]",
)
@click.option("--matcher", default="joint", show_default=True, help="Which matcher; `amparo plugins` lists them.")
def match(
    cases: Path,
    volunteers: Path,
    json_to: str | None,
    problem_to: str | None,
    seed: int,
    time_limit: float,
    today: datetime | None,
    explain: tuple[str, ...],
    what_if: tuple[str, ...],
    recruit: int | None,
    floors: tuple[str, ...],
    spread: float,
    matcher: str,
) -> None:
    """Find teams for the cases of one spreadsheet among the volunteers of another.

    CASES and VOLUNTEERS are CSV or Excel files; docs/spreadsheets.md lists their columns. Every bad row is listed, and
    then nothing is written and the exit code is 2. No database is needed, and nothing is kept. docs/match.md says how
    changes are written and how the answers are read.
    """
    check_outputs((json_to, problem_to), (cases, volunteers))
    sharing = Sharing(read_floors(floors), spread)
    snapshot = read(cases, volunteers, today.date() if today else date.today())  # noqa: DTZ011 -- the user's own day
    snapshot = msgspec.structs.replace(snapshot, sharing=sharing)
    require_members(snapshot)
    questions = questions_of(snapshot, explain, what_if, recruit or 0)
    with plugins() as host:
        request = RunRequest(snapshot=snapshot, matcher=matcher, seed=seed, time_limit=time_limit)
        answer = asyncio.run(follow(request, questions, host))
        graph = graph_of(snapshot, host) if problem_to else b""
    result = result_of(answer, questions)
    told = {json_to: pretty(msgspec.json.encode(result)), problem_to: graph}
    write_outputs({place: data for place, data in told.items() if place is not None})
    show(answer, tables_to_err=STANDARD_OUTPUT in (json_to, problem_to))


def read(cases: Path, volunteers: Path, today: date) -> Snapshot:
    """Read both files, tell all that is wrong with either, and raise BadInput where one has an error."""
    case_rows, volunteer_rows = read_cases(cases, today), read_volunteers(volunteers, today)
    tell(case_rows)
    tell(volunteer_rows)
    refuse_bad(case_rows, volunteer_rows)
    tell_problems(conflicts_with_nothing(case_rows, volunteer_rows))
    return snapshot_of(case_rows.rows, volunteer_rows.rows, today)


def require_members(snapshot: Snapshot) -> None:
    """Raise BadInput where a floor is about a group that no case is in: it will have been misspelt."""
    for floor in snapshot.sharing.floors:
        if not any(map(floor.has, snapshot.cases)):
            known = sorted({GROUP_OF[floor.kind](case) for case in snapshot.cases} - {""})
            named = ", ".join(known[:SHOWN]) + " and others" * (len(known) > SHOWN)
            raise BadInput(
                f"No case is in the group {floor.kind}:{floor.group} of a floor. "
                f"The cases have {named or 'none of that kind'}."
            )


def questions_of(snapshot: Snapshot, explain: Sequence[str], what_if: Sequence[str], recruit: int) -> Questions:
    """What is asked beyond the teams; raise BadInput, before any work, where it names nobody or makes no sense."""
    for ref in explain:
        find_case(snapshot, ref)
    scenario = read_scenario(what_if, snapshot)
    tell_problems(scenario.warnings)
    changed(snapshot, scenario.changes)
    return Questions(tuple(dict.fromkeys(explain)), scenario.changes, recruit)


@contextlib.contextmanager
def plugins() -> Iterator[PluginHost]:
    """The plugins that a run needs; what they print must not get into the result."""
    with contextlib.redirect_stdout(sys.stderr):
        host = PluginHost.load(BUILTIN, settings=settings_from(), kinds=("rules", "scorers", "matchers"))
        with contextlib.closing(host):
            yield host


async def follow(request: RunRequest, questions: Questions, host: PluginHost) -> Advised:
    """Run the matcher in its own process; on a terminal, show how far it is. A matcher that only plans will do."""
    with Console(stderr=True).status("Starting") as status:

        async def moved(progress: Progress) -> None:
            await _moved(status, progress)

        if questions == Questions():
            return Advised(await run_matcher(request, host=host, on_progress=moved))
        return await ask_matcher(request, questions, host=host, on_progress=moved)


async def _moved(status: Status, progress: Progress) -> None:
    share = f" {progress.done:,} of {progress.of:,}" if progress.of else ""
    gap = f", {progress.gap:.2%} to the bound" if progress.gap is not None else ""
    status.update(f"{progress.stage}{share}{gap}")


def graph_of(snapshot: Snapshot, host: PluginHost) -> bytes:
    """The candidate graph as JSON. A plugin that hung in the run is switched off by now, and blocks."""
    watch = Watch(host)
    rules = [WatchedRule(rule, watch) for rule in host.rules()]
    scorers = [WatchedScorer(scorer, watch) for scorer in host.scorers()]
    every_pair = len(snapshot.cases) * len(snapshot.volunteers) <= EVERY_PAIR_UP_TO
    candidates = find_candidates(snapshot, rules, scorers, every_pair=every_pair)
    return pretty(msgspec.json.encode(problem_document(candidates)))


def pretty(data: bytes) -> bytes:
    """JSON with a line for each value."""
    return msgspec.json.format(data, indent=1) + b"\n"


def show(answer: Advised, *, tables_to_err: bool) -> None:
    """Print the teams and the answers; on standard error what failed or was left out."""
    plan, screen = answer.plan, console(err=tables_to_err)
    screen.print(tables_of(plan))
    for part in answers_of(answer):
        screen.print()
        screen.print(part)
    for failure in plan.failures:
        click.echo(f"warning: {failure.name} could not answer: {failure.cause}", err=True)
    if plan.pruned:
        click.echo(plan.pruned, err=True)
