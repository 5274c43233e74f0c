"""How help is shared out in runs to come: floors for groups of cases, and work spread over volunteers."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from core.model.people import Actor
from core.model.plans.sharing import Floor, GroupKind, Sharing, require_apart
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.database import transaction
from core.store.settings import keep_sharing, sharing_to_change

SUBJECT = UUID(int=0)
"""The programme itself: what is decided here is about no single case or person."""


async def share_out(sharing: Sharing, *, by: Actor, now: datetime) -> None:
    """Decide how help is shared out from the next run on; runs that are under way keep what they began with.

    Raises BadInput where two floors are about the same group, or there are too many. Side effect: audit event.
    """
    await _change(lambda before: sharing, by=by, now=now)


async def set_floor(floor: Floor, *, by: Actor, now: datetime) -> None:
    """Set a floor, in place of the one that its group has. Raises and records as ``share_out``."""
    await _change(lambda before: before.with_floor(floor), by=by, now=now)


async def drop_floor(kind: GroupKind, group: str, *, by: Actor, now: datetime) -> None:
    """Take the floor of a group out, if it has one. Side effect: audit event."""
    await _change(lambda before: before.without_floor(kind, group), by=by, now=now)


async def set_spread(spread: float, *, by: Actor, now: datetime) -> None:
    """Decide how firmly work is spread. Side effect: audit event."""
    await _change(lambda before: replace(before, spread=spread), by=by, now=now)


async def _change(change: Callable[[Sharing], Sharing], *, by: Actor, now: datetime) -> None:
    """What one coordinator changes leaves what another one changed a moment ago."""
    require_staff(by)
    async with transaction():
        before = await sharing_to_change()
        after = change(before)
        require_apart(after.floors)
        if after == before:
            return
        await keep_sharing(after)
        await record("sharing_changed", subject_kind="programme", subject=SUBJECT, by=by, now=now, **after.told())
