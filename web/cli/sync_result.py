"""What ``amparo sync`` writes: the rosters, or a run with its counts, guards and first changes."""

import sys
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.model.rosters.changes import Change, ChangeKind, FieldChange, RosterRun, RosterStanding
from core.model.rosters.entries import Spoken
from core.model.states import RosterRunState
from core.model.vocabulary import Standing
from core.protocols import Roster

COLOURS: Final = {
    ChangeKind.NEW: "green",
    ChangeKind.BACK: "green",
    ChangeKind.CHANGED: "yellow",
    ChangeKind.OVERDUE: "yellow",
    ChangeKind.GONE: "red",
}
COUNTED: Final = ("new", "changed", "back", "gone", "overdue", "same")
OUTCOMES: Final = {
    RosterRunState.PREVIEWED: "Nothing was changed. Apply it with `amparo sync {name} --apply`.",
    RosterRunState.HELD: "Held for a person: nothing was changed, the last good roster stays. If all is as it should "
    "be, apply it with `amparo sync --accept {short}`.",
    RosterRunState.APPLIED: "Applied. Take it back with `amparo sync --undo {short}`.",
    RosterRunState.UNDONE: "Taken back. Alerts stay open and offers on hold until a coordinator has looked.",
}


class ShownChange(msgspec.Struct, frozen=True):
    """A change with the fields that differ, and the member's standing as the roster says it, or said it last."""

    number: str
    name: str
    kind: ChangeKind
    standing: Standing
    fields: tuple[FieldChange, ...]


class ShownRun(msgspec.Struct, frozen=True):
    """A run with its first changes."""

    run: RosterRun
    changes: tuple[ShownChange, ...]


class ListedRoster(msgspec.Struct, frozen=True):
    """A roster with its last run. ``every`` is in hours; None: no plugin brings it at present, or it is uploaded."""

    name: str
    title: str
    bar: str
    every: float | None
    members: int
    last: RosterRun | None
    uploaded: bool = False

    @classmethod
    def of(cls, name: str, brought: Roster | None, known: RosterStanding | None) -> "ListedRoster":
        """What a plugin declares, beside what is known of it."""
        declared = brought or known
        assert declared is not None
        every = None if brought is None else brought.every / timedelta(hours=1)
        members, last = (known.members, known.last) if known else (0, None)
        uploaded = brought is None and known is not None and known.by_hand
        return cls(name, declared.title, declared.bar, every, members, last, uploaded)


def shown_run(run: RosterRun, changes: Iterable[Change]) -> ShownRun:
    """A run as it is shown."""
    return ShownRun(
        run,
        tuple(
            ShownChange(one.number, one.entry.name, one.kind, one.entry.standing, tuple(one.fields()))
            for one in changes
        ),
    )


def as_json(found: Any) -> str:
    """The same for programs."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def list_rosters(found: tuple[ListedRoster, ...]) -> None:
    """Write the list of rosters."""
    if not found:
        click.echo("No plugin that is on brings a roster. `amparo plugins` lists the plugins.")
        return
    table = Table(title=f"{len(found)} roster{'s' * (len(found) != 1)}", title_justify="left")
    for heading in ("Name", "Title", "Bar", "Every", "Members", "Last run", "State", "Changes"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("Members", "Changes") else "left")
    for one in found:
        table.add_row(*map(Text, (one.name, one.title, one.bar, _every(one), f"{one.members:,}", *_last(one))))
    _console().print(table)


def _every(one: ListedRoster) -> str:
    if one.every is None:
        return "uploaded" if one.uploaded else "no plugin brings it"
    return f"{one.every:g} h" if one.every else "on demand"


def _last(one: ListedRoster) -> tuple[str, str, str]:
    run = one.last
    if run is None:
        return "never", "", ""
    return f"{run.short}, {run.began_at:%Y-%m-%d %H:%M} UTC", _state(run), f"{run.tally.changes:,}"


def _state(run: RosterRun) -> str:
    return f"{run.state}: {run.error}" if run.error else str(run.state)


def show_run(shown: ShownRun) -> None:
    """Write a run: what was read, what differs, why it is held, and what to do next."""
    run, tally = shown.run, shown.run.tally
    click.echo(f"{run.title} ({run.name}, bar {run.bar}), run {run.short}: {_state(run)}")
    counts = ", ".join(f"{getattr(tally, name):,} {name}" for name in COUNTED)
    click.echo(f"{tally.read:,} rows, {tally.members:,} members, {tally.known:,} known before: {counts}.")
    for line in (*_ours(run), *_doubts(run)):
        click.echo(line)
    if shown.changes:
        _console().print(_changes(shown))
    for guard in run.guards:
        click.echo(f"{click.style('held', fg='red')} {guard.code}: {guard.text}")
    if run.state in OUTCOMES:
        click.echo(OUTCOMES[run.state].format(name=run.name, short=run.short))


def _ours(run: RosterRun) -> Iterable[str]:
    tally = run.tally
    if tally.volunteers:
        losing = f"{tally.losing:,} of them not in good standing any more" if tally.losing else "all as good as before"
        yield f"{tally.volunteers:,} of our volunteers among them: {losing}."


def _doubts(run: RosterRun) -> Iterable[str]:
    tally = run.tally
    if tally.doubled:
        several = "row repeats" if tally.doubled == 1 else "rows repeat"
        yield f"{tally.doubled:,} {several} a number: a member with several offices is one member."
    if tally.doubtful:
        more = f" and {tally.doubtful - len(run.doubtful):,} more" if tally.doubtful > len(run.doubtful) else ""
        yield (
            f"Left as they were, since their rows have different names or standings: {', '.join(run.doubtful)}{more}. "
            "Ask the bar which is right."
        )


def _changes(shown: ShownRun) -> Table:
    further = shown.run.tally.changes - len(shown.changes)
    table = Table(title=f"{further:,} further changes are not shown" if further > 0 else None, title_justify="left")
    for heading in ("Number", "Name", "Change", "Standing", "Field by field"):
        table.add_column(heading, overflow="fold")
    for one in shown.changes:
        fields = "\n".join(f"{each.field}: {_told(each.before)} → {_told(each.after)}" for each in one.fields)
        kind = Text(one.kind, style=COLOURS[one.kind])
        table.add_row(Text(one.number), Text(one.name), kind, Text(one.standing), Text(fields))
    return table


def _told(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_told, value)) or "nothing"
    if isinstance(value, Spoken):
        return f"{value.tag} {value.level:g}" if value.level else value.tag
    return "nothing" if value in ("", None) else str(value)


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160)
