"""The law as it changes: what a coordinator says of a rule, changes noticed, and what they made of open cases."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from core.errors import BadInput, NotFound
from core.model.cases.case import Case
from core.model.deadlines.acts import KeptDeadline
from core.model.deadlines.law_changes import Amendment, Move, changes_of
from core.model.deadlines.rules import RuleStatus
from core.model.people import SYSTEM, Actor
from core.model.states import OPEN_CASE
from core.services.clinic import Clinic, require_staff
from core.services.deadlines.following import Law, follow, law_of
from core.services.notifying import tell_coordinators
from core.store.audit import record
from core.store.cases import case_records as records
from core.store.cases import deadlines as store
from core.store.cases import law as kept_law
from core.store.cases.cases import find_case
from core.store.database import slow_reads, transaction
from core.store.engines.hiding import seeing_all
from core.store.keys import new_id
from core.store.matches.settled import lock_case

AT_ONCE: Final = 500
"""How many cases are read at once when all are looked at."""
Changes = Mapping[str, UUID]
"""Changes of rules under way, by the codes of the rules."""


async def amend_rule(
    code: str,
    *,
    status: RuleStatus,
    effective_from: date | None = None,
    effective_until: date | None = None,
    reason: str,
    clinic: Clinic,
    by: Actor,
    now: datetime,
) -> None:
    """Say where a rule stands in place of its plugin, with a reason, and count all open cases anew.

    Raises NotFound where no plugin has such a rule, BadInput without a reason or where the days cross. Side effects:
    the amendment with its audit event, then what ``refresh_deadlines`` does.
    """
    require_staff(by)
    law = await law_of(clinic, now=now)
    if law.rule(code) is None:
        raise NotFound("There is no such rule.")
    if not reason.strip():
        raise BadInput("Say in a few words why the rule stands there, and who decided it.")
    if effective_from and effective_until and effective_from > effective_until:
        raise BadInput("The last day in force lies before the first one.")
    said = Amendment(code, status, effective_from, effective_until, law.today, reason.strip(), by.account)
    async with transaction():
        key = await kept_law.insert_amendment(said, now=now)
        detail = {"rule": code, "status": str(status)}
        await record("rule_amended", subject_kind="deadline_rule", subject=key, by=by, now=now, **detail)
    await refresh_deadlines(clinic=clinic, now=now)


async def restore_rule(code: str, *, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Take back what was said of a rule, so that it is again as its plugin says, and count all open cases anew."""
    require_staff(by)
    async with transaction():
        key = await kept_law.lift_amendment(code, now=now)
        await record("rule_restored", subject_kind="deadline_rule", subject=key, by=by, now=now, rule=code)
    await refresh_deadlines(clinic=clinic, now=now)


async def refresh_deadlines(*, clinic: Clinic, now: datetime) -> int:
    """Count the deadlines of all open cases anew, as rules and days change; return how many became other ones.

    What became of rules since the last time is written down first, then each case that changes has a transaction of
    its own, with what the change made of it. One that is stopped half-way goes on where it stopped. Cases that whoever
    asks is kept off are counted as well, and she is shown none of it.
    """
    with seeing_all():
        return await _refresh_all(clinic, now)


async def _refresh_all(clinic: Clinic, now: datetime) -> int:
    law = await law_of(clinic, now=now)
    changes = await _notice(law, now=now)
    keys, changed = await records.open_cases(), 0
    for start in range(0, len(keys), AT_ONCE):
        for case in await _that_differ(keys[start : start + AT_ONCE], law):
            changed += await _refresh(case, law=law, changes=changes, now=now)
    if changes:
        async with transaction():
            await kept_law.finish_changes(changes.values(), looked_at=len(keys), now=now)
    return changed


async def _notice(law: Law, *, now: datetime) -> Changes:
    """Write down what became of rules, and tell coordinators; of a clinic's first rules nothing is told."""
    async with transaction():
        kept = await kept_law.kept_rules()
        found = changes_of(kept, law.rules, law.today)
        for one in found:
            if one.after is None:
                await kept_law.drop_rule(one.code)
        await kept_law.keep_rules((one.after for one in found if one.after), now=now)
        for one in found if kept else ():
            key = new_id()
            await kept_law.insert_change(key, one, now=now)
            detail = {"rule": one.code, "change": str(one.kind)}
            await record("rule_changed", subject_kind="deadline_rule", subject=key, by=SYSTEM, now=now, **detail)
        if kept and found:
            await tell_coordinators("law_changed", path="/deadlines/changes", now=now)
        return await kept_law.unfinished_changes()


async def _that_differ(keys: list[UUID], law: Law) -> list[UUID]:
    """The cases whose deadlines are not what the rules make of their facts today."""
    async with slow_reads():
        decisions, kept = await store.decisions_of(keys), await store.kept_deadlines(keys)
        dated = await records.cases_that_follow(keys)
    found = []
    for case, dates in dated:
        followed = law.followed(case, dates, decisions[case.id])
        if followed.differs(case, kept[case.id], law.staying(kept[case.id], decisions[case.id])):
            found.append(case.id)
    return found


async def _refresh(case: UUID, *, law: Law, changes: Changes, now: datetime) -> bool:
    async with transaction():
        await lock_case(case)
        found = await find_case(case)
        if found.state not in OPEN_CASE:
            return False
        before = (await store.kept_deadlines([case]))[case]
        moved = await follow(found, law=law, by=SYSTEM, now=now)
        after = (await store.kept_deadlines([case]))[case]
        for change, move in _moves(found, moved, before, after, changes):
            await kept_law.insert_moves(change, [move])
        return moved != found


def _moves(
    was: Case, case: Case, before: Mapping[str, KeptDeadline], after: Mapping[str, KeptDeadline], changes: Changes
) -> list[tuple[UUID, Move]]:
    """What the changes under way made of a case: days that came, went, or are other ones."""
    found = []
    for code, change in changes.items():
        old, new = (kept[code].due if code in kept else None for kept in (before, after))
        if old != new:
            found.append((change, Move(case.id, code, old, new, was.deadline, case.deadline)))
    return found
