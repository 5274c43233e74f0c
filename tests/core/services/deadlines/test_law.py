"""Rules of law that change: noticed, counted anew for all open cases, and listed with what moved and why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from amparo_testing import a_deadline_rule
from core import tables as t
from core.errors import BadInput, NotAllowed, NotFound, TooLate
from core.model.cases.case import Case
from core.model.deadlines.law_changes import Amendment, ChangeOfRule, amended
from core.model.deadlines.rules import DatedFact, RuleStatus, Span
from core.model.people import SYSTEM, Actor
from core.model.vocabulary import AccountRole, Forum, PracticeArea
from core.queries.deadlines.law import cases_by_rule, cases_moved, changes_noticed
from core.services.accounts.signing_in import create_account
from core.services.cases.intake import withdraw_case
from core.services.clinic import Clinic
from core.services.deadlines import law
from core.services.deadlines.dated_facts import record_dates
from core.services.privacy.screening_off import hide_from, screen_off
from core.store import audit
from core.store.cases import cases
from core.store.database import Database
from core.store.engines.hiding import hide
from plugins.deadlines.court import APPEAL, INTERIM
from tests import worlds
from tests.core.services.deadlines.test_deadlines import ruled_by
from tests.worlds import NOW, actor_of

PUBLISHED = replace(INTERIM, status=RuleStatus.IN_FORCE, note="")
"""The interim rule as it was published on 6 February 2026, before any court looked at it."""
BEFORE, AFTER = date(2026, 3, 2), date(2026, 3, 9)


def at(month: int, day: int) -> datetime:
    """Noon in New Mexico on a day of 2026."""
    return datetime(2026, month, day, 19, tzinfo=UTC)


async def appeal(decided: date, *, clinic: Clinic, by: Actor, now: datetime) -> Case:
    """A case on appeal, decided on a day."""
    new = worlds.case(practice_area=PracticeArea.REMOVAL, relief="bia_appeal", forum=Forum.BIA, received=decided)
    found = await worlds.waiting(new, now=now)
    await record_dates(found.id, {DatedFact.DECISION: decided}, clinic=clinic, by=by, now=now)
    return found


async def worked_by(case: Case) -> tuple[date | None, str]:
    """The day that a case is worked by, and the rule that makes it."""
    found = await cases.find_case(case.id)
    return found.deadline, found.deadline_by


async def moved(number: int = 0) -> list[tuple[str, date | None, date | None, date | None, date | None]]:
    """What a change, counted from the newest, made of cases."""
    change = (await changes_noticed()).rows[number]
    page = await cases_moved(change.id)
    return [(one.case.ref, one.before, one.after, one.worked_before, one.worked_after) for one in page.rows]


async def kinds() -> list[tuple[str, ChangeOfRule]]:
    """The changes that were noticed, the newest first."""
    return [(one.change.code, one.change.kind) for one in (await changes_noticed()).rows]


async def test_the_bia_appeal_rule_of_2026_as_it_went(database: Database) -> None:
    """Published 6 February, to take effect 9 March, vacated 8 March: nobody's thirty days become ten."""
    old, new = ruled_by(APPEAL), ruled_by(APPEAL, PUBLISHED)
    by = await worlds.coordinator(now=at(2, 5))
    await law.refresh_deadlines(clinic=old, now=at(2, 5))
    assert await kinds() == [], "a clinic's first rules are no news"

    await law.refresh_deadlines(clinic=new, now=at(2, 6))
    assert await kinds() == [("bia-appeal-2026", ChangeOfRule.CAME)]
    assert await moved() == [], "published and not yet effective"

    await law.amend_rule(
        "bia-appeal-2026",
        status=RuleStatus.VACATED,
        effective_from=date(2026, 3, 9),
        reason="Amica Center v. EOIR (D.D.C.), 8 March 2026.",
        clinic=new,
        by=by,
        now=at(3, 8),
    )
    assert (await kinds())[0] == ("bia-appeal-2026", ChangeOfRule.CHANGED)
    of = await appeal(AFTER, clinic=new, by=by, now=at(3, 10))
    await law.refresh_deadlines(clinic=new, now=at(3, 10))

    assert await worked_by(of) == (date(2026, 4, 8), "bia-appeal")
    assert len(await kinds()) == 2, "the day on which it would have taken effect changes nothing"


async def test_the_bia_appeal_rule_of_2026_had_it_taken_effect_and_been_vacated_late(database: Database) -> None:
    new, by = ruled_by(APPEAL, PUBLISHED), await worlds.coordinator(now=at(3, 2))
    await law.refresh_deadlines(clinic=new, now=at(3, 2))
    early = await appeal(BEFORE, clinic=new, by=by, now=at(3, 3))
    late = await appeal(AFTER, clinic=new, by=by, now=at(3, 9))
    await law.refresh_deadlines(clinic=new, now=at(3, 9))
    assert await kinds() == [("bia-appeal-2026", ChangeOfRule.BEGAN)]
    assert await worked_by(late) == (date(2026, 3, 19), "bia-appeal-2026"), "ten days"
    assert await worked_by(early) == (date(2026, 4, 1), "bia-appeal"), "an earlier decision keeps its thirty"

    said = "Amica Center v. EOIR (D.D.C.)"
    vacated = RuleStatus.VACATED
    await law.amend_rule("bia-appeal-2026", status=vacated, reason=said, clinic=new, by=by, now=at(3, 10))

    (change, *_) = (await changes_noticed()).rows
    assert (change.change.kind, change.moved, change.looked_at) == (ChangeOfRule.CHANGED, 1, 2)
    assert ("status", RuleStatus.IN_FORCE, RuleStatus.VACATED) in change.change.differences()
    assert await moved() == [(late.ref, date(2026, 3, 19), None, date(2026, 3, 19), date(2026, 4, 8))]
    assert await worked_by(late) == (date(2026, 4, 8), "bia-appeal")
    assert await worked_by(early) == (date(2026, 4, 1), "bia-appeal")

    await law.restore_rule("bia-appeal-2026", clinic=new, by=by, now=at(3, 11))
    assert await worked_by(late) == (date(2026, 3, 19), "bia-appeal-2026"), "its plugin still says so"
    await law.refresh_deadlines(clinic=ruled_by(APPEAL, INTERIM), now=at(3, 12))
    assert await worked_by(late) == (date(2026, 4, 8), "bia-appeal"), "a new release of the plugin knows"


async def test_a_rule_that_counts_other_days_moves_the_cases_that_have_it_and_no_others(database: Database) -> None:
    by = await worlds.coordinator()
    short, long = a_deadline_rule("ours", span=Span(days=20)), a_deadline_rule("ours", span=Span(days=30))
    first = ruled_by(long)
    await law.refresh_deadlines(clinic=first, now=NOW)
    has, has_not, gone = [await worlds.waiting() for _ in range(3)]
    for one in (has, gone):
        await record_dates(one.id, {DatedFact.DECISION: NOW.date()}, clinic=first, by=by, now=NOW)
    await withdraw_case(gone.id, reason="She moved.", by=by, now=NOW)

    assert await law.refresh_deadlines(clinic=ruled_by(short), now=NOW) == 1

    today = NOW.date()
    days = [today + timedelta(days=days) for days in (30, 20, 30, 20)]
    assert await moved() == [(has.ref, *days)]
    (change,) = (await changes_noticed()).rows
    assert change.change.differences() == (("span", Span(days=30), Span(days=20)),)
    assert (await worked_by(has_not), change.looked_at) == ((None, ""), 2)
    assert await law.refresh_deadlines(clinic=ruled_by(short), now=NOW) == 0
    assert len(await kinds()) == 1, "what was noticed is not noticed again"
    assert await cases_by_rule() == {"ours": 1}


async def test_a_rule_whose_plugin_is_gone_takes_no_deadline_with_it(database: Database) -> None:
    rule, by = a_deadline_rule("ours"), await worlds.coordinator()
    of = await worlds.waiting()
    await law.refresh_deadlines(clinic=ruled_by(rule), now=NOW)
    await record_dates(of.id, {DatedFact.DECISION: NOW.date()}, clinic=ruled_by(rule), by=by, now=NOW)

    await law.refresh_deadlines(clinic=ruled_by(), now=NOW)

    assert await kinds() == [("ours", ChangeOfRule.WENT)]
    assert await moved() == []
    assert await worked_by(of) == (NOW.date() + timedelta(days=30), "ours")
    assert await cases_by_rule() == {"ours": 1}


async def test_a_count_that_was_stopped_half_way_goes_on_with_the_same_change(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = await worlds.coordinator()
    long, short = ruled_by(a_deadline_rule("ours")), ruled_by(a_deadline_rule("ours", span=Span(days=9)))
    await law.refresh_deadlines(clinic=long, now=NOW)
    two = [await worlds.waiting() for _ in range(2)]
    for one in two:
        await record_dates(one.id, {DatedFact.DECISION: NOW.date()}, clinic=long, by=by, now=NOW)
    refresh, done = law._refresh, list[bool]()

    async def stops(*args: object, **named: object) -> bool:
        if done:
            raise ConnectionError("the machine goes down")
        done.append(await refresh(*args, **named))  # type: ignore[arg-type]  # -- handed through
        return True

    monkeypatch.setattr(law, "_refresh", stops)
    with pytest.raises(ConnectionError):
        await law.refresh_deadlines(clinic=short, now=NOW)
    monkeypatch.setattr(law, "_refresh", refresh)
    assert (await changes_noticed()).rows[0].finished_at is None

    assert await law.refresh_deadlines(clinic=short, now=NOW) == 1
    assert len(await kinds()) == 1
    assert sorted(ref for ref, *_ in await moved()) == sorted(one.ref for one in two)


async def test_coordinators_are_told_once_and_the_history_says_who_amended_what(database: Database) -> None:
    by, clinic = await worlds.coordinator(), ruled_by(APPEAL, PUBLISHED)
    await law.refresh_deadlines(clinic=clinic, now=NOW)

    await law.amend_rule("bia-appeal", status=RuleStatus.ENJOINED, reason="Doe.", clinic=clinic, by=by, now=NOW)

    rows = await t.Message.select(t.Message.kind, t.Message.path).where(t.Message.account == by.account)
    assert rows == [{"kind": "law_changed", "path": "/deadlines/changes"}]
    told = [event for event in await audit.events() if event.subject_kind == "deadline_rule"]
    assert [(event.kind, event.detail, event.actor) for event in told] == [
        ("rule_amended", {"rule": "bia-appeal", "status": "enjoined"}, by.account),
        ("rule_changed", {"rule": "bia-appeal", "change": "changed"}, None),
    ]


async def test_what_is_wrong_is_refused_and_changes_nothing(database: Database) -> None:
    by, clinic = await worlds.coordinator(), ruled_by(APPEAL)
    volunteer = actor_of(await worlds.joined(worlds.attorney()))
    begin, end = date(2026, 3, 9), date(2026, 3, 8)

    async def said(code: str = "bia-appeal", reason: str = "So.", by: Actor = by, **days: date) -> None:
        status = RuleStatus.VACATED
        await law.amend_rule(code, status=status, reason=reason, clinic=clinic, by=by, now=NOW, **days)

    with pytest.raises(BadInput, match="Say in a few words why"):
        await said(reason=" ")
    with pytest.raises(BadInput, match="lies before the first one"):
        await said(effective_from=begin, effective_until=end)
    with pytest.raises(NotFound, match="no such rule"):
        await said("ours")
    with pytest.raises(NotAllowed):
        await said(by=volunteer)
    with pytest.raises(TooLate, match="taken back already"):
        await law.restore_rule("bia-appeal", clinic=clinic, by=by, now=NOW)
    assert await t.LawAmendment.count() == 0


def test_a_rule_that_is_amended_is_the_plugins_own_in_all_but_where_it_stands() -> None:
    said = Amendment(APPEAL.code, RuleStatus.SUPERSEDED, None, None, NOW.date(), "So.")
    (rule,) = amended((APPEAL,), {APPEAL.code: said})

    assert rule == replace(APPEAL, status=RuleStatus.SUPERSEDED, reviewed=NOW.date())


async def test_a_change_reaches_the_cases_that_whoever_makes_it_is_kept_off(database: Database) -> None:
    joel, clinic = await worlds.coordinator(), ruled_by(APPEAL)
    account = await create_account(
        email="carmen@example.org", name="Carmen", roles=(AccountRole.COORDINATOR,), by=SYSTEM, now=NOW
    )
    carmen = Actor(label="Carmen", account=account, roles=(AccountRole.COORDINATOR,), screened=True)
    await law.refresh_deadlines(clinic=clinic, now=NOW)
    hers = await appeal(date(2026, 11, 9), clinic=clinic, by=joel, now=NOW)
    await screen_off(hers.id, account=account, reason="A cousin.", by=joel, now=NOW)
    await hide_from(carmen)

    said = RuleStatus.VACATED
    await law.amend_rule("bia-appeal", status=said, reason="Doe.", clinic=clinic, by=carmen, now=NOW)

    assert await moved() == [], "she is shown nothing of it"
    hide(frozenset())
    assert [ref for ref, *_ in await moved()] == [hers.ref]
    assert (await worked_by(hers))[0] is None
