"""Rosters for lists: each with its members and its last run, and the first changes of a run."""

from typing import Final

from core import tables as t
from core.model.roster_changes import Change, ChangeKind, RosterRun, RosterStanding
from core.store import roster_runs, rosters

SHOWN_FIRST: Final = (ChangeKind.OVERDUE, ChangeKind.CHANGED, ChangeKind.GONE, ChangeKind.BACK, ChangeKind.NEW)
"""In which order a person wants to see changes: those of people who may be volunteers before new members."""


async def roster_standings() -> tuple[RosterStanding, ...]:
    """Every roster that was ever synchronised, by name. Three statements."""
    members, last = await rosters.count_members(), await roster_runs.last_runs()
    rows = await t.Roster.select().order_by(t.Roster.name)
    return tuple(
        RosterStanding(
            name=row["name"],
            title=row["title"],
            bar=row["bar"],
            members=members.get(row["id"], 0),
            last=last.get(row["id"]),
        )
        for row in rows
    )


async def first_changes(run: RosterRun, limit: int) -> tuple[Change, ...]:
    """The first changes of a run, kind by kind and each by number."""
    found: list[Change] = []
    for kind in SHOWN_FIRST:
        if len(found) < limit:
            found += await roster_runs.changes_of(run.id, limit=limit - len(found), kinds=[str(kind)])
    return tuple(found)
