"""Reminders of deadlines: to whom, on which days, without a word of the client; and what follows when nobody acts."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from core import tables as t
from core.model.deadlines.acts import KeptDeadline
from core.model.deadlines.rules import USUAL_REMINDERS, DatedFact
from core.model.people import SYSTEM
from core.model.vocabulary import AccountRole
from core.queries.desk import open_alerts
from core.services.accounts.signing_in import create_account
from core.services.cases.intake import withdraw_case
from core.services.deadlines import acts, reminding
from core.services.deadlines.dated_facts import record_dates
from core.services.deadlines.reminding import remind_of_deadlines
from core.services.matches import engagement
from core.services.work.chores import CHORES
from core.store import audit
from core.store.database import Database
from tests import worlds

HEARING = "individual-hearing"
TODAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 15, tzinfo=UTC)
"""Eight in New Mexico."""


def kept(days: int | None, **more: object) -> KeptDeadline:
    """A deadline so many days ahead."""
    due = None if days is None else TODAY + timedelta(days=days)
    return KeptDeadline(UUID(int=1), HEARING, "Hearing", due=due, **more)  # type: ignore[arg-type]  # -- handed through


@pytest.mark.parametrize(
    ("days", "reminded", "due"),
    [(91, None, None), (90, None, 90), (75, 90, None), (60, 90, 60), (20, None, 30), (14, 30, 14), (3, 14, 7),
     (2, 7, 2), (1, 2, None), (0, None, 2), (0, 2, None), (-1, None, None), (None, None, None)],
)  # fmt: skip
def test_of_the_days_before_a_deadline_each_is_reminded_of_once_and_late_ones_at_once(
    days: int | None, reminded: int | None, due: int | None
) -> None:
    assert reminding.reminder_due(kept(days, reminded=reminded), USUAL_REMINDERS, TODAY) == due


@pytest.mark.parametrize(
    ("days", "reminded_ago", "in_hand", "already", "calls"),
    [
        (13, 2, False, False, True),
        (13, 1, False, False, False),
        (13, 2, True, False, False),
        (13, None, False, False, False),
        (29, 9, False, False, False),
        (2, 1, False, False, True),
        (-1, None, False, False, True),
        (-1, None, True, False, True),
        (-1, None, False, True, False),
        (-31, None, False, False, False),
        (None, None, False, False, False),
    ],
)
def test_more_people_are_called_when_a_near_deadline_is_in_nobodys_hands_or_was_just_missed(
    days: int | None, reminded_ago: int | None, in_hand: bool, already: bool, calls: bool
) -> None:
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    now = friday + timedelta(days=7)
    today = now.date()
    since = None if reminded_ago is None else now - timedelta(days=reminded_ago)
    due = None if days is None else today + timedelta(days=days)
    one = KeptDeadline(
        UUID(int=1),
        HEARING,
        "Hearing",
        due=due,
        reminded_at=since,
        in_hand_at=now if in_hand else None,
        escalated_at=now if already else None,
    )
    assert reminding.must_escalate(one, today, now) is calls


def test_a_weekend_is_no_time_to_act() -> None:
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    one = KeptDeadline(UUID(int=1), HEARING, "Hearing", due=date(2026, 12, 3), reminded_at=friday)

    days = [0, 1, 2, 3, 4]
    called = [reminding.must_escalate(one, TODAY, friday + timedelta(days=day)) for day in days]
    assert called == [False, False, False, False, True], "on Tuesday, after Monday and Tuesday"


async def messages() -> list[tuple[UUID, str, str]]:
    """Who was told what, and where it leads."""
    m = t.Message
    kinds = ("deadlines_near", "deadline_near", "deadline_escalated")
    rows = await m.select(m.account, m.kind, m.path).where(m.kind.is_in(list(kinds))).order_by(m.id)
    return [(row["account"], row["kind"], row["path"]) for row in rows]


async def test_coordinators_get_one_message_for_all_and_the_engaged_volunteer_one_for_her_case(
    database: Database,
) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney())
    cases = [await worlds.waiting(worlds.case(f"NM-{number}")) for number in (1, 2)]
    for one in cases:
        hearing = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 8), DatedFact.MASTER_HEARING: date(2026, 12, 7)}
        await record_dates(one.id, hearing, clinic=clinic, by=by, now=MORNING)
    match = await worlds.offered(cases[0], worlds.seat(alma), by=by, at=clinic, now=MORNING)
    await worlds.accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=MORNING)
    await engagement.engage_match(match, by=by, now=MORNING)

    assert await remind_of_deadlines(clinic=clinic, now=MORNING) == 4
    assert await messages() == [
        (by.account, "deadlines_near", "/deadlines"),
        (alma.account, "deadline_near", f"/matches/{match}"),
    ]
    told = await t.Message.select(t.Message.subject, t.Message.body).where(t.Message.kind.like("deadline%"))
    for row in told:
        assert not any(word in str(row) for word in ("NM-", "earing", "asylum", "2026"))
    events = [one for one in await audit.events_of([cases[0].id]) if one.kind == "deadline_reminded"]
    assert [one.detail for one in events] == [
        {"rule": "master-hearing", "days": 14},
        {"rule": HEARING, "days": 14},
    ]

    assert await remind_of_deadlines(clinic=clinic, now=MORNING + timedelta(hours=1)) == 0, "once is enough"
    assert await remind_of_deadlines(clinic=clinic, now=datetime(2026, 11, 30, 15, tzinfo=UTC)) >= 2, "a week before"


async def test_nobody_is_woken_and_nobody_is_reminded_of_a_case_that_has_ended(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    case = await worlds.waiting()
    hearing = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3)}
    await record_dates(case.id, hearing, clinic=clinic, by=by, now=MORNING)

    before_seven = datetime(2026, 11, 24, 13, 59, tzinfo=UTC)
    assert await remind_of_deadlines(clinic=clinic, now=before_seven) == 0
    await withdraw_case(case.id, reason="She moved.", by=by, now=MORNING)
    assert await remind_of_deadlines(clinic=clinic, now=MORNING) == 0
    assert await messages() == []


async def test_when_nobody_acts_an_alert_stands_on_the_page_of_today_until_somebody_does(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    chief = await create_account(
        email="chief@example.org", name="Chief", roles=(AccountRole.ADMINISTRATOR,), by=SYSTEM, now=MORNING
    )
    case = await worlds.waiting(worlds.case("NM-7"))
    hearing = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3)}
    await record_dates(case.id, hearing, clinic=clinic, by=by, now=MORNING)
    await remind_of_deadlines(clinic=clinic, now=MORNING)
    assert await open_alerts() == ()

    later = MORNING + timedelta(days=2)
    assert await remind_of_deadlines(clinic=clinic, now=later) == 2, "the reminder of a week before, too"
    (alert,) = await open_alerts()
    assert (alert.kind, alert.path) == ("deadline", f"/cases/{case.id}/dates#{HEARING}")
    assert alert.text == "NM-7: Individual hearing. Nobody has taken it in hand since the reminder."
    called = {(who, path) for who, kind, path in await messages() if kind == "deadline_escalated"}
    assert called == {(by.account, "/today"), (chief, "/today")}
    assert await remind_of_deadlines(clinic=clinic, now=later + timedelta(hours=1)) == 0, "nobody is called twice"

    await acts.take_in_hand(case.id, rule=HEARING, by=by, now=later)
    assert await open_alerts() == ()


async def test_a_new_day_of_the_hearing_begins_the_reminders_anew(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    case = await worlds.waiting()
    for day in (date(2026, 12, 3), date(2026, 12, 4)):
        await record_dates(case.id, {DatedFact.INDIVIDUAL_HEARING: day}, clinic=clinic, by=by, now=MORNING)
        assert await remind_of_deadlines(clinic=clinic, now=MORNING) == 1
    await acts.take_in_hand(case.id, rule=HEARING, by=by, now=MORNING)
    await acts.meet_deadline(case.id, rule=HEARING, seen=date(2026, 12, 4), clinic=clinic, by=by, now=MORNING)
    assert await remind_of_deadlines(clinic=clinic, now=MORNING + timedelta(days=7)) == 0


async def test_the_worker_reminds_every_hour(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    case = await worlds.waiting()
    hearing = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3)}
    await record_dates(case.id, hearing, clinic=clinic, by=by, now=MORNING)
    chore = CHORES["remind_of_deadlines"]

    await chore.work({}, clinic, lambda: MORNING)

    assert chore.every == timedelta(hours=1)
    assert len(await messages()) == 1
