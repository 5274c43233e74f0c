"""Pruning: details are kept of the last runs, of the matcher and over each roster, and of those still at work."""

from datetime import datetime

from core.model.people import SYSTEM
from core.services.cases.importing import AT_ONCE
from core.settings import Settings
from core.store.audit import record
from core.store.database import transaction
from core.store.matches import plans
from core.store.rosters import roster_runs


async def drop_old_plans(*, settings: Settings, now: datetime) -> int:
    """Drop the details of old runs, each in a transaction with its event; returns of how many.

    The numbers of a run stay: how many were served, by group, and why others were not. What was approved stays, too:
    proposals and matches do not depend on the plan.
    """
    old = await plans.dispensable_runs(settings.keep_runs)
    for run in old:
        async with transaction():
            await plans.drop_plan(run)
            await record("run_details_dropped", subject_kind="run", subject=run, by=SYSTEM, now=now)
    return len(old)


async def drop_old_roster_changes(*, settings: Settings, now: datetime) -> int:
    """Drop what old runs over rosters changed in single members; returns of how many. What they counted stays.

    A run of which nothing is kept cannot be taken back. Some hundred changes a transaction, so that nobody waits long.
    """
    old = await roster_runs.old_runs(settings.keep_runs)
    for run in old:
        async with transaction():
            if await roster_runs.forget_run(run):
                await record("roster_run_details_dropped", subject_kind="roster_run", subject=run, by=SYSTEM, now=now)
    while keys := await roster_runs.forgotten_changes(limit=AT_ONCE):
        async with transaction():
            await roster_runs.delete_changes(keys)
    return len(old)
