"""Pruning: what runs of the matcher planned is kept for the last ones, and for those whose proposals are still open."""

from datetime import datetime

from core.model.people import SYSTEM
from core.settings import Settings
from core.store import plans
from core.store.audit import record
from core.store.database import transaction


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
