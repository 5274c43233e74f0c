"""The plans of runs in the database: who was planned for which case, and what each run changed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.model.runs import KeptTeam, Shift
from core.model.states import RunState
from core.store.paths import via


class KeptPlan(msgspec.Struct, frozen=True):
    """A run with the teams that it planned."""

    run: UUID
    teams: tuple[KeptTeam, ...]
    shifts: tuple[Shift, ...] = ()


async def insert_plan(run: UUID, teams: Sequence[KeptTeam], shifts: Sequence[Shift]) -> None:
    """Keep what a run planned."""
    await t.RunPlan.insert(
        t.RunPlan(run=run, teams=msgspec.json.encode(teams).decode(), shifts=msgspec.json.encode(shifts).decode())
    )


async def plan_of(run: UUID) -> KeptPlan | None:
    """What a run planned; None where it ended without a plan."""
    return _plan(await t.RunPlan.select().where(t.RunPlan.run == run).first())


async def newest_plan() -> KeptPlan | None:
    """What the last run that ended with a plan planned; None before the first."""
    finished = via(t.RunPlan.run).state == str(RunState.DONE)
    return _plan(await t.RunPlan.select().where(finished).order_by(t.RunPlan.run, ascending=False).first())


def _plan(row: dict[str, Any] | None) -> KeptPlan | None:
    if row is None:
        return None
    teams = msgspec.json.decode(row["teams"], type=tuple[KeptTeam, ...])
    return KeptPlan(row["run"], teams, msgspec.json.decode(row["shifts"], type=tuple[Shift, ...]))
