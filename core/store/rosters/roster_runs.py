"""Runs over rosters in the database, with the changes that each made or would make."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.rosters.changes import Change, Effect, RosterRun
from core.model.rosters.diff import mark_of
from core.model.states import RosterRunState
from core.store.bulk import put_rows
from core.store.database import slow_reads
from core.store.keys import new_id
from core.store.moving import move, try_move
from core.store.paths import via

Row = dict[str, Any]
RECENT: Final = 100
"""How many of the last runs are looked through for a name."""


async def insert_run(run: RosterRun) -> None:
    """Write a run that reads."""
    r = t.RosterRun
    await r.insert(
        r(
            id=run.id,
            roster=run.roster,
            base=run.base,
            state=str(run.state),
            partial=run.partial,
            since=run.since,
            began_at=run.began_at,
            asked_by=run.asked_by,
        )
    )


async def move_run(run: UUID, to: RosterRunState, **changes: Any) -> None:
    """Move a run; TooLate when its state has no such arrow any more. Structs are written as JSON."""
    values = {name: _column(value) for name, value in changes.items()}
    await move(t.RosterRun, run, to, subject="roster run", **values)


def _column(value: Any) -> Any:
    if isinstance(value, (msgspec.Struct, tuple)):
        return msgspec.json.encode(value).decode()
    return value


async def fail_run(run: UUID, *, now: datetime, error: str) -> bool:
    """Note that a run has failed, and forget what it would have changed; False when it has ended already."""
    if not await try_move(t.RosterRun, run, RosterRunState.FAILED, ended_at=now, error=error):
        return False
    await drop_changes(run)
    return True


async def note_done(run: UUID, done: int) -> None:
    """Keep how many changes of a run are applied."""
    await t.RosterRun.update({t.RosterRun.done: done}).where(t.RosterRun.id == run)


async def note_rows(run: UUID, rows: int) -> None:
    """Keep how many rows of the roster are read so far."""
    await t.RosterRun.update({t.RosterRun.rows: rows}).where(t.RosterRun.id == run)


async def runs_of(roster: UUID, *, limit: int, before: UUID | None = None) -> list[RosterRun]:
    """The runs of a roster, newest first, from behind ``before``."""
    r = t.RosterRun
    older = (r.id < before,) if before else ()
    return await _runs(r.roster == roster, *older, limit=limit)


async def find_run(run: UUID) -> RosterRun:
    """A run; NotFound otherwise."""
    found = await _runs(t.RosterRun.id == run, limit=1)
    if not found:
        raise NotFound("There is no such roster run.")
    return found[0]


async def run_called(name: str) -> RosterRun:
    """The run whose id ends so, or is this; NotFound where none of the last is, or several are."""
    wanted = name.casefold().replace("-", "")
    found = [run for run in await _runs(limit=RECENT) if wanted and run.id.hex.endswith(wanted)]
    if len(found) != 1:
        many = "Several roster runs are" if found else "No roster run is"
        raise NotFound(f"{many} called {name}. Take the whole id as `amparo sync --json` lists it.")
    return found[0]


async def runs_in(roster: UUID, *states: RosterRunState) -> list[RosterRun]:
    """The runs of a roster in these states, newest first."""
    r = t.RosterRun
    return await _runs(r.roster == roster, r.state.is_in([str(state) for state in states]))


async def undone_since(roster: UUID, run: UUID | None) -> bool:
    """Whether a run of a roster was taken back that began after this one, or any where none is given."""
    r = t.RosterRun
    undone = r.state.is_in([str(RosterRunState.UNDOING), str(RosterRunState.UNDONE)])
    later = (r.roster == roster) & undone
    return bool(await r.exists().where(later & (r.id > run) if run else later))


async def last_runs() -> dict[UUID, RosterRun]:
    """The newest run of each roster."""
    rows = await t.RosterRun.raw("SELECT roster, MAX(CAST(id AS TEXT)) AS run FROM roster_run GROUP BY roster")
    keys = [UUID(str(row["run"])) for row in rows]
    return {run.roster: run for run in await _runs(t.RosterRun.id.is_in(keys))} if keys else {}


async def _runs(*conditions: Any, limit: int = 0) -> list[RosterRun]:
    r = t.RosterRun
    query = r.select(
        *r.all_columns(),
        via(r.roster).name.as_alias("name"),
        via(r.roster).title.as_alias("title"),
        via(r.roster).bar.as_alias("bar"),
    ).order_by(r.id, ascending=False)
    query = query.where(*conditions) if conditions else query
    rows = await (query.limit(limit) if limit else query).output(load_json=True)
    return [msgspec.convert(row, RosterRun) for row in rows]


async def put_changes(run: UUID, changes: Iterable[Change]) -> None:
    """Keep what a run would do, in place of what it would have done to the same numbers."""
    c = t.RosterChange
    rows = [
        (
            str(new_id()),
            str(run),
            change.number,
            change.kind,
            mark_of(change.after).hex() if change.after else "",
            msgspec.json.encode(change.before).decode(),
            msgspec.json.encode(change.after).decode(),
        )
        for change in changes
    ]
    await put_rows(c, (c.id, c.run, c.number, c.kind, c.mark, c.before, c.after), rows, unique=(c.run, c.number))


async def drop_changes(run: UUID, numbers: Sequence[str] | None = None) -> None:
    """Let a run do nothing to these numbers, or to any."""
    c = t.RosterChange
    if numbers is None:
        await c.delete().where(c.run == run)
    elif numbers:
        await c.delete().where(c.run == run, c.number.is_in(list(numbers)))


async def old_runs(keep: int) -> list[UUID]:
    """The runs that are over and not among the last ``keep`` of their roster, the oldest first.

    The one that was applied last is none of them, nor are those whose changes are forgotten already.
    """
    rows = await t.RosterRun.raw(
        "SELECT r.id FROM (SELECT id, roster, state, forgotten, "
        "ROW_NUMBER() OVER (PARTITION BY roster ORDER BY id DESC) AS place FROM roster_run) r "
        "JOIN roster k ON k.id = r.roster WHERE r.place > {} AND r.state IN ({}, {}) "
        "AND NOT r.forgotten AND (k.applied IS NULL OR k.applied <> r.id) ORDER BY r.id",
        keep,
        str(RosterRunState.APPLIED),
        str(RosterRunState.UNDONE),
    )
    return [UUID(str(row["id"])) for row in rows]


async def forget_run(run: UUID) -> bool:
    """Note that a run's changes are not kept any more; False where somebody takes it back meanwhile."""
    r = t.RosterRun
    over = r.state.is_in([str(RosterRunState.APPLIED), str(RosterRunState.UNDONE)])
    return bool(await r.update({r.forgotten: True}).where(r.id == run, over).returning(r.id))


async def forgotten_changes(*, limit: int) -> list[UUID]:
    """So many changes of runs whose changes are not kept any more."""
    rows = await t.RosterChange.raw(
        "SELECT c.id FROM roster_change c JOIN roster_run r ON r.id = c.run WHERE r.forgotten LIMIT {}", limit
    )
    return [UUID(str(row["id"])) for row in rows]


async def delete_changes(keys: Sequence[UUID]) -> None:
    """Delete changes by their keys."""
    await t.RosterChange.delete().where(t.RosterChange.id.is_in(list(keys)))


async def changes_of(
    run: UUID, *, limit: int, after: str = "", done: bool | None = None, kinds: Sequence[str] = ()
) -> list[Change]:
    """Changes of a run by number, from behind ``after``: those done, those not, or all; of all kinds or of these."""
    c = t.RosterChange
    query = c.select().where(c.run == run, c.number > after).order_by(c.number).limit(limit)
    query = query if done is None else query.where(c.done == done)
    query = query.where(c.kind.is_in(list(kinds))) if kinds else query
    async with slow_reads():
        return [_change(row) for row in await query]


def _change(row: Row) -> Change:
    texts = {name: msgspec.json.decode(row[name]) for name in ("before", "after", "effects")}
    return msgspec.convert({"number": row["number"], "kind": row["kind"], **texts}, Change)


async def note_applied(run: UUID, changes: Sequence[Change], effects: Mapping[str, tuple[Effect, ...]]) -> None:
    """Note that changes, those not done between the first and the last number, are applied, with what followed."""
    c = t.RosterChange
    between = (c.number >= changes[0].number) & (c.number <= changes[-1].number)
    await c.update({c.done: True}).where(c.run == run, between, c.done == False)  # noqa: E712 -- a column
    for number, followed in effects.items():
        said = msgspec.json.encode(followed).decode()
        await c.update({c.effects: said}).where(c.run == run, c.number == number)


async def note_undone(run: UUID, numbers: Sequence[str]) -> None:
    """Note that changes are taken back."""
    c = t.RosterChange
    if numbers:
        await c.update({c.done: False}).where(c.run == run, c.number.is_in(list(numbers)))
