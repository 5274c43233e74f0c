"""Who somebody is who wants to join: the entry of her number, and the volunteers who she may be already."""

from core.errors import NotFound
from core.model.rosters.changes import KnownEntry
from core.model.volunteers.identity import Suggestion, Suggestions, spellings, without_zeros
from core.model.volunteers.joining import Asked, Dossier, Joining, agreement_of, as_entry
from core.store import accounts
from core.store.database import slow_reads
from core.store.rosters import rosters
from core.store.volunteers import joinings, volunteers


async def dossier_of(joining: Joining) -> Dossier:
    """All that is known about somebody who joins, as it is now. Reads every volunteer, away from the event loop."""
    entry = await _entry(joining.invitation.roster, joining.asked)
    bar, numbers = joining.invitation.bar, spellings(joining.asked.number)
    holders = await volunteers.volunteers_by_number(bar, numbers)
    account = await accounts.account_id_by_email(joining.asked.email)
    holder = next((holders[number] for number in numbers if number in holders), None)
    owner = await volunteers.volunteer_of_account(account) if account else None
    async with slow_reads():
        everybody = await volunteers.all_volunteers()
    named = {person.id: person.ref for person in everybody if person.id in (holder, owner)}
    alike = Suggestions(everybody, bar).of(as_entry(joining.asked, entry, joining.profile))
    return Dossier(
        joining=joining,
        entry=entry,
        agreement=agreement_of(joining.asked, entry),
        holder=holder,
        owner=owner,
        alike=_but(alike, set(named.values())),
        rivals=await joinings.rivals_of(joining, numbers),
    )


def _but(alike: tuple[Suggestion, ...], refs: set[str]) -> tuple[Suggestion, ...]:
    return tuple(one for one in alike if one.volunteer not in refs)


async def _entry(roster: str, asked: Asked) -> KnownEntry | None:
    """What the roster says of a number: of the very same, else of the only one that differs in leading zeros."""
    try:
        row = await rosters.find_roster(roster)
    except NotFound:
        return None
    known = await rosters.known_entries(row["id"], spellings(asked.number))
    listed = {number: one for number, one in known.items() if one.gone_since is None} or known
    if asked.number in listed:
        return listed[asked.number]
    same = [one for number, one in listed.items() if without_zeros(number) == without_zeros(asked.number)]
    return same[0] if len(same) == 1 else None
