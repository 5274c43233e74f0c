"""Runs of the matcher: progress, result, what was not matched and why, and which run came before which."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.plans.runs import Summary, WhyNot, reasons_of
from core.model.plans.teams import ProviderFailure, Unmatched
from core.model.states import RunState
from core.queries.reading import Row, loaded, made, select, select_one

_KEPT: Final = "EXISTS (SELECT 1 FROM run_plan WHERE run_plan.run = matching_run.id)"
_DETAILED: Final = f"CASE WHEN {_KEPT} THEN 1 ELSE 0 END AS detailed"
_LIGHT: Final = (
    "id, state, matcher, keeping, requested_at, stage, done, total, status, seconds, waiting, proposed, changed, gap, "
    "objective, finished_at, pruned, error, summary, '[]' AS unmatched, '[]' AS failures"
)
"""The columns of a run for lists: all but those that grow with the waitlist."""


class Run(msgspec.Struct, frozen=True):
    """A run of the matcher, with its progress or its result. ``detailed``: its teams are still kept."""

    id: UUID
    state: RunState
    matcher: str
    requested_at: datetime
    stage: str
    done: int
    total: int
    status: str
    seconds: float
    waiting: int
    proposed: int
    changed: int
    gap: float | None = None
    objective: float = 0.0
    finished_at: datetime | None = None
    pruned: str = ""
    error: str = ""
    failures: tuple[ProviderFailure, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    summary: Summary = Summary()
    keeping: float = 0.0
    detailed: bool = True

    def why_not(self) -> tuple[WhyNot, ...]:
        """The reasons for which cases got no team, most frequent first."""
        return reasons_of(self.unmatched) or self.summary.why_not


async def find_run(key: UUID | None) -> Run:
    """One run, or the newest one; NotFound when there is none."""
    where, values = ("id = {}", [key]) if key else ("1 = 1", [])
    row = await select_one(f"SELECT *, {_DETAILED} FROM matching_run WHERE {where} ORDER BY id DESC LIMIT 1", *values)
    if row is None:
        raise NotFound("There is no such run of the matcher.")
    return _run(row)


async def recent_runs(limit: int = 10) -> tuple[Run, ...]:
    """The newest runs, without what they could not match."""
    return tuple(
        _run(row) for row in await select(f"SELECT {_LIGHT} FROM matching_run ORDER BY id DESC LIMIT {{}}", limit)
    )


async def runs_before(key: UUID, limit: int = 10) -> tuple[Run, ...]:
    """The runs before this one whose plans are kept, the newest first, without what they could not match."""
    rows = await select(
        f"SELECT {_LIGHT} FROM matching_run WHERE state = 'done' AND id < {{}} AND {_KEPT} ORDER BY id DESC LIMIT {{}}",
        key,
        limit,
    )
    return tuple(_run(row) for row in rows)


async def newest_board() -> UUID | None:
    """The newest run that ended with a plan: the one whose board is worked on."""
    row = await select_one("SELECT id FROM matching_run WHERE state = 'done' ORDER BY id DESC LIMIT 1")
    return row["id"] if row else None


def _run(row: Row) -> Run:
    return made(
        row,
        Run,
        unmatched=loaded(row["unmatched"], tuple[Unmatched, ...]),
        failures=loaded(row["failures"], tuple[ProviderFailure, ...]),
        summary=loaded(row["summary"], Summary),
        detailed=bool(row.get("detailed", True)),
    )
