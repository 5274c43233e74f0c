"""Members of rosters of whom a person said that they are not the volunteer whom they look like."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec

from core import tables as t
from core.model.people import Volunteer
from core.model.rosters.entries import RosterEntry


def mark_of(entry: RosterEntry, person: Volunteer) -> str:
    """What was known of both when somebody looked: another mark, and it is to be looked at again."""
    told = [entry.name, entry.email, entry.county, person.name, person.email, person.county, person.bars]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


async def deny(roster: UUID, entry: RosterEntry, person: Volunteer, *, by: UUID | None, now: datetime) -> None:
    """Keep that a member is not this volunteer, as far as what is known of both goes."""
    n, mark = t.NotMember, mark_of(entry, person)
    row = n(roster=roster, number=entry.number, volunteer=person.id, mark=mark, said_at=now, said_by=by)
    await n.insert(row).on_conflict(
        target=(n.roster, n.number, n.volunteer), action="DO UPDATE", values=[n.mark, n.said_at, n.said_by]
    )


async def denied(roster: UUID) -> dict[tuple[str, UUID], str]:
    """The members of a roster who are not who they look like: by number and volunteer, each with its mark."""
    n = t.NotMember
    rows = await n.select(n.number, n.volunteer, n.mark).where(n.roster == roster)
    return {(row["number"], row["volunteer"]): row["mark"] for row in rows}
