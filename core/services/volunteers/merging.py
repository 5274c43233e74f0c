"""Two records of one volunteer made one, by a person; and two volunteers told apart. No machine does either."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import Contradicts, TooLate
from core.model.people import Actor
from core.model.volunteers.duplicates import mark_of
from core.model.volunteers.merging import Part
from core.model.volunteers.ties import Moved
from core.services.clinic import require_staff
from core.services.notifying import tell_account
from core.services.rosters.standings import freeze_offers
from core.services.volunteers.merge_previews import Preview, preview_merge
from core.store import accounts
from core.store.alerts import raise_alert
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import teams
from core.store.volunteers import merges, ties, volunteers
from core.store.volunteers.merges import Merge

CHANGED = "Something about these records has changed since you looked at them. Look at the preview again."
SAID_NO = "One of the two records declined this case, or has a conflict with it. Please look at it together."


async def merge_records(
    kept: UUID,
    other: UUID,
    *,
    yielding: Collection[Part] = (),
    account: UUID | None = None,
    seen: str = "",
    by: Actor,
    now: datetime,
) -> Merge:
    """Make ``other`` a part of ``kept``: what it says, and everything that hangs on it, is the kept record's then.

    ``yielding`` are the parts in which the other record's value wins; ``account`` is the account that stays where
    people use both; ``seen`` is the mark of the preview that a person looked at. Raises Contradicts with every
    obstacle, and TooLate where something has changed since the preview. Side effects, in one transaction: the records
    and what hangs on them; the other account is switched off and signed out; where she loses good standing, open
    offers go on hold; alerts; audit events on both records.
    """
    require_staff(by)
    async with transaction():
        await teams.lock_volunteers([kept, other])
        found = await preview_merge(kept, other, yielding=yielding, account=account, by=by)
        _require_possible(found, seen)
        moved = await _carry_over(found, by=by, now=now)
        merge = Merge(
            id=new_id(),
            kept=kept,
            absorbed=other,
            merged_at=now,
            before=(found.kept, found.other),
            after=await volunteers.find_volunteer(kept),
            moved=moved,
        )
        await merges.insert_merge(merge, by=by.account)
        for kind, subject, partner in (("records_merged", kept, other), ("record_absorbed", other, kept)):
            told = {"merge": str(merge.id), "other": str(partner)}
            await record(kind, subject_kind="volunteer", subject=subject, by=by, now=now, **told)
    return merge


def _require_possible(found: Preview, seen: str) -> None:
    if seen and seen != found.mark:
        raise TooLate(CHANGED)
    reasons = list(found.obstacles)
    if found.must_choose and found.account and found.closing:
        reasons.append(
            f"Both records have an account that is used, {found.accounts[0].email if found.accounts[0] else ''} and "
            f"{found.accounts[1].email if found.accounts[1] else ''}. Say which one is kept; the other one is switched "
            "off and signed out."
        )
    if reasons:
        raise Contradicts("These records cannot be made one now. " + " ".join(reasons) + " Nothing was changed.")


async def _carry_over(found: Preview, *, by: Actor, now: datetime) -> Moved:
    kept, other = found.kept.id, found.other.id
    moved = await ties.carry_over(other, kept)
    await volunteers.absorb(other, into=kept)
    account = found.account.id if found.account else None
    await volunteers.update_volunteer(msgspec.structs.replace(found.after, account=account), now=now)
    closed = await _close_account(found, by=by, now=now)
    for ref in found.remarks:
        case = (await cases.cases_by_ref([ref]))[ref]
        match = await teams.live_match_of(case.id)
        await raise_alert("merged", text=SAID_NO, volunteer=kept, match=match.id if match else None, now=now)
    if found.freezes:
        await freeze_offers(kept, found.standing, by=by, now=now)
    return msgspec.structs.replace(await ties.seats_now(moved), account=account, closed=closed)


async def _close_account(found: Preview, *, by: Actor, now: datetime) -> UUID | None:
    """Sign the account that is not kept out; switch it off unless it has further roles."""
    closing = found.closing
    if closing is None:
        return None
    await accounts.end_sessions(closing.id)
    if not closing.closes:
        return None
    await accounts.set_active(closing.id, active=False)
    await record("account_switched_off", subject_kind="account", subject=closing.id, by=by, now=now)
    if closing.used:
        await tell_account(closing.id, "account_closed", path="/sign-in", now=now)
    return closing.id


async def tell_apart(one: UUID, other: UUID, *, by: Actor, now: datetime) -> None:
    """Note that two volunteers are two persons: they are not suggested again until something about one changes."""
    require_staff(by)
    async with transaction():
        mine, hers = await volunteers.find_volunteer(one), await volunteers.find_volunteer(other)
        await merges.tell_apart(one, other, mark=mark_of(mine, hers), by=by.account, now=now)
        for subject, partner in ((one, other), (other, one)):
            told = {"other": str(partner)}
            await record("told_apart", subject_kind="volunteer", subject=subject, by=by, now=now, **told)
