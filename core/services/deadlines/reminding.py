"""Reminding people of deadlines before they fall, and calling more of them where nobody acts."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from core.model.deadlines.acts import ALERT, KeptDeadline, place_of
from core.model.deadlines.rules import LONGEST, USUAL_REMINDERS
from core.model.deadlines.workdays import add_working_days
from core.model.people import SYSTEM
from core.model.states import OPEN_CASE
from core.model.vocabulary import AccountRole
from core.services.clinic import Clinic
from core.services.deadlines.acts import engaged_volunteers
from core.services.deadlines.following import Law, law_of
from core.services.notifying import tell_account, tell_coordinators, tell_volunteer
from core.store import accounts, alerts
from core.store.audit import record
from core.store.cases import cases
from core.store.cases import deadlines as store
from core.store.database import transaction

FROM: Final = time(7)
"""From when on in the clinic's morning people are reminded: nobody is woken."""
NEAR_DAYS: Final = 14
"""A deadline so near that somebody must have taken it in hand."""
PATIENCE: Final = 2
"""Working days after a reminder in which somebody has time to take a near deadline in hand."""
LATE_DAYS: Final = 30
"""A deadline that was missed longer ago is history: nobody is called for it."""


def reminder_due(deadline: KeptDeadline, reminders: Iterable[int], today: date) -> int | None:
    """The reminder to send today, in days before the deadline; None: none.

    Of several that are due at once, as when a date becomes known late, only the nearest is sent.
    """
    if deadline.due is None or deadline.due < today:
        return None
    due = [days for days in reminders if days >= (deadline.due - today).days]
    if not due or (deadline.reminded is not None and min(due) >= deadline.reminded):
        return None
    return min(due)


def must_escalate(deadline: KeptDeadline, today: date, now: datetime) -> bool:
    """Whether nobody acts: a near deadline that nobody took in hand after its reminder, or one that was just missed.

    One is called for twice at most: while it is near, and again once it was missed. ``now`` is told in the time zone of
    the clinic, whose days count.
    """
    if deadline.due is None:
        return False
    left = (deadline.due - today).days
    if left < 0:
        called = deadline.escalated_at
        return left >= -LATE_DAYS and (called is None or called.astimezone(now.tzinfo).date() <= deadline.due)
    if deadline.escalated_at is not None:
        return False
    if deadline.reminded_at is None or deadline.in_hand_at is not None or left > NEAR_DAYS:
        return False
    patience = PATIENCE if left > PATIENCE else 1
    return add_working_days(deadline.reminded_at.astimezone(now.tzinfo), patience) <= now


async def remind_of_deadlines(*, clinic: Clinic, now: datetime) -> int:
    """Send the reminders that are due, and call more people where nobody acts; return how many deadlines it was about.

    From seven in the clinic's morning on. Coordinators get one message for all, a volunteer who is engaged one for her
    case; none says a word of a client. Side effects, in one transaction: what was sent, audit events, the messages; for
    what is escalated an alert, and a message to administrators.
    """
    there = now.astimezone(ZoneInfo(clinic.settings.timezone))
    if there.time() < FROM:
        return 0
    law = await law_of(clinic, now=now)
    async with transaction():
        until = law.today + timedelta(days=LONGEST["days"] // 10)
        found = await store.due_deadlines(until, sorted(map(str, OPEN_CASE)))
        reminded = [one for one in found if await _remind(one, law, now)]
        escalated = [one for one in found if must_escalate(one, law.today, there)]
        await _tell(reminded, now)
        await _escalate(escalated, law, now)
    return len(reminded) + len(escalated)


async def _remind(one: KeptDeadline, law: Law, now: datetime) -> bool:
    rule = law.rule(one.rule)
    days = reminder_due(one, rule.reminders if rule else USUAL_REMINDERS, law.today)
    if days is None or one.id is None:
        return False
    await store.note_reminded(one.id, days=days, now=now)
    detail: dict[str, str | int] = {"rule": one.rule, "days": days}
    await record("deadline_reminded", subject_kind="case", subject=one.case, by=SYSTEM, now=now, **detail)
    return True


async def _tell(reminded: list[KeptDeadline], now: datetime) -> None:
    if reminded:
        await tell_coordinators("deadlines_near", path="/deadlines", now=now)
    told: set[tuple[UUID, UUID]] = set()
    for case in {one.case for one in reminded}:
        told |= set((await engaged_volunteers(case)).items())
    for volunteer, match in sorted(told):
        await tell_volunteer(volunteer, "deadline_near", path=f"/matches/{match}", now=now)


async def _escalate(escalated: list[KeptDeadline], law: Law, now: datetime) -> None:
    refs = {key: case.ref for key, case in (await cases.cases_by_id({one.case for one in escalated})).items()}
    for one in escalated:
        assert one.due is not None
        assert one.id is not None
        await store.note_escalated(one.id, now=now)
        missed = one.due < law.today
        await record("deadline_escalated", subject_kind="case", subject=one.case, by=SYSTEM, now=now, rule=one.rule)
        text = f"{refs[one.case]}: {one.title}. {MISSED if missed else NOBODY}"
        path = place_of(one.case, one.rule)
        await alerts.close_alerts(ALERT, path=path, by=None, now=now)
        await alerts.raise_alert(ALERT, text=text, path=path, now=now)
    if escalated:
        for account in await accounts.accounts_with(AccountRole.ADMINISTRATOR, AccountRole.COORDINATOR):
            await tell_account(account, "deadline_escalated", path="/today", now=now)


MISSED: Final = "The day has passed, and nobody has said that it is done."
NOBODY: Final = "Nobody has taken it in hand since the reminder."
