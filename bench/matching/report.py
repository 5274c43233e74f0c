"""The table: for a reader at the screen, as JSON for whoever reckons with it, and in Markdown for the documentation."""

import os
import platform
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from bench.matching.goals import Goal, Measured, Plan, Row
from bench.matching.lab import Trial, contradictions

LIBRARIES: Final = ("highspy", "numpy", "ortools", "scipy")
WRONG: Final = "WRONG"


class Line(msgspec.Struct, frozen=True):
    """One figure of a row: its values, one a seed, as they are told, and whether they reach what they must."""

    figure: str
    values: list[float]
    told: str
    must: str
    mark: str


class Told(msgspec.Struct, frozen=True):
    """A row that was measured: when, on what machine, how loaded; its figures, answers and verdicts."""

    row: str
    title: str
    seeds: list[int]
    scale: float
    mentors: bool
    measured: datetime
    machine: str
    load: tuple[float, float]
    lines: list[Line]
    notes: list[str]
    faults: list[str]
    trials: list[Trial]


def told(row: Row, plan: Plan, measure: Callable[[], Measured]) -> Told:
    """Measure a row and write everything down. ``load``: how many processes wanted a core, before and after."""
    before = os.getloadavg()[0]
    found = measure()
    faults = [*found.faults, *contradictions(found.trials)]
    faults += [f"{trial.solver}, seed {trial.waitlist.seed}: {one}" for trial in found.trials for one in trial.faults]
    return Told(
        row=row.name,
        title=row.title,
        seeds=list(plan.seeds),
        scale=plan.scale,
        mentors=plan.mentors,
        measured=datetime.now(UTC).replace(microsecond=0),
        machine=machine(),
        load=(before, os.getloadavg()[0]),
        lines=[_line(goal, wrong=bool(faults)) for goal in found.goals],
        notes=found.notes,
        faults=faults,
        trials=found.trials,
    )


def _line(goal: Goal, *, wrong: bool) -> Line:
    return Line(goal.figure, goal.values, goal.told, goal.must, WRONG if wrong else goal.mark)


def machine() -> str:
    """Cores and versions, as far as figures depend on them."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {libraries}"


def verdict(row: Told) -> str:
    """What the checker says of all answers of a row."""
    if row.faults:
        return f"{len(row.faults)} wrong: {row.faults[0]}"
    return f"all {len(row.trials)} answers feasible, with the values they state" if row.trials else "feasible"


def table(rows: Iterable[Told]) -> Iterator[str]:
    """The lines of the table for a screen."""
    for row in rows:
        small = "" if row.scale == 1 else f", {row.scale:g} times the size"
        yield f"{row.row}: {row.title}{small} ({len(row.seeds)} worlds)"
        for line in row.lines:
            yield f"    {line.figure:<50} {line.told:<34} {line.must:<32} {line.mark}"
        yield from (f"    {note}" for note in row.notes)
        yield f"    checked: {verdict(row)}"


def markdown(rows: Iterable[Told]) -> str:
    """The table for the documentation."""
    found = ["| | measured: median (range) | must reach | |", "|---|---|---|---|"]
    for row in rows:
        small = "" if row.scale == 1 else f", at {row.scale:g} of the size"
        found.append(f"| **{row.title}**{small} | {len(row.seeds)} worlds; {verdict(row)} | | |")
        found += [f"| {line.figure} | {line.told} | {line.must} | {line.mark} |" for line in row.lines]
        found += [f"| | {note} | | |" for note in row.notes]
    return "\n".join(found)


def read(path: Path) -> list[Told]:
    """The rows of a file of figures; SystemExit where it is none."""
    if not path.exists():
        raise SystemExit(f"There is no file {path}. Make one with --json {path}.")
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Told])
    except msgspec.DecodeError as error:
        raise SystemExit(f"{path} is not a file of figures: {error}") from error


def write(path: Path, row: Told) -> None:
    """Put a row into a file of figures, in place of an earlier one of that name."""
    rows = read(path) if path.exists() else []
    known = [one.row for one in rows]
    if row.row in known:
        rows[known.index(row.row)] = row
    else:
        rows.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=1))
