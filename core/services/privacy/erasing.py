"""Erasing a client: at her own wish, or when the time for which her case is kept is over.

The data key of the case is shredded, so nothing that it sealed can be read again, wherever a copy of it lies; what
identifies is deleted, what counts stays, and the audit chain is only added to (DOMAIN "Confidentiality", scenario 10).
A legal hold comes before everything.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from core.errors import Held, TooLate
from core.model.clients.retention import ErasureReason, in_force
from core.model.people import SYSTEM, Actor
from core.model.states import OPEN_CASE
from core.services.cases.intake import withdraw_case
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases
from core.store.clients import holds, retention
from core.store.database import transaction
from core.store.days import day_of, end_of
from core.store.jobs import add_job
from core.store.matches.settled import lock_case
from core.store.sealed import case_keys
from core.store.upkeep.erasing import delete_what_identifies, is_reduced, reduce_row

AT_ONCE: Final = 200
ASKED: Final = "The client asked to be forgotten."


async def erase_client(case: UUID, *, reason: ErasureReason, by: Actor, now: datetime) -> None:
    """Erase who the client of a case is, for good, and reduce the case to statistics.

    A case that is open is withdrawn first, its team released and told; that is for the client's wish alone. Raises Held
    under a legal hold, TooLate where the case is reduced already, or open when only its time is over. Side effects, in
    one transaction: all of that, the key shredded, audit events, a job that wipes what the database left behind.
    """
    require_staff(by)
    async with transaction():
        await lock_case(case)
        found = await cases.find_case(case)
        await _require_erasable(case, open_case=found.state in OPEN_CASE, reason=reason)
        if found.state in OPEN_CASE:
            await withdraw_case(case, reason=ASKED, by=by, now=now)
        rows = await delete_what_identifies(case, now=now)
        await reduce_row(case, now=now)
        await case_keys.shred(case, now=now)
        await record("client_erased", subject_kind="case", subject=case, by=by, now=now, reason=str(reason), rows=rows)
        await add_job("scrub", due_at=now, unique_key=f"scrub:{now.isoformat()}")  # once for all of a night


async def _require_erasable(case: UUID, *, open_case: bool, reason: ErasureReason) -> None:
    if await is_reduced(case):
        raise TooLate("Nothing is known of this client any more: the case was reduced to statistics before.")
    if await holds.is_held(case):
        raise Held("This case is under a legal hold. Lift the hold first, if it may be lifted. Nothing was erased.")
    if open_case and reason is not ErasureReason.CLIENT_REQUEST:
        raise TooLate("This case is open: its time has not begun. Nothing was erased.")


async def reduce_old_cases(*, now: datetime) -> int:
    """Reduce every case whose time is over by the rule in force; returns how many. Each in a transaction of its own."""
    rule = in_force(await retention.rules(), now)
    day = rule.last_day(day_of(now)) if rule else None
    if day is None:
        return 0
    reduced, moment = 0, end_of(day)
    while keys := await retention.ended_before(moment, limit=AT_ONCE):
        done = [await _reduced(case, now=now) for case in keys]
        reduced += sum(done)
        if not any(done):
            break
    return reduced


async def _reduced(case: UUID, *, now: datetime) -> bool:
    """Reduce one, unless somebody put it under a hold or opened it again in this very moment."""
    try:
        await erase_client(case, reason=ErasureReason.RETENTION, by=SYSTEM, now=now)
    except (Held, TooLate):
        return False
    return True
