"""The deadlines of a case: its dated facts, what the rules make of them, and what a coordinator decides instead."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput, TooLate, WrongEntries
from core.model.cases import Case
from core.model.deadline_rules import DatedFact, wrong_date
from core.model.deadlines import deadlines_of, with_followed_deadline
from core.model.people import SYSTEM, Actor
from core.model.states import OPEN_CASE
from core.services.clinic import Clinic, require_staff
from core.store import case_records as records
from core.store.audit import record
from core.store.cases import find_case
from core.store.database import transaction
from core.store.settled import lock_case

AT_ONCE: Final = 500
"""How many cases are read at once when all are looked at."""


async def record_dates(
    case: UUID, changes: Mapping[DatedFact, date | None], *, clinic: Clinic, by: Actor, now: datetime
) -> None:
    """Write dated facts of an open case; None: its date is not known after all. Facts that are left out stay.

    The deadline follows unless a person gave it. Raises WrongEntries by the codes of facts. Side effects, in one
    transaction: the facts, the deadline with the urgency, an audit event for each that names the facts that changed and
    never their dates.
    """
    require_staff(by)
    errors = {str(fact): wrong_date(fact, day, now.date()) for fact, day in changes.items() if day is not None}
    if any(errors.values()):
        raise WrongEntries({name: said for name, said in errors.items() if said})
    async with transaction():
        found = await _open_case(case)
        known = await records.dates_of(case)
        dates = {fact: day for fact, day in {**known, **changes}.items() if day is not None}
        changed = [str(fact) for fact in DatedFact if known.get(fact) != dates.get(fact)]
        if not changed:
            return
        await records.keep_dates(case, dates, now=now)
        await record("dates_recorded", subject_kind="case", subject=case, by=by, now=now, facts=", ".join(changed))
        await _follow(found, dates, clinic=clinic, by=by, now=now)


async def set_deadline(case: UUID, *, due: date | None, kind: str, reason: str, by: Actor, now: datetime) -> None:
    """Give an open case another working deadline than its rules do, or none, with a reason.

    It stays, whatever facts and rules become, until ``follow_rules``. Raises BadInput without a reason, or where a
    date has no kind. Side effects, in one transaction: the deadline with the urgency, an audit event.
    """
    require_staff(by)
    if not reason.strip():
        raise BadInput("Say in a few words why the deadline is another one.")
    if due is not None and not kind.strip():
        raise BadInput("Say what the deadline is, such as “Individual hearing”.")
    async with transaction():
        found = await _open_case(case)
        kind = kind.strip() if due else ""
        given = msgspec.structs.replace(
            found, deadline=due, deadline_kind=kind, deadline_by="", deadline_why=reason.strip()
        )
        await records.keep_deadline(given, now=now)
        await record("deadline_set", subject_kind="case", subject=case, by=by, now=now)


async def follow_rules(case: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Give up the deadline that a person gave, so that it follows from facts and rules again."""
    require_staff(by)
    async with transaction():
        found = await _open_case(case)
        if found.follows_rules:
            raise TooLate("The deadline of this case follows the rules already. Nothing was changed.")
        freed = msgspec.structs.replace(found, deadline=None, deadline_kind="", deadline_by="", deadline_why="")
        await records.keep_deadline(freed, now=now)
        await record("deadline_freed", subject_kind="case", subject=case, by=by, now=now)
        await _follow(freed, await records.dates_of(case), clinic=clinic, by=by, now=now)


async def refresh_deadlines(*, clinic: Clinic, now: datetime) -> int:
    """Count the deadlines of all open cases anew, as rules and days change; return how many became other ones.

    Each case that changes has a transaction of its own.
    """
    changed, keys = 0, await records.open_and_dated()
    for start in range(0, len(keys), AT_ONCE):
        for case, dates in await records.cases_that_follow(keys[start : start + AT_ONCE]):
            if followed(case, dates, clinic=clinic, now=now) != case:
                changed += await _refresh(case.id, clinic=clinic, now=now)
    return changed


async def _refresh(case: UUID, *, clinic: Clinic, now: datetime) -> bool:
    async with transaction():
        await lock_case(case)
        found = await find_case(case)
        if found.state not in OPEN_CASE:
            return False
        return await _follow(found, await records.dates_of(case), clinic=clinic, by=SYSTEM, now=now)


async def _open_case(case: UUID) -> Case:
    await lock_case(case)
    found = await find_case(case)
    if found.state not in OPEN_CASE:
        raise TooLate(f"{found.ref} has ended: its dates are left as they are.")
    return found


def followed(case: Case, dates: Mapping[DatedFact, date], *, clinic: Clinic, now: datetime) -> Case:
    """The case with the deadline that follows from its dated facts today, unless a person gave it."""
    rules = clinic.host.deadlines()
    found = deadlines_of(case, dates, rules, now.date())
    return with_followed_deadline(case, found, {rule.code for rule in rules}, now.date())


async def _follow(case: Case, dates: Mapping[DatedFact, date], *, clinic: Clinic, by: Actor, now: datetime) -> bool:
    moved = followed(case, dates, clinic=clinic, now=now)
    if moved == case:
        return False
    await records.keep_deadline(moved, now=now)
    await record("deadline_moved", subject_kind="case", subject=case.id, by=by, now=now, rule=moved.deadline_by)
    return True
