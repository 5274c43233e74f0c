"""A bar invites its members: a link for its newsletter, which stands for a while and can be taken back at once."""

from datetime import datetime, timedelta
from uuid import UUID

from core.model.people import Actor
from core.model.volunteers.joining import Invitation
from core.services.clinic import Clinic, require_roster
from core.store.audit import record
from core.store.database import transaction
from core.store.keys import new_id
from core.store.rosters import rosters
from core.store.tokens import new_token
from core.store.volunteers import joinings


async def invite_members(roster: str, *, clinic: Clinic, by: Actor, now: datetime) -> str:
    """Make an invitation to the members of a roster and return the token of its link, which is kept nowhere.

    The link holds no person's data. NotFound for a roster that was never synchronised.
    """
    require_roster(by, roster)
    key, token = new_id(), new_token()
    until = now + timedelta(days=clinic.settings.invitation_days)
    async with transaction():
        row = await rosters.find_roster(roster)
        await joinings.insert_invitation(key, roster=row["id"], token=token, made_by=by.label, now=now, until=until)
        await record("invitation_made", subject_kind="invitation", subject=key, by=by, now=now, roster=roster)
    return token


async def revoke_invitation(key: UUID, *, roster: str, by: Actor, now: datetime) -> bool:
    """End an invitation at once, for those too who have a mail from it and did not finish; False when it is over."""
    require_roster(by, roster)
    async with transaction():
        if not await joinings.revoke_invitation(key, roster=roster, now=now):
            return False
        await record("invitation_revoked", subject_kind="invitation", subject=key, by=by, now=now, roster=roster)
    return True


async def find_invitation(token: str) -> Invitation | None:
    """The invitation that a link speaks of, open or not; None where the link is none of ours."""
    return await joinings.invitation_by_token(token)
