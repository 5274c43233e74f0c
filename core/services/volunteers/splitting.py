"""Taking a merge of two records back: each has again what was its own, as far as that has not changed since."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import NotFound, TooLate
from core.model.people import Actor, Volunteer, standing_of
from core.model.vocabulary import GOOD_STANDING
from core.model.volunteers.duplicates import mark_of
from core.model.volunteers.splitting import Split, split
from core.services.clinic import require_staff
from core.services.matches.pinning import make_way
from core.services.rosters.standings import freeze_offers
from core.store import accounts
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import teams
from core.store.volunteers import merges, ties_back, volunteers
from core.store.volunteers.merges import Merge


async def split_records(merge: UUID, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Take a merge back; returns what has changed since and stays with the kept record, by kind or case.

    Of several merges into one record only the last can be taken back, then the one before it. Offers stay on hold and
    alerts open until a coordinator has looked. That they are two persons is remembered. Raises TooLate where it was
    taken back before, or something newer comes first. Side effects, in one transaction: both records and what hangs on
    them; proposals that contradict what is settled then are let go; audit events on both records.
    """
    require_staff(by)
    async with transaction():
        found = await merges.find_merge(merge)
        await _require_last(found)
        await teams.lock_volunteers([found.kept])
        now_known = await volunteers.find_volunteer(found.kept)
        apart = split(now_known, kept=found.before[0], other=found.before[1], after=found.after)
        await _give_back(found, apart, now_known, by=by, now=now)
        stayed = await ties_back.give_back(found.moved, kept=found.kept, other=found.absorbed, now=now)
        told = (*apart.stayed, *dict.fromkeys(stayed))
        await merges.end_merge(found.id, stayed=told, by=by.account, now=now)
        for kind, subject, other in (
            ("records_split", found.kept, found.absorbed),
            ("record_restored", found.absorbed, found.kept),
        ):
            detail = {"merge": str(found.id), "other": str(other)}
            await record(kind, subject_kind="volunteer", subject=subject, by=by, now=now, stayed=len(told), **detail)
        await _settle(found, now_known, by=by, now=now)
    return told


async def find_merge_of(volunteer: UUID) -> Merge:
    """The merge that made a record part of another one; NotFound where it stands for itself."""
    found = await merges.merge_that_absorbed(volunteer)
    if found is None:
        raise NotFound("This record is not part of another one, so there is nothing to split.")
    return found


async def _require_last(found: Merge) -> None:
    if found.split_at is not None:
        raise TooLate("This merge is taken back already. Nothing was changed.")
    if await merges.merge_that_absorbed(found.kept) is not None:
        raise TooLate("The record that was kept has become part of another one since. Split that merge first.")
    newest = next(one for one in await merges.merges_of(found.kept) if one.split_at is None)
    if newest.id != found.id:
        raise TooLate("Another record was merged into this one later. Split that merge first.")


async def _give_back(found: Merge, apart: Split, now_known: Volunteer, *, by: Actor, now: datetime) -> None:
    """Both records with their fields and accounts; an account that was switched off can be signed in to again."""
    mine, hers = found.before
    account = now_known.account
    if account == found.moved.account:
        account = mine.account
    others = hers.account if hers.account != account else None
    await volunteers.update_volunteer(msgspec.structs.replace(apart.kept, account=account), now=now)
    await volunteers.stand_alone(msgspec.structs.replace(apart.other, account=others), now=now)
    if found.moved.closed is not None and found.moved.closed in (account, others):
        await accounts.set_active(found.moved.closed, active=True)
        await record("account_switched_on", subject_kind="account", subject=found.moved.closed, by=by, now=now)
    if others is not None and others == found.moved.account:
        await accounts.end_sessions(others)


async def _settle(found: Merge, now_known: Volunteer, *, by: Actor, now: datetime) -> None:
    """What follows: offers on hold where a standing is not good any more, proposals that stand, two persons."""
    people = [await volunteers.find_volunteer(key) for key in (found.kept, found.absorbed)]
    if standing_of(now_known.bars) in GOOD_STANDING:
        for one in people:
            if (standing := standing_of(one.bars)) not in GOOD_STANDING:
                await freeze_offers(one.id, standing, by=by, now=now)
    for proposal in await teams.open_proposals():
        if {str(found.kept), str(found.absorbed)} & {seat.volunteer for seat in proposal.team.seats}:
            case = await cases.find_case(proposal.case)
            await make_way(case, [proposal], cause=new_id(), by=by, now=now)
    await merges.tell_apart(*(one.id for one in people), mark=mark_of(*people), by=by.account, now=now)
