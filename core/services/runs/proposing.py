"""Running the matcher: request, perform in a process of its own, have the whole plan saved or nothing."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.errors import AmparoError, BadInput, TooLate
from core.matching_process import RunRequest, run_matcher
from core.model.people import SYSTEM, Actor
from core.model.plans.runs import Shift, Since
from core.model.plans.sharing import Sharing
from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Plan, Progress, TeamPlan
from core.model.states import RunState
from core.services.clinic import Clinic, require_staff
from core.services.notifying import tell_account
from core.services.plugins.switching import follow_switches
from core.services.runs.calm import compare
from core.services.runs.foresight import foresight_of
from core.services.runs.saving import keeps, save_plan
from core.services.runs.snapshot import take_snapshot
from core.store import jobs
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import plans, runs, teams
from core.store.settings import read_sharing
from core.store.volunteers import volunteers

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment, for verbs that a worker performs over some time."""
    return datetime.now(UTC)


async def request_run(*, matcher: str, clinic: Clinic, by: Actor, now: datetime, keeping: float | None = None) -> UUID:
    """Ask for a run over the waitlist; a worker performs it. One run at a time: TooLate says so.

    ``keeping`` is the share of their price, 0 to 1, at which scarce people are kept for the weeks to come; None: as the
    settings say. MatcherFailed lists the matchers that are loaded where this one is not; BadInput: no such share.
    """
    require_staff(by)
    share = clinic.settings.keeping if keeping is None else keeping
    if not 0 <= share <= 1:
        raise BadInput(f"Scarce people cannot be kept at {share:g} of their price. Choose a share from 0 to 1.")
    clinic.host.matcher(matcher)
    async with transaction():
        if await runs.unfinished_run() is not None:
            raise TooLate("A run is already under way. Its proposals will be here in a moment.")
        run, sharing = new_id(), await read_sharing()
        asked = sharing.told() | {"matcher": matcher, "keeping": share}
        await runs.insert_run(run, matcher=matcher, sharing=sharing, requested_by=by.account, now=now, keeping=share)
        await jobs.add_job("match", due_at=now, unique_key=f"match:{run}", run=str(run))
        await record("run_requested", subject_kind="run", subject=run, by=by, now=now, **asked)
    return run


async def perform_run(run: UUID, *, clinic: Clinic, clock: Clock = utc_now) -> None:
    """Perform a requested run. Any failure ends it with its cause, and no proposal is saved.

    A run whose worker did not come back begins again: only the holder of its job's lease performs it.
    """
    row = await runs.find_run(run)
    snapshot = await take_snapshot(settings=clinic.settings, today=clinic.today(clock()))
    snapshot = msgspec.structs.replace(snapshot, sharing=msgspec.convert(row["sharing"], Sharing))
    if not await runs.start_run(run, waiting=len(snapshot.cases), now=clock()) and row["state"] != RunState.RUNNING:
        return
    foresight = await foresight_of(row["keeping"], snapshot, settings=clinic.settings)
    try:
        plan = await _plan(replace(snapshot, foresight=foresight), row["matcher"], clinic=clinic, run=run)
        since, shifts = await _compared(plan, snapshot, clinic)
    except AmparoError as failure:
        await fail_run(run, error=str(failure), now=clock())
        return
    await save_plan(run, plan, requested_by=row["requested_by"], now=clock(), since=since, shifts=shifts)


async def _compared(plan: Plan, snapshot: Snapshot, clinic: Clinic) -> tuple[Since | None, tuple[Shift, ...]]:
    before = await plans.newest_plan()
    if before is None:
        return None, ()
    return await asyncio.to_thread(compare, before.run, before.teams, plan, snapshot, clinic.host)


async def _plan(snapshot: Snapshot, matcher: str, *, clinic: Clinic, run: UUID | None) -> Plan:
    async def note(progress: Progress) -> None:
        if run is not None:
            await runs.note_progress(run, progress)

    await follow_switches(clinic)
    request = RunRequest(snapshot=snapshot, matcher=matcher, seed=1, time_limit=clinic.settings.run_seconds)
    return await run_matcher(request, host=clinic.host, on_progress=note)


async def fail_run(run: UUID, *, error: str, now: datetime) -> None:
    """End a run with its cause and tell whoever asked for it. A run that has ended is left as it is."""
    requested_by = (await runs.find_run(run))["requested_by"]
    async with transaction():
        if not await runs.fail_run(run, error=error, now=now):
            return
        await record("run_failed", subject_kind="run", subject=run, by=SYSTEM, now=now)
        if requested_by is not None:
            await tell_account(requested_by, "run_failed", path=f"/runs/{run}", now=now)


async def complete_team(case: UUID, *, clinic: Clinic, now: datetime) -> None:
    """Find the missing seats of a claimed case by the same matcher, over this case alone."""
    proposals = await teams.open_proposals(case=case)
    claimed = proposals[0] if proposals else None
    if claimed is None or claimed.claimed_by is None:
        return
    ref = (await cases.find_case(case)).ref
    snapshot = await take_snapshot(settings=clinic.settings, today=clinic.today(now))
    alone = msgspec.structs.replace(snapshot, cases=tuple(one for one in snapshot.cases if one.ref == ref))
    plan = await _plan(alone, "joint", clinic=clinic, run=None)
    async with transaction():
        fresh = await teams.find_proposal(claimed.id)
        if plan.teams and fresh.claimed_by and keeps(plan.teams[0], fresh.claimed_by) and await _all_there(plan):
            await teams.update_team(claimed.id, plan.teams[0])
        else:
            await teams.update_team(claimed.id, _without_team(fresh.team, plan))
        await record("team_completed", subject_kind="proposal", subject=claimed.id, by=SYSTEM, now=now)


async def _all_there(plan: Plan) -> bool:
    """Whether nobody of a team is an old record by now, made one with another while the matcher was thinking."""
    return not await volunteers.kept_of(UUID(seat.volunteer) for seat in plan.teams[0].seats)


def _without_team(team: TeamPlan, plan: Plan) -> TeamPlan:
    detail = plan.unmatched[0].detail if plan.unmatched else ""
    return msgspec.structs.replace(team, reasons=(*team.reasons, detail)) if detail else team
