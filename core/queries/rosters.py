"""Rosters for lists: each with its members and its last run, the first changes of a run, and who may be a member."""

from typing import Final

import msgspec

from core import tables as t
from core.model.identity import Suggestion, Suggestions
from core.model.roster_changes import Change, ChangeKind, RosterRun, RosterStanding
from core.model.vocabulary import Standing, VolunteerRole
from core.store import roster_runs, rosters, volunteers


class PossibleMember(msgspec.Struct, frozen=True):
    """A member of a roster, and a volunteer who she may be."""

    number: str
    name: str
    standing: Standing
    suggestion: Suggestion


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
            applied=row["applied"] is not None,
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


async def possible_members(name: str) -> tuple[PossibleMember, ...]:
    """The listed members of a roster who may be volunteers and are not known to be: the likeliest first, by number.

    NotFound where no roster of this name was ever synchronised.
    """
    row = await rosters.find_roster(name)
    people = [one for one in await volunteers.all_volunteers() if VolunteerRole.ATTORNEY in one.roles]
    suggestions, found = Suggestions(people, row["bar"]), list[PossibleMember]()
    taken = {number for number, _, _ in await rosters.admissions_at(row["bar"])}
    async for entries in rosters.listed_entries(row["id"]):
        found += [
            PossibleMember(number=entry.number, name=entry.name, standing=entry.standing, suggestion=one)
            for entry in entries
            if entry.number not in taken
            for one in suggestions.of(entry)
        ]
    return tuple(sorted(found, key=lambda one: (-one.suggestion.likeness, one.number, one.suggestion.volunteer)))
