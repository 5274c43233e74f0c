"""How help is shared out in runs to come: floors for groups of cases, and work spread over volunteers."""

from datetime import datetime
from uuid import UUID

from core.model.people import Actor
from core.model.sharing import Sharing, require_apart
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.database import transaction
from core.store.settings import keep_sharing, read_sharing

SUBJECT = UUID(int=0)
"""The programme itself: what is decided here is about no single case or person."""


async def share_out(sharing: Sharing, *, by: Actor, now: datetime) -> None:
    """Decide how help is shared out from the next run on; runs that are under way keep what they began with.

    Raises BadInput where two floors are about the same group, or there are too many. Side effect: audit event.
    """
    require_staff(by)
    require_apart(sharing.floors)
    async with transaction():
        if await read_sharing() == sharing:
            return
        await keep_sharing(sharing)
        await record("sharing_changed", subject_kind="programme", subject=SUBJECT, by=by, now=now, **sharing.told())
