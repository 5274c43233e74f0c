"""Volunteers join and change what they offer."""

import math
from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import BadInput, NotAllowed
from core.model.people import Actor, Leave, Volunteer
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import create_account
from core.services.clinic import require_staff
from core.store import accounts
from core.store.audit import record
from core.store.database import transaction
from core.store.volunteers import volunteers


async def register_volunteer(volunteer: Volunteer, *, password_hash: str = "", by: Actor, now: datetime) -> Volunteer:
    """Take a volunteer in; with an e-mail address she gets an account. Returns her with that account.

    Raises BadInput where her capacity is below zero or not a number.
    """
    require_staff(by)
    _require_sound(volunteer)
    async with transaction():
        account = await _account_of(volunteer, password_hash, by, now) if volunteer.email else None
        joined = msgspec.structs.replace(volunteer, account=account)
        await volunteers.insert_volunteer(joined, now=now)
        await record("volunteer_registered", subject_kind="volunteer", subject=volunteer.id, by=by, now=now)
    return joined


def _require_sound(volunteer: Volunteer) -> None:
    given = volunteer.capacity
    amounts = {"cases": given.cases, "cases to mentor": given.mentoring, "hours a month": given.hours_a_month}
    for what, amount in amounts.items():
        if amount is not None and not 0 <= amount < math.inf:
            raise BadInput(f"{volunteer.name} cannot have {amount:g} {what}: give a number from 0 on.")


async def _account_of(volunteer: Volunteer, password_hash: str, by: Actor, now: datetime) -> UUID:
    """The account with her address, which may be a coordinator's own but not another volunteer's; a new one else."""
    known = await accounts.account_id_by_email(volunteer.email)
    if known is None:
        return await create_account(
            email=volunteer.email,
            name=volunteer.name,
            roles=(AccountRole.VOLUNTEER,),
            password_hash=password_hash,
            by=by,
            now=now,
        )
    if await volunteers.volunteer_of_account(known) is not None:
        raise BadInput("Another volunteer has this e-mail address already. Give each their own address.")
    if not (await accounts.state_of(known)).active:
        raise BadInput(
            "The account with this e-mail address was switched off when two records of one volunteer were merged. Use "
            "the reference of one of the two, or another address."
        )
    return known


async def change_volunteer(volunteer: Volunteer, *, by: Actor, now: datetime) -> None:
    """Replace what is known of a volunteer; with her first e-mail address she gets an account.

    Standing is not changed here: see ``rosters.record_standing``.
    """
    require_staff(by)
    _require_sound(volunteer)
    async with transaction():
        known = await volunteers.find_volunteer(volunteer.id)
        account = known.account
        if account is None and volunteer.email:
            account = await _account_of(volunteer, "", by, now)
        await volunteers.update_details(msgspec.structs.replace(volunteer, account=account), now=now)
        await record("volunteer_changed", subject_kind="volunteer", subject=volunteer.id, by=by, now=now)


async def plan_leave(volunteer: UUID, leave: tuple[Leave, ...], *, by: Actor, now: datetime) -> None:
    """Set a volunteer's leave: no new offers fall into it. She does it herself, or a coordinator for her."""
    if by.volunteer != volunteer and not by.is_staff():
        raise NotAllowed("Only the volunteer, or a coordinator, can plan this leave.")
    async with transaction():
        known = await volunteers.find_volunteer(volunteer)
        await volunteers.update_offer(msgspec.structs.replace(known, leave=leave), now=now)
        await record("leave_planned", subject_kind="volunteer", subject=volunteer, by=by, now=now)
