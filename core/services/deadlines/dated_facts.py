"""The deadlines of a case: its dated facts, what the rules make of them, and what a coordinator decides instead."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from core.errors import BadInput, TooLate, WrongEntries
from core.model.cases.case import Case
from core.model.concurrent_edits import require_untouched
from core.model.deadlines.rules import DatedFact, wrong_date, wrong_year
from core.model.people import Actor
from core.model.states import OPEN_CASE
from core.services.clinic import Clinic, require_staff
from core.services.deadlines.following import follow, law_of
from core.store.audit import record
from core.store.cases import case_records as records
from core.store.cases.cases import find_case
from core.store.database import transaction
from core.store.matches.settled import lock_case


async def record_dates(
    case: UUID,
    changes: Mapping[DatedFact, date | None],
    *,
    opened: Mapping[DatedFact, date | None] | None = None,
    clinic: Clinic,
    by: Actor,
    now: datetime,
) -> None:
    """Write dated facts of an open case; None: its date is not known after all. Facts that are left out stay.

    ``opened`` is what she has before her: Overtaken where somebody else has given one of ``changes`` another date.
    Without it nobody has looked before, as when a case comes.

    The deadline follows unless a person gave it. Raises WrongEntries by the codes of facts. Side effects, in one
    transaction: the facts, the deadline with the urgency, an audit event for each that names the facts that changed and
    never their dates.
    """
    require_staff(by)
    law = await law_of(clinic, now=now)
    errors = {str(fact): wrong_date(fact, day, law.today) for fact, day in changes.items() if day is not None}
    if any(errors.values()):
        raise WrongEntries({name: said for name, said in errors.items() if said})
    async with transaction():
        found = await open_case(case)
        known = await records.dates_of(case)
        if opened is not None:
            require_untouched(changes, opened, known)
        dates = {fact: day for fact, day in {**known, **changes}.items() if day is not None}
        changed = [str(fact) for fact in DatedFact if known.get(fact) != dates.get(fact)]
        if not changed:
            return
        await records.keep_dates(case, dates, now=now)
        await record("dates_recorded", subject_kind="case", subject=case, by=by, now=now, facts=", ".join(changed))
        await follow(found, law=law, by=by, now=now)


async def set_deadline(
    case: UUID,
    *,
    due: date | None,
    kind: str,
    reason: str,
    seen: date | None,
    clinic: Clinic,
    by: Actor,
    now: datetime,
) -> None:
    """Give an open case another working deadline than its rules do, or none, with a reason.

    It stays, whatever facts and rules become, until ``follow_rules``. ``seen`` is the one that she has before her, None
    where there is none: TooLate where the case has another one by now. Raises BadInput without a reason, or where a
    date has no kind. Side effects, in one transaction: the deadline with the urgency, an audit event.
    """
    require_staff(by)
    if not reason.strip():
        raise BadInput("Say in a few words why the deadline is another one.")
    if due is not None and not kind.strip():
        raise BadInput("Say what the deadline is, such as “Individual hearing”.")
    law = await law_of(clinic, now=now)
    if due and (wrong := wrong_year(due, law.today)):
        raise WrongEntries({"due": wrong})
    async with transaction():
        found = await open_case(case)
        if found.deadline != seen:
            raise TooLate("The case has another deadline by now. Nothing was changed: look at it, and say it again.")
        kind = kind.strip() if due else ""
        given = msgspec.structs.replace(
            found, deadline=due, deadline_kind=kind, deadline_by="", deadline_why=reason.strip()
        )
        await records.keep_deadline(given, today=law.today, now=now)
        await record("deadline_set", subject_kind="case", subject=case, by=by, now=now)
        await follow(given, law=law, by=by, now=now)


async def follow_rules(case: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Give up the deadline that a person gave, so that it follows from facts and rules again."""
    require_staff(by)
    law = await law_of(clinic, now=now)
    async with transaction():
        found = await open_case(case)
        if found.follows_rules:
            raise TooLate("The deadline of this case follows the rules already. Nothing was changed.")
        freed = msgspec.structs.replace(found, deadline=None, deadline_kind="", deadline_by="", deadline_why="")
        await records.keep_deadline(freed, today=law.today, now=now)
        await record("deadline_freed", subject_kind="case", subject=case, by=by, now=now)
        await follow(freed, law=law, by=by, now=now)


async def count_deadlines(case: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Count the deadlines of a case anew, since it came or what is known of it changed; nothing where it has ended."""
    law = await law_of(clinic, now=now)
    async with transaction():
        await lock_case(case)
        found = await find_case(case)
        if found.state in OPEN_CASE:
            await follow(found, law=law, by=by, now=now)


async def open_case(case: UUID) -> Case:
    """A case whose dates may be changed, which nobody else changes until this transaction ends; TooLate otherwise."""
    await lock_case(case)
    found = await find_case(case)
    if found.state not in OPEN_CASE:
        raise TooLate(f"{found.ref} has ended: its dates are left as they are.")
    return found
