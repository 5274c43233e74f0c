"""Previewing a roster: reading it to its end and keeping what it would change. Nothing is applied here."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID

from msgspec.structs import replace

from core.errors import BadInput, TooLate
from core.host.causes import told_to_staff
from core.model.people import Actor
from core.model.rosters.changes import Change, ChangeKind, Guard, RosterRun
from core.model.rosters.diff import Comparison, Verdict, mark_of
from core.model.rosters.entries import RosterEntry
from core.model.rosters.guards import guards
from core.model.states import RosterRunState
from core.model.vocabulary import Standing
from core.protocols import Roster
from core.services.cases.importing import AT_ONCE, portions
from core.services.clinic import require_roster
from core.services.notifying import tell_coordinators
from core.services.rosters.claims import Claim, claimed
from core.services.runs.proposing import Clock
from core.store.alerts import raise_alert
from core.store.audit import record
from core.store.database import transaction
from core.store.keys import new_id
from core.store.rosters import roster_runs, rosters

LISTED: Final = 50
"""How many numbers that contradict themselves a run names."""
KEPT: Final = "the last good roster stays. The page of its run says why."
NOTED: Final = 5_000
"""After so many rows it is noted how far the reading is."""
Batches = AsyncGenerator[Sequence[RosterEntry], None]
Fetch = Callable[[datetime | None], Batches]
"""Gives the entries of a roster in batches, from what changed since a moment where the roster can tell."""


async def preview_roster(
    roster: Roster, fetch: Fetch, *, asking: Sequence[Guard] = (), by: Actor, clock: Clock
) -> RosterRun:
    """Read a roster and keep what it would change as a run: previewed, or held where a guard asks for a person.

    Nothing of what is known changes. A failure of the source fails the run, and the last good roster stays. A run that
    was previewed or held before is superseded. ``asking`` are further reasons to ask for a person. Raises TooLate while
    another program synchronises this roster, or where a run was left half-applied.
    """
    require_roster(by, roster.name)
    await _introduce(roster)
    async with claimed(roster.name, clock=clock) as claim:
        run = await _begin(roster, claim, by=by, now=clock())
        async with _failing(run, by=by, clock=clock):
            return await _Preview(roster, run, claim, asking, by, clock).perform(fetch)


async def _introduce(roster: Roster) -> None:
    async with transaction():
        row = await rosters.ensure_roster(roster.name, title=roster.title, bar=roster.bar)
    if row["bar"] != roster.bar:
        raise BadInput(
            f"{roster.title} ({roster.name}) was the roster of {row['bar']} and now says {roster.bar}. Nothing was "
            "changed. Give the roster of another bar another name."
        )


async def _begin(roster: Roster, claim: Claim, *, by: Actor, now: datetime) -> RosterRun:
    async with transaction():
        await _refuse_half_applied(claim)
        for abandoned in await roster_runs.runs_in(claim.roster, RosterRunState.READING):
            await _fail(abandoned, "It ended before it had read the whole roster.", by=by, now=now)
        row = await rosters.find_roster(roster.name)
        base = await roster_runs.find_run(row["applied"]) if row["applied"] else None
        run = RosterRun(
            id=new_id(),
            roster=claim.roster,
            name=roster.name,
            title=roster.title,
            bar=roster.bar,
            state=RosterRunState.READING,
            base=base.id if base else None,
            since=base.began_at if base else None,
            partial=bool(getattr(roster, "partial", False)),
            began_at=now,
            asked_by=by.label[:200],
        )
        await roster_runs.insert_run(run)
        await record("roster_run_begun", subject_kind="roster_run", subject=run.id, by=by, now=now, roster=roster.name)
    return run


async def _refuse_half_applied(claim: Claim) -> None:
    for run in await roster_runs.runs_in(claim.roster, RosterRunState.UNDOING):
        raise TooLate(
            f"Run {run.short} of {run.title} was interrupted while it was taken back. Finish that first, with "
            f"`amparo sync --undo {run.short}`."
        )
    for run in await roster_runs.runs_in(claim.roster, RosterRunState.APPLYING):
        raise TooLate(
            f"Run {run.short} of {run.title} was interrupted with {run.done:,} of {run.tally.changes:,} changes "
            f"applied. Finish it with `amparo sync {run.name} --apply`, or take it back with "
            f"`amparo sync --undo {run.short}`."
        )


@asynccontextmanager
async def _failing(run: RosterRun, *, by: Actor, clock: Clock) -> AsyncIterator[None]:
    """A run that does not come to its end is failed with its cause and changes nothing, however it ended."""
    try:
        yield
    except asyncio.CancelledError:
        await asyncio.shield(_fail(run, "It was stopped.", by=by, now=clock()))
        raise
    except Exception as problem:
        await _fail(run, told_to_staff(problem), by=by, now=clock())
        raise


async def _fail(run: RosterRun, cause: str, *, by: Actor, now: datetime) -> None:
    async with transaction():
        if await roster_runs.fail_run(run.id, now=now, error=cause):
            await record("roster_run_failed", subject_kind="roster_run", subject=run.id, by=by, now=now)
            await raise_alert("roster_failed", text=f"{run.title}: {KEPT}", path=page_of(run), now=now)


class _Preview:
    """The reading of one roster: verdicts are collected and written some hundred at a time."""

    def __init__(
        self, roster: Roster, run: RosterRun, claim: Claim, asking: Sequence[Guard], by: Actor, clock: Clock
    ) -> None:
        self._roster, self._run, self._claim, self._by, self._clock = roster, run, claim, by, clock
        self._asking = tuple(asking)
        self._waiting: dict[str, Verdict] = {}
        self._reverted: set[str] = set()

    async def perform(self, fetch: Fetch) -> RosterRun:
        """Read to the end, compare, and close the run."""
        run = self._run
        listed, absent = await rosters.marks_of(run.roster)
        standings = await _standings(run.bar)
        comparison = Comparison(listed, absent=absent, standings=standings, partial=run.partial)
        async with aclosing(fetch(run.since)) as batches:
            await self._read(batches, comparison)
        await self._note_gone(list(comparison.gone()))
        return await self._close(comparison)

    async def _read(self, batches: AsyncIterable[Sequence[RosterEntry]], comparison: Comparison) -> None:
        rows = noted = 0
        async for batch in batches:
            self._waiting.update((verdict.number, verdict) for verdict in comparison.take(batch))
            rows += len(batch)
            if rows >= noted + NOTED:
                noted = rows
                await roster_runs.note_rows(self._run.id, rows)
            if len(self._waiting) >= AT_ONCE:
                await self._write()
        await self._write()

    async def _write(self) -> None:
        """Keep what the waiting verdicts say."""
        verdicts = list(self._waiting.values())
        self._waiting.clear()
        for part in portions(verdicts):
            unwanted = [one.number for one in part if one.kind is None]
            async with transaction():
                await self._claim.hold(self._clock)
                changes = await self._changes(part)
                await roster_runs.put_changes(self._run.id, changes)
                await roster_runs.drop_changes(self._run.id, unwanted)
            self._note_reverted(changes, unwanted)

    async def _changes(self, verdicts: Sequence[Verdict]) -> list[Change]:
        kept = [one.number for one in verdicts if one.kind not in (None, ChangeKind.NEW)]
        known = await rosters.known_entries(self._run.roster, kept)
        return [
            Change(number=one.number, kind=one.kind, before=known.get(one.number), after=one.entry)
            for one in verdicts
            if one.kind is not None
        ]

    def _note_reverted(self, changes: Sequence[Change], unwanted: Sequence[str]) -> None:
        self._reverted.difference_update(unwanted, (change.number for change in changes))
        self._reverted.update(change.number for change in changes if _reverts(change))

    async def _note_gone(self, numbers: Sequence[str]) -> None:
        for part in portions(numbers):
            async with transaction():
                await self._claim.hold(self._clock)
                known = await rosters.known_entries(self._run.roster, part)
                changes = [Change(number=n, kind=ChangeKind.GONE, before=one) for n, one in known.items()]
                await roster_runs.put_changes(self._run.id, changes)

    async def _close(self, comparison: Comparison) -> RosterRun:
        """Hold the run where a guard says so, and let it take the place of what was previewed before."""
        run, now, doubtful = self._run, self._clock(), comparison.doubtful()
        tally = replace(comparison.tally(), reverted=len(self._reverted))
        as_of = _date_of(self._roster)
        async with transaction():
            await self._claim.hold(self._clock)
            last = (await roster_runs.find_run(run.base)).as_of if run.base else None
            found = self._asking + guards(tally, partial=run.partial, as_of=as_of, last=last)
            await _supersede(run.roster, by=self._by, now=now)
            state = RosterRunState.HELD if found else RosterRunState.PREVIEWED
            await roster_runs.move_run(
                run.id, state, ended_at=now, as_of=as_of, tally=tally, guards=found, doubtful=tuple(doubtful[:LISTED])
            )
            await self._tell(state, tally.changes, now)
        return await roster_runs.find_run(run.id)

    async def _tell(self, state: RosterRunState, changes: int, now: datetime) -> None:
        run, kind = self._run, f"roster_{state}"
        await record(kind, subject_kind="roster_run", subject=run.id, by=self._by, now=now, changes=changes)
        if state is RosterRunState.HELD:
            is_new = await raise_alert("roster_held", text=f"{run.title}: {KEPT}", path=page_of(run), now=now)
            if is_new:  # a roster that is held night after night is told of once, until somebody has looked
                await tell_coordinators("roster_held", path=page_of(run), now=now)


def page_of(run: RosterRun) -> str:
    """Where a person looks at a run."""
    return f"/rosters/{quote(run.name, safe='')}/runs/{run.id}"


def _date_of(roster: Roster) -> datetime | None:
    """The date that a roster gives of itself, where it gives one that can be compared."""
    said = getattr(roster, "as_of", None)
    return said if isinstance(said, datetime) and said.tzinfo else None


def _reverts(change: Change) -> bool:
    """Whether an entry says again what it said one version before."""
    if change.kind is not ChangeKind.CHANGED or change.before is None or change.after is None:
        return False
    return change.before.previous == mark_of(change.after).hex()


async def _standings(bar: str) -> dict[str, frozenset[Standing]]:
    """The standings that volunteers have with us at a bar, by number."""
    found: dict[str, frozenset[Standing]] = {}
    for number, _, standing in await rosters.admissions_at(bar):
        found[number] = found.get(number, frozenset()) | {standing}
    return found


async def _supersede(roster: UUID, *, by: Actor, now: datetime) -> None:
    for older in await roster_runs.runs_in(roster, RosterRunState.PREVIEWED, RosterRunState.HELD):
        await roster_runs.move_run(older.id, RosterRunState.SUPERSEDED)
        await roster_runs.drop_changes(older.id)
        await record("roster_superseded", subject_kind="roster_run", subject=older.id, by=by, now=now)
