"""What protects somebody and was decided after a backup was made stands again when it is restored over it.

Who is kept off a case, and a legal hold, must not end because an older state of the database came back. What was lifted
since stands again as well: a protection too many is seen and lifted, one too few is not.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import KeyMissing
from core.model.clients.screens import Screen
from core.model.people import SYSTEM
from core.store import audit
from core.store.cases.cases import cases_by_id
from core.store.clients import holds, screens
from core.store.upkeep.erasing import is_reduced

UNREAD: Final = "Set after the backup was made that was restored. Its reason could not be read."


class Held(msgspec.Struct, frozen=True):
    """A hold: the case, why, and who set it."""

    case: UUID
    reason: str
    set_by: str


class Standing(msgspec.Struct, frozen=True):
    """Who is kept off which case, and what is under a legal hold, at one moment."""

    screens: tuple[Screen, ...] = ()
    held: tuple[Held, ...] = ()


async def standing() -> Standing:
    """All of it as this database knows it."""
    cases = await holds.held_cases()
    return Standing(tuple(await screens.all_screens()), tuple([await _held(case) for case in cases]))


async def _held(case: UUID) -> Held:
    try:
        found = next((one for one in await holds.holds_of(case) if one.lifted_at is None), None)
    except KeyMissing:
        found = None
    return Held(case, found.reason, found.set_by) if found else Held(case, UNREAD, SYSTEM.label)


async def stand_again(before: Standing, *, now: datetime) -> int:
    """Put back what a restored backup does not know, as far as its cases and people are there; how many that were.

    Side effect: an audit event each. Within the transaction that restores.
    """
    return sum([await _screened(one, now=now) for one in before.screens]) + sum(
        [await _held_again(one, now=now) for one in before.held]
    )


async def _screened(one: Screen, *, now: datetime) -> bool:
    account, volunteer = await _there(t.Account, one.account), await _there(t.Volunteer, one.volunteer)
    if not await cases_by_id([one.case]) or not (account or volunteer):
        return False
    known = await screens.screens_of(one.case)
    if any((account and it.account == account) or (volunteer and it.volunteer == volunteer) for it in known):
        return False
    made_by = await _there(t.Account, one.made_by)
    told = {"account": str(account) if account else None, "volunteer": str(volunteer) if volunteer else None}
    await audit.record("person_screened_off", subject_kind="case", subject=one.case, by=SYSTEM, now=now, **told)
    again = msgspec.structs.replace(one, account=account, volunteer=volunteer, made_by=made_by)
    await screens.insert_screen(again)
    return True


async def _held_again(one: Held, *, now: datetime) -> bool:
    if not await cases_by_id([one.case]) or await is_reduced(one.case) or await holds.is_held(one.case):
        return False
    by = msgspec.structs.replace(SYSTEM, label=one.set_by)
    await holds.insert_hold(one.case, one.reason, by=by, now=now)
    await audit.record("hold_set", subject_kind="case", subject=one.case, by=by, now=now)
    return True


async def _there(table: Any, key: UUID | None) -> UUID | None:
    """The id, where the restored database has its row."""
    return key if key and await table.exists().where(table.id == key) else None
