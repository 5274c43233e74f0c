"""Several people and one deadline: who is first, what is said of a day that has changed, and in whose hands it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.errors import TooLate
from core.model.deadlines.acts import Act, KeptDeadline
from core.model.deadlines.rules import DatedFact
from core.queries.desk import open_alerts
from core.services.cases.intake import withdraw_case
from core.services.cases.reopening import reopen_case
from core.services.deadlines import acts
from core.services.deadlines.dated_facts import count_deadlines, record_dates, set_deadline
from core.services.deadlines.reminding import remind_of_deadlines
from core.services.matches import engagement
from core.store.cases.cases import find_case
from core.store.cases.deadlines import kept_deadlines
from core.store.database import Database
from tests import worlds
from tests.core.services.deadlines.test_deadline_acts import engaged
from tests.worlds import NOW, actor_of

F = DatedFact
YEAR, HEARING, MASTER = "asylum-one-year", "individual-hearing", "master-hearing"
MORNING = datetime(2026, 11, 24, 15, tzinfo=UTC)
FIRST, SECOND = date(2026, 12, 3), date(2027, 3, 3)


async def kept(case: UUID, rule: str) -> KeptDeadline:
    """A deadline of a case as it was counted last."""
    return (await kept_deadlines([case]))[case][rule]


async def test_what_is_said_of_the_old_day_does_not_hold_for_the_new_one(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    said: dict[str, Any] = {"clinic": worlds.clinic(), "by": by, "now": NOW}
    await record_dates(case.id, {F.INDIVIDUAL_HEARING: FIRST}, **said)
    await record_dates(case.id, {F.INDIVIDUAL_HEARING: SECOND}, **said)

    with pytest.raises(TooLate, match="another day by now"):
        await acts.meet_deadline(case.id, rule=HEARING, seen=FIRST, **said)
    with pytest.raises(TooLate, match="another day by now"):
        await acts.decide_deadline(case.id, rule=HEARING, act=Act.SET_ASIDE, seen=FIRST, reason="Held.", **said)
    assert (await find_case(case.id)).deadline == SECOND

    await acts.meet_deadline(case.id, rule=HEARING, seen=SECOND, **said)
    assert (await find_case(case.id)).deadline is None


async def test_of_two_who_give_the_case_a_deadline_the_second_is_told(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    said: dict[str, Any] = {"kind": "Hearing", "reason": "A notice.", "clinic": worlds.clinic(), "by": by, "now": NOW}
    await set_deadline(case.id, due=FIRST, seen=None, **said)

    with pytest.raises(TooLate, match="another deadline by now"):
        await set_deadline(case.id, due=SECOND, seen=None, **said)
    assert (await find_case(case.id)).deadline == FIRST


async def test_a_day_that_somebody_gave_is_the_one_that_is_seen(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    said: dict[str, Any] = {"clinic": worlds.clinic(), "by": by, "now": NOW}
    await record_dates(case.id, {F.INDIVIDUAL_HEARING: FIRST}, **said)
    given = FIRST - timedelta(days=1)
    await acts.decide_deadline(case.id, rule=HEARING, act=Act.GIVEN, seen=FIRST, due=given, reason="Early.", **said)

    with pytest.raises(TooLate, match="another day by now"):
        await acts.decide_deadline(case.id, rule=HEARING, act=Act.SET_ASIDE, seen=FIRST, reason="Held.", **said)
    await acts.meet_deadline(case.id, rule=HEARING, seen=given, **said)
    assert (await find_case(case.id)).deadline is None
    with pytest.raises(TooLate, match="decided about it already"):
        await acts.decide_deadline(case.id, rule=HEARING, act=Act.SET_ASIDE, seen=given, reason="Held.", **said)


async def test_of_two_who_take_one_in_hand_the_second_is_told_and_it_can_be_given_back(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    case, alma, _ = await engaged(clinic=clinic, by=by)
    await acts.take_in_hand(case, rule=YEAR, by=by, now=NOW)

    with pytest.raises(TooLate, match="Somebody else has it in hand"):
        await acts.take_in_hand(case, rule=YEAR, by=actor_of(alma), now=NOW)
    with pytest.raises(TooLate, match="no more"):
        await acts.give_back(case, rule=YEAR, by=actor_of(alma), now=NOW)
    assert (await kept(case, YEAR)).in_hand_by == by.account

    await acts.give_back(case, rule=YEAR, by=by, now=NOW)
    assert (await kept(case, YEAR)).in_hand_at is None
    await acts.take_in_hand(case, rule=YEAR, by=actor_of(alma), now=NOW)
    assert (await kept(case, YEAR)).in_hand_by == alma.account


async def test_what_was_in_the_hands_of_a_team_is_in_nobodys_when_it_ends(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    case, alma, _ = await engaged(clinic=clinic, by=by)
    await record_dates(case, {F.INDIVIDUAL_HEARING: SECOND}, clinic=clinic, by=by, now=NOW)
    await acts.take_in_hand(case, rule=YEAR, by=actor_of(alma), now=NOW)
    await acts.take_in_hand(case, rule=HEARING, by=by, now=NOW)

    match = await acts.engaged_volunteers(case)
    await engagement.end_engagement(match[alma.id], reason="She has moved.", by=by, now=NOW)

    assert (await kept(case, YEAR)).in_hand_at is None
    assert (await kept(case, HEARING)).in_hand_by == by.account, "the coordinator is still there"


async def test_an_alert_goes_with_its_own_deadline_and_with_no_other(database: Database) -> None:
    case, by = await worlds.waiting(worlds.case("NM-7")), await worlds.coordinator()
    said: dict[str, Any] = {"clinic": worlds.clinic(), "by": by, "now": MORNING}
    wrong = {F.MASTER_HEARING: date(2026, 11, 20), F.INDIVIDUAL_HEARING: date(2026, 11, 23)}
    await record_dates(case.id, wrong, **said)
    await remind_of_deadlines(clinic=said["clinic"], now=MORNING)

    async def alerted() -> list[str]:
        return [alert.path.partition("#")[2] for alert in await open_alerts()]

    assert sorted(await alerted()) == [HEARING, MASTER]
    await acts.take_in_hand(case.id, rule=MASTER, by=by, now=MORNING)
    assert await alerted() == [HEARING]
    await record_dates(case.id, {F.INDIVIDUAL_HEARING: SECOND}, **said)
    assert await alerted() == [], "its day was wrong, and nothing was missed"


async def test_who_took_it_in_hand_and_let_the_day_pass_is_called_again(database: Database) -> None:
    case, by = await worlds.waiting(worlds.case("NM-7")), await worlds.coordinator()
    clinic = worlds.clinic()
    await record_dates(case.id, {F.INDIVIDUAL_HEARING: FIRST}, clinic=clinic, by=by, now=MORNING)
    for days in (0, 2):
        await remind_of_deadlines(clinic=clinic, now=MORNING + timedelta(days=days))
    (alert,) = await open_alerts()
    assert "Nobody has taken it in hand" in alert.text

    await remind_of_deadlines(clinic=clinic, now=MORNING + timedelta(days=10))
    (alert,) = await open_alerts()
    assert "The day has passed" in alert.text, "one alert, which says what is so now"
    await acts.take_in_hand(case.id, rule=HEARING, by=by, now=MORNING + timedelta(days=10))
    await remind_of_deadlines(clinic=clinic, now=MORNING + timedelta(days=11))
    assert await open_alerts() == (), "she sees to it, and is not called every morning"

    await acts.give_back(case.id, rule=HEARING, by=by, now=MORNING + timedelta(days=11))
    await remind_of_deadlines(clinic=clinic, now=MORNING + timedelta(days=12))
    assert len(await open_alerts()) == 1


async def test_a_case_that_ends_calls_nobody_and_one_that_is_opened_again_does(database: Database) -> None:
    case, by = await worlds.waiting(worlds.case("NM-7")), await worlds.coordinator()
    clinic = worlds.clinic()
    await record_dates(case.id, {F.INDIVIDUAL_HEARING: date(2026, 11, 23)}, clinic=clinic, by=by, now=MORNING)
    await remind_of_deadlines(clinic=clinic, now=MORNING)
    assert len(await open_alerts()) == 1

    await withdraw_case(case.id, reason="She moved.", by=by, now=MORNING)
    assert await open_alerts() == ()

    await reopen_case(case.id, reason="By mistake.", by=by, now=MORNING)
    await count_deadlines(case.id, clinic=clinic, by=by, now=MORNING)
    await remind_of_deadlines(clinic=clinic, now=MORNING)
    assert len(await open_alerts()) == 1
