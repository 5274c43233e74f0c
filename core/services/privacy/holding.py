"""Legal holds: while one stands on a case, nothing of it is erased, whoever asks and however old it is."""

from datetime import datetime
from uuid import UUID

from core.errors import TooLate, WrongEntries
from core.model.people import Actor
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases
from core.store.clients import holds
from core.store.database import transaction
from core.store.matches.settled import lock_case

WHY = 500
"""How long a reason may be."""


async def hold_case(case: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """Put a case under a hold, with the reason, which is sealed. Side effect: an audit event without it.

    Raises WrongEntries without a reason, TooLate where the case is under one, Erased where nothing is left to hold.
    """
    require_staff(by)
    said = _said("reason", reason)
    async with transaction():
        await lock_case(case)
        await cases.find_case(case)
        if await holds.is_held(case):
            raise TooLate("This case is under a legal hold already. Nothing was changed.")
        await holds.insert_hold(case, said, by=by, now=now)
        await record("hold_set", subject_kind="case", subject=case, by=by, now=now)


async def lift_hold(case: UUID, *, why: str, by: Actor, now: datetime) -> None:
    """Lift the hold of a case, with the reason. Who set it and why stays. Side effect: an audit event."""
    require_staff(by)
    said = _said("why", why)
    async with transaction():
        await lock_case(case)
        if not await holds.end_hold(case, said, by=by, now=now):
            raise TooLate("This case is under no legal hold any more. Nothing was changed.")
        await record("hold_lifted", subject_kind="case", subject=case, by=by, now=now)


def _said(field: str, text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise WrongEntries({field: "Write in a sentence why. It is kept sealed with the case."})
    if len(said) > WHY:
        raise WrongEntries({field: f"Write at most {WHY} characters."})
    return said
