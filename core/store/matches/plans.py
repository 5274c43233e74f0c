"""The plans of runs in the database: who was planned for which case, and what each run changed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core import tables as t
from core.model.plans.runs import KeptTeam, Shift, Summary, reasons_of
from core.model.plans.teams import Unmatched
from core.model.states import ProposalState, RunState
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


async def dispensable_runs(keep: int) -> list[UUID]:
    """The runs whose plans are neither among the last ``keep`` nor on the board, the oldest first."""
    r, p = t.MatchingRun, t.Proposal
    last = await r.select(r.id).where(r.state == str(RunState.DONE)).order_by(r.id, ascending=False).limit(keep)
    on_board = await p.select(p.run).where(p.state == str(ProposalState.OPEN), p.run.is_not_null()).group_by(p.run)
    needed = {row["id"] for row in last} | {row["run"] for row in on_board}
    kept = await t.RunPlan.select(t.RunPlan.run).order_by(t.RunPlan.run)
    return [row["run"] for row in kept if row["run"] not in needed]


async def drop_plan(run: UUID) -> None:
    """Drop a run's teams and its cases without one; why those had none stays, counted."""
    r = t.MatchingRun
    row = await r.select(r.unmatched, r.summary).where(r.id == run).first()
    await t.RunPlan.delete().where(t.RunPlan.run == run)
    if row is not None:
        why_not = reasons_of(msgspec.json.decode(row["unmatched"], type=tuple[Unmatched, ...]))
        summary = replace(msgspec.json.decode(row["summary"], type=Summary), why_not=why_not)
        await r.update({r.unmatched: "[]", r.summary: msgspec.json.encode(summary).decode()}).where(r.id == run)
