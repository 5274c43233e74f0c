"""Volunteers join and change what they offer."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.model.people import Actor, Leave, Volunteer
from core.model.vocabulary import AccountRole
from core.services.accounts import create_account
from core.services.clinic import require_staff
from core.store import accounts, volunteers
from core.store.audit import record
from core.store.database import transaction


async def register_volunteer(volunteer: Volunteer, *, password_hash: str = "", by: Actor, now: datetime) -> Volunteer:
    """Take a volunteer in; with an e-mail address she gets an account. Returns her with that account."""
    require_staff(by)
    async with transaction():
        account: UUID | None = None
        if volunteer.email:
            account = await accounts.account_id_by_email(volunteer.email) or await create_account(
                email=volunteer.email,
                name=volunteer.name,
                roles=(AccountRole.VOLUNTEER,),
                password_hash=password_hash,
                by=by,
                now=now,
            )
        joined = msgspec.structs.replace(volunteer, account=account)
        await volunteers.insert_volunteer(joined, now=now)
        await record("volunteer_registered", subject_kind="volunteer", subject=volunteer.id, by=by, now=now)
    return joined


async def change_volunteer(volunteer: Volunteer, *, by: Actor, now: datetime) -> None:
    """Replace what is known of a volunteer. Standing is not changed here: see ``rosters.record_standing``."""
    require_staff(by)
    async with transaction():
        known = await volunteers.find_volunteer(volunteer.id)
        kept = msgspec.structs.replace(volunteer, account=known.account, bars=known.bars)
        await volunteers.update_volunteer(kept, now=now)
        await record("volunteer_changed", subject_kind="volunteer", subject=volunteer.id, by=by, now=now)


async def plan_leave(volunteer: UUID, leave: tuple[Leave, ...], *, by: Actor, now: datetime) -> None:
    """Set a volunteer's leave: no new offers fall into it."""
    async with transaction():
        known = await volunteers.find_volunteer(volunteer)
        await volunteers.update_volunteer(msgspec.structs.replace(known, leave=leave), now=now)
        await record("leave_planned", subject_kind="volunteer", subject=volunteer, by=by, now=now)
