"""Days are those of the programme: in its evening it is a day later by UTC, and nothing goes by that."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.model.cases.urgency import Tier
from core.model.people import SYSTEM
from core.model.states import OfferState
from core.model.vocabulary import DeclineReason
from core.queries.cases.listings import last_listing
from core.services.cases import intake, needs
from core.services.matches import responding
from core.services.work.chores import next_round
from core.store.cases import cases
from core.store.database import Database, open_database
from core.store.days import day_of, end_of
from core.store.matches import teams
from tests import worlds

EVENING = datetime(2026, 11, 28, 2, tzinfo=UTC)
"""Seven on a Friday evening in Albuquerque, the 27th; Saturday by UTC."""
IN_FIFTEEN_DAYS = date(2026, 12, 12)


async def tier() -> Tier:
    ((_, kept),) = await cases.waiting_with_tier()
    return kept


async def test_a_case_is_as_urgent_in_the_evening_as_pages_say_whatever_is_done_with_it(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator(EVENING)
    alma = await worlds.joined(worlds.attorney(), EVENING)
    due = worlds.case(deadline=IN_FIFTEEN_DAYS, deadline_kind="Hearing")
    case = await worlds.waiting(due, EVENING)
    assert await tier() is Tier.SOON, "as it came"

    await intake.refresh_tiers(now=EVENING)
    assert await tier() is Tier.SOON, "as time went by"
    await needs.write_summary(case.id, "She asks for asylum.", opened=case.summary, by=by, now=EVENING)
    assert await tier() is Tier.SOON, "as it was changed"

    await worlds.offered(case, worlds.seat(alma), by=by, at=clinic, now=EVENING)
    (offer,) = await teams.offers_of_volunteer(alma.id, OfferState.OPEN)
    await responding.decline_offer(
        offer.id, reason=DeclineReason.NO_TIME, by=worlds.actor_of(alma), now=EVENING + timedelta(hours=1)
    )
    assert await tier() is Tier.SOON, "as it came back"

    await intake.refresh_tiers(now=EVENING + timedelta(hours=6))
    assert await tier() is Tier.NOW, "after midnight there"


async def test_an_offer_of_friday_evening_is_open_until_monday_evening(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator(EVENING)
    alma = await worlds.joined(worlds.attorney(), EVENING)
    case = await worlds.waiting(worlds.case(detained=True), EVENING)
    match = await worlds.offered(case, worlds.seat(alma), by=by, at=clinic, now=EVENING)
    (offer,) = await teams.offers_of_match(match)
    assert offer.expires_at == EVENING + timedelta(days=3)


async def test_who_waits_since_sunday_evening_has_waited_for_a_week_on_monday(database: Database) -> None:
    sunday = datetime(2026, 11, 30, 3, tzinfo=UTC)
    case = await worlds.waiting(now=sunday)
    assert (await last_listing(case.id, today=date(2026, 11, 30))).weeks_waiting == 1


async def test_the_work_of_a_day_begins_with_the_day_there(database: Database) -> None:
    assert next_round(timedelta(days=1), EVENING) == datetime(2026, 11, 28, 7, tzinfo=UTC)
    assert next_round(timedelta(days=1), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)) == datetime(
        2026, 11, 2, 7, tzinfo=UTC
    ), "a day of 25 hours"
    assert next_round(timedelta(hours=1), EVENING) == EVENING + timedelta(hours=1)


async def test_a_programme_elsewhere_has_days_of_its_own(sqlite_url: str) -> None:
    opened = await open_database(sqlite_url, place=ZoneInfo("Europe/Madrid"))
    try:
        assert day_of(EVENING - timedelta(hours=2, minutes=30)) == date(2026, 11, 28)
        assert end_of(date(2026, 11, 28)).hour == 22
        case = await worlds.waiting(worlds.case(deadline=IN_FIFTEEN_DAYS), EVENING)
        assert (case.id, await tier()) == (case.id, Tier.NOW)
        await intake.withdraw_case(case.id, reason="She moved.", by=SYSTEM, now=EVENING)
    finally:
        await opened.close()
