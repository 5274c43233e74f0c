"""Rosters for lists: each with its members and its last run, the first changes of a run, and who may be a member."""

from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.model.events import AuditEvent
from core.model.rosters.changes import Change, ChangeKind, RosterRun, RosterStanding
from core.model.vocabulary import Standing, VolunteerRole
from core.model.volunteers.identity import Suggestion, Suggestions
from core.store import audit
from core.store.rosters import not_members, roster_runs, roster_uploads, rosters
from core.store.volunteers import volunteers


class PossibleMember(msgspec.Struct, frozen=True):
    """A member of a roster, and a volunteer who she may be."""

    number: str
    name: str
    standing: Standing
    suggestion: Suggestion


class ConfirmedMember(msgspec.Struct, frozen=True):
    """A volunteer of whom a person said which member she is."""

    number: str
    volunteer: UUID
    ref: str
    name: str


SHOWN_FIRST: Final = (ChangeKind.OVERDUE, ChangeKind.CHANGED, ChangeKind.GONE, ChangeKind.BACK, ChangeKind.NEW)
"""In which order a person wants to see changes: those of people who may be volunteers before new members."""


async def roster_standings() -> tuple[RosterStanding, ...]:
    """Every roster that is known here, by name. Four statements."""
    last, by_hand = await roster_runs.last_runs(), await roster_uploads.all_by_hand()
    rows = await t.Roster.select().order_by(t.Roster.name)
    return tuple(_standing(row, last.get(row["id"]), by_hand=row["id"] in by_hand) for row in rows)


def _standing(row: dict[str, Any], last: RosterRun | None, *, by_hand: bool) -> RosterStanding:
    standings = msgspec.json.decode(row["standings"], type=dict[Standing, int])
    return RosterStanding(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        bar=row["bar"],
        members=sum(standings.values()),
        applied=row["applied"],
        last=last,
        claimed_until=row["claimed_until"],
        by_hand=by_hand,
        standings=standings,
    )


async def roster_standing(name: str) -> RosterStanding | None:
    """One of them; None where none of this name is known here. Three statements."""
    row = await t.Roster.select().where(t.Roster.name == name).first()
    if row is None:
        return None
    runs = await roster_runs.runs_of(row["id"], limit=1)
    return _standing(row, runs[0] if runs else None, by_hand=await roster_uploads.is_by_hand(row["id"]))


async def roster_titles() -> tuple[tuple[str, str], ...]:
    """The name and title of every roster that was ever synchronised, by title. One statement."""
    rows = await t.Roster.select(t.Roster.name, t.Roster.title).order_by(t.Roster.title)
    return tuple((row["name"], row["title"]) for row in rows)


async def first_changes(run: RosterRun, limit: int) -> tuple[Change, ...]:
    """The first changes of a run, kind by kind and each by number."""
    found: list[Change] = []
    for kind in SHOWN_FIRST:
        if len(found) < limit:
            found += await roster_runs.changes_of(run.id, limit=limit - len(found), kinds=[str(kind)])
    return tuple(found)


async def possible_members(name: str) -> tuple[PossibleMember, ...]:
    """The listed members of a roster who may be volunteers and are not known to be: the likeliest first, by number.

    Pairs of whom a person said that they are two are left out until something about one of them changes.
    NotFound where no roster of this name was ever synchronised.
    """
    row = await rosters.find_roster(name)
    people = [one for one in await volunteers.all_volunteers() if VolunteerRole.ATTORNEY in one.roles]
    suggestions, found = Suggestions(people, row["bar"]), list[PossibleMember]()
    taken = {number for number, _, _ in await rosters.admissions_at(row["bar"])}
    denied, known = await not_members.denied(row["id"]), {one.ref: one for one in people}
    async for entries in rosters.listed_entries(row["id"]):
        found += [
            PossibleMember(number=entry.number, name=entry.name, standing=entry.standing, suggestion=one)
            for entry in entries
            if entry.number not in taken
            for one in suggestions.of(entry)
            if denied.get((entry.number, known[one.volunteer].id)) != not_members.mark_of(entry, known[one.volunteer])
        ]
    return tuple(sorted(found, key=lambda one: (-one.suggestion.likeness, one.number, one.suggestion.volunteer)))


async def confirmed_members(name: str) -> tuple[ConfirmedMember, ...]:
    """Volunteers who were confirmed to be members of this roster and still have that number, by number."""
    row = await rosters.find_roster(name)
    numbers = {volunteer: number for number, volunteer, _ in await rosters.admissions_at(row["bar"])}
    events = await audit.events_of(list(numbers), "member_confirmed") if numbers else []
    here = {one.subject for one in events if one.detail["number"] == numbers[one.subject] and _is_at(one, row["bar"])}
    people = await volunteers.volunteers_by_id(here) if here else {}
    found = [ConfirmedMember(numbers[key], key, person.ref, person.name) for key, person in people.items()]
    return tuple(sorted(found, key=lambda one: one.number))


def _is_at(event: AuditEvent, bar: str) -> bool:
    return event.detail["jurisdiction"] == bar
