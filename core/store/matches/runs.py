"""Runs of the matcher in the database."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.plans.runs import Summary
from core.model.plans.sharing import Sharing
from core.model.plans.teams import Plan, Progress
from core.model.states import RunState
from core.store.moving import move, try_move


async def insert_run(
    run: UUID,
    *,
    matcher: str,
    requested_by: UUID | None,
    now: datetime,
    keeping: float = 0.0,
    sharing: Sharing = Sharing(),  # noqa: B008 -- frozen
) -> None:
    """Write a run that waits for a worker."""
    await t.MatchingRun.insert(
        t.MatchingRun(
            id=run,
            matcher=matcher,
            keeping=keeping,
            sharing=msgspec.json.encode(sharing).decode(),
            requested_by=requested_by,
            requested_at=now,
            state=str(RunState.QUEUED),
            stage="Waiting for a worker",
        )
    )


async def find_run(run: UUID) -> dict[str, Any]:
    """A run's row with JSON loaded; NotFound otherwise."""
    row: dict[str, Any] | None = (
        await t.MatchingRun.select().where(t.MatchingRun.id == run).first().output(load_json=True)
    )
    if row is None:
        raise NotFound("There is no such run.")
    return row


async def unfinished_run() -> UUID | None:
    """A run that is queued or running, if any: one at a time is enough."""
    states = [str(RunState.QUEUED), str(RunState.RUNNING)]
    row = await t.MatchingRun.select(t.MatchingRun.id).where(t.MatchingRun.state.is_in(states)).first()
    return None if row is None else row["id"]


async def start_run(run: UUID, *, waiting: int, now: datetime) -> bool:
    """Mark a run as running; False when it already is or has ended."""
    return await try_move(
        t.MatchingRun, run, RunState.RUNNING, started_at=now, waiting=waiting, stage="Reading the waitlist"
    )


async def note_progress(run: UUID, progress: Progress) -> None:
    """Keep where a run stands, for whoever watches."""
    r = t.MatchingRun
    await r.update({r.stage: progress.stage, r.done: progress.done, r.total: progress.of, r.gap: progress.gap}).where(
        r.id == run
    )


async def finish_run(run: UUID, plan: Plan, *, changed: int, summary: Summary, now: datetime) -> None:
    """Write the result of a run, without its teams, which are proposals and kept in ``core.store.matches.plans``."""
    await move(
        t.MatchingRun,
        run,
        RunState.DONE,
        subject="run",
        finished_at=now,
        stage="Done",
        gap=plan.gap,
        status=plan.status,
        objective=plan.objective,
        bound=plan.bound,
        seconds=plan.seconds,
        proposed=len(plan.teams),
        changed=changed,
        unmatched=msgspec.json.encode(plan.unmatched).decode(),
        failures=msgspec.json.encode(plan.failures).decode(),
        pruned=plan.pruned,
        summary=msgspec.json.encode(summary).decode(),
    )


async def fail_run(run: UUID, *, error: str, now: datetime) -> bool:
    """Write why a run ended without a plan; False when it has ended before."""
    return await try_move(t.MatchingRun, run, RunState.FAILED, finished_at=now, stage="Failed", error=error)
