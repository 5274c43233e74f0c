"""Entries that a bar's program pushes: what changed, or a whole roster in parts. Each request counts once."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from core.errors import Contradicts, TooLate
from core.model.people import Actor
from core.model.rosters.changes import Guard, RosterRun
from core.model.rosters.entries import RosterEntry
from core.model.rosters.pushing import MOST_STAGED, PushAnswer, Pushed, for_the_bar, reasons_for_the_bar
from core.model.states import RosterRunState
from core.services.clinic import require_roster
from core.services.rosters.applying import apply_run
from core.services.rosters.beating import beating
from core.services.rosters.previews import Fetch, preview_roster
from core.services.runs.proposing import Clock
from core.store.audit import record
from core.store.database import transaction
from core.store.keys import new_id
from core.store.rosters import pushing, roster_runs, rosters

LEASE: Final = timedelta(seconds=30)
"""For how long a request stays somebody's whose program died."""
KEPT_DAYS: Final = 7
"""For how many days a request is remembered under its key, and a part waits for those that follow."""
APPLIED, ACCEPTED = 200, 202
AGAIN: Final = (RosterRunState.PREVIEWED, RosterRunState.HELD, RosterRunState.APPLYING, RosterRunState.APPLIED)
"""The states of a run on which a request that is sent again goes on; any other run is over, and a new one begins."""
Row = dict[str, Any]


class InHand(TooLate):
    """The same request is being worked on at this moment, or its roster is. It may be sent again in a while."""


class PushedRoster(msgspec.Struct, frozen=True):
    """A roster as it was pushed, in the place of a plugin's."""

    name: str
    title: str
    bar: str
    partial: bool
    as_of: datetime | None = None
    every: timedelta = timedelta(0)

    def fetch(self, since: datetime | None) -> AsyncGenerator[RosterEntry, None]:
        """Nothing: what was pushed is there already."""
        raise Contradicts("What a program pushes cannot be fetched.")


async def push_entries(roster: str, pushed: Pushed, *, by: Actor, clock: Clock) -> tuple[int, PushAnswer]:
    """Take what was pushed; the status of HTTP and what became of it. The same request again is answered as before.

    What changed is previewed and applied unless a guard holds it; a whole roster is, once its last part is there. The
    first run of a roster, and what comes after a run was taken back, waits for a person. A request that ends half-way,
    with its program, goes on where it ended when it is sent again. Raises Contradicts where the key was used for
    something else, and InHand while the same request, or another program on this roster, is at work.
    """
    require_roster(by, roster)
    row = await rosters.find_roster(roster)
    claim, now = new_id(), clock()
    request, mine = await pushing.begin_push(
        row["id"], pushed.key, digest=pushed.digest, claim=claim, now=now, until=now + LEASE
    )
    if request["digest"] != pushed.digest:
        raise Contradicts(
            "This idempotency key was used for another request. Give every request a key of its own, and send the same "
            "key only with the same body. Nothing was changed."
        )
    if request["status"]:
        return request["status"], msgspec.json.decode(request["answer"], type=PushAnswer)
    if not mine:
        raise InHand("The same request is being worked on. Send it again in a while for its answer.")
    async with _held(request["id"], claim, clock):
        status, answer = await _Request(row, request, pushed, by, clock).perform()
    return status, answer


@asynccontextmanager
async def _held(push: UUID, claim: UUID, clock: Clock) -> AsyncIterator[None]:
    """Keep a request for as long as the block runs, and let it be sent again at once where the block fails."""

    async def keep() -> None:
        await pushing.keep_push(push, claim, until=clock() + LEASE)

    try:
        async with beating(keep, lease=LEASE):
            yield
    finally:
        await pushing.drop_push(push, claim)


class _Request:
    """One request at work."""

    def __init__(self, row: Row, request: Row, pushed: Pushed, by: Actor, clock: Clock) -> None:
        self._row, self._id, self._pushed, self._by, self._clock = row, request["id"], pushed, by, clock
        self._run: UUID | None = request["run"]

    async def perform(self) -> tuple[int, PushAnswer]:
        """Stage, preview, apply, as it is asked for; keep the answer and return it."""
        pushed = self._pushed
        if not pushed.part_of:
            return await self._answer(await self._taken_over(self._given))
        if not pushed.final:
            return await self._stage_and_answer()
        staged, parts, count = await self._stage()
        run = await self._taken_over(lambda since: pushing.staged_entries(staged))
        return await self._answer(run, parts=parts, entries=count)

    async def _given(self, since: datetime | None) -> AsyncGenerator[Sequence[RosterEntry], None]:
        for start in range(0, len(self._pushed.entries), pushing.AT_ONCE):
            yield self._pushed.entries[start : start + pushing.AT_ONCE]

    async def _stage_and_answer(self) -> tuple[int, PushAnswer]:
        async with transaction():
            _, parts, count = await self._stage()
            answer = PushAnswer(state="staged", part_of=self._pushed.part_of, parts=parts, entries=count)
            await pushing.answer_push(self._id, status=ACCEPTED, answer=answer)
        return ACCEPTED, answer

    async def _stage(self) -> tuple[UUID, int, int]:
        pushed, now = self._pushed, self._clock()
        async with transaction():
            staged, parts, count = await pushing.stage_part(
                self._row["id"], pushed.part_of, pushed.entries, push=self._id, now=now
            )
            if count > MOST_STAGED:
                raise Contradicts(
                    f"“{pushed.part_of}” would have {count:,} entries: a roster has at most {MOST_STAGED:,}. This part "
                    "was not kept."
                )
            if pushed.final and pushed.total not in (None, count):
                raise Contradicts(
                    f"“{pushed.part_of}” has {count:,} entries in {parts} parts and should have {pushed.total:,}. "
                    "Send the parts that are missing, then the final one again with a key of its own. This part was "
                    "not kept."
                )
        return staged, parts, count

    async def _taken_over(self, fetch: Fetch) -> RosterRun:
        """The run over what was pushed: the one that this request began before, or a new one; applied unless held."""
        run = await roster_runs.find_run(self._run) if self._run else None
        if run is None or run.state not in AGAIN:
            await self._finish_half_applied()
            run = await self._previewed(fetch)
            await pushing.note_run(self._id, run.id)
        if run.state in (RosterRunState.PREVIEWED, RosterRunState.APPLYING):
            run = await apply_run(run, by=self._by, clock=self._clock)
        return run

    async def _finish_half_applied(self) -> None:
        for run in await roster_runs.runs_in(self._row["id"], RosterRunState.APPLYING):
            await apply_run(run, by=self._by, clock=self._clock)

    async def _previewed(self, fetch: Fetch) -> RosterRun:
        row, pushed = self._row, self._pushed
        partial = not pushed.part_of
        roster = PushedRoster(row["name"], row["title"], row["bar"], partial, pushed.as_of)
        asking = await _asks_for_a_person(row)
        return await preview_roster(roster, fetch, asking=asking, by=self._by, clock=self._clock)

    async def _answer(self, run: RosterRun, *, parts: int = 0, entries: int = 0) -> tuple[int, PushAnswer]:
        held = run.state is RosterRunState.HELD
        status = ACCEPTED if held else APPLIED
        answer = PushAnswer(
            state="held" if held else "applied",
            run=run.short,
            tally=for_the_bar(run.tally),
            held=reasons_for_the_bar(run.guards) if held else (),
            part_of=self._pushed.part_of,
            parts=parts,
            entries=entries,
        )
        async with transaction():
            if self._pushed.part_of:
                await pushing.drop_staged(self._row["id"], self._pushed.part_of)
            await pushing.answer_push(self._id, status=status, answer=answer)
            await record(
                "roster_pushed",
                subject_kind="roster_run",
                subject=run.id,
                by=self._by,
                now=self._clock(),
                roster=run.name,
                state=answer.state,
            )
        return status, answer


async def _asks_for_a_person(row: Row) -> tuple[Guard, ...]:
    """Why a person looks first, whatever was pushed: as with a sync, the first run and the one after an undo."""
    applied = (await rosters.find_roster(row["name"]))["applied"]
    if await roster_runs.undone_since(row["id"], applied):
        return (Guard("taken_back", "The last run was taken back. Look whether this one may be applied."),)
    if applied is None:
        return (Guard("first", "No run of this roster was ever applied. Look whether this is the right one."),)
    return ()


async def drop_old_pushes(*, now: datetime) -> None:
    """Forget requests after a week, and rosters of which the last part never came."""
    await pushing.drop_before(now - timedelta(days=KEPT_DAYS))
