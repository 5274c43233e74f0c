"""What people decide about single deadlines, for how long it holds, and who may decide."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.errors import BadInput, NotAllowed, NotFound, TooLate
from core.model.deadlines.acts import ALERT, BY_HAND, Act, place_of
from core.model.deadlines.rules import DatedFact
from core.model.people import Actor, Volunteer
from core.model.vocabulary import SeatRole
from core.queries.desk import open_alerts
from core.services.clinic import Clinic
from core.services.deadlines import acts
from core.services.deadlines.dated_facts import count_deadlines, record_dates, set_deadline
from core.services.deadlines.law import refresh_deadlines
from core.services.matches import engagement
from core.store import alerts, audit
from core.store.cases import cases
from core.store.cases.deadlines import kept_deadlines
from core.store.database import Database
from tests import worlds
from tests.core.services.deadlines.test_deadlines import ruled_by
from tests.worlds import NOW, actor_of

F = DatedFact
ARRIVED = {F.LAST_ARRIVAL: date(2025, 12, 15)}
HEARD = {F.INDIVIDUAL_HEARING: date(2026, 12, 3)}
FILED = date(2026, 12, 15)
YEAR, HEARING = "asylum-one-year", "individual-hearing"


async def worked(case: UUID) -> tuple[date | None, str]:
    """What a case is worked by."""
    found = await cases.find_case(case)
    return found.deadline, found.deadline_by


async def test_what_is_done_presses_no_more_until_a_new_date_makes_a_new_deadline(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    await record_dates(case.id, ARRIVED | HEARD, clinic=clinic, by=by, now=NOW)
    assert await worked(case.id) == (date(2026, 12, 3), HEARING)

    await acts.meet_deadline(case.id, rule=HEARING, seen=HEARD[F.INDIVIDUAL_HEARING], clinic=clinic, by=by, now=NOW)
    assert await worked(case.id) == (date(2026, 12, 15), YEAR)
    assert HEARING not in (await kept_deadlines([case.id]))[case.id]
    await refresh_deadlines(clinic=clinic, now=NOW + timedelta(days=1))
    assert await worked(case.id) == (date(2026, 12, 15), YEAR), "it stays done"

    await record_dates(case.id, {F.INDIVIDUAL_HEARING: date(2026, 12, 10)}, clinic=clinic, by=by, now=NOW)
    assert await worked(case.id) == (date(2026, 12, 10), HEARING), "a new hearing is not done because the last one was"


async def test_a_deadline_is_set_aside_or_given_another_day_with_a_reason_and_it_can_be_taken_back(
    database: Database,
) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    await record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)

    said: dict[str, Any] = {"clinic": clinic, "by": by, "now": NOW}
    await acts.decide_deadline(case.id, rule=YEAR, act=Act.SET_ASIDE, seen=FILED, reason="A child.", **said)
    assert await worked(case.id) == (None, "")

    earlier = date(2026, 12, 1)
    await acts.undo_decision(case.id, rule=YEAR, **said)
    given: dict[str, Any] = {"act": Act.GIVEN, "due": earlier, "reason": "To be safe.", **said}
    await acts.decide_deadline(case.id, rule=YEAR, seen=FILED, **given)
    assert await worked(case.id) == (earlier, YEAR)
    assert (await kept_deadlines([case.id]))[case.id][YEAR].due == earlier

    await acts.undo_decision(case.id, rule=YEAR, **said)
    assert await worked(case.id) == (date(2026, 12, 15), YEAR)
    with pytest.raises(TooLate, match="taken back already"):
        await acts.undo_decision(case.id, rule=YEAR, **said)
    told = [one for one in await audit.events_of([case.id]) if one.kind.startswith(("deadline_dec", "deadline_reo"))]
    assert [(one.kind, one.detail) for one in told] == [
        ("deadline_decided", {"rule": YEAR, "act": "set_aside"}),
        ("deadline_reopened", {"rule": YEAR}),
        ("deadline_decided", {"rule": YEAR, "act": "given"}),
        ("deadline_reopened", {"rule": YEAR}),
    ]


async def test_what_cannot_be_asked_for_is_set_aside_until_the_date_is_known(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    await count_deadlines(case.id, clinic=clinic, by=by, now=NOW)
    assert (await kept_deadlines([case.id]))[case.id][YEAR].due is None

    await acts.decide_deadline(
        case.id, rule=YEAR, act=Act.SET_ASIDE, seen=None, reason="She cannot say.", clinic=clinic, by=by, now=NOW
    )
    assert (await kept_deadlines([case.id]))[case.id] == {}

    await record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)
    assert await worked(case.id) == (date(2026, 12, 15), YEAR)


async def test_when_a_deadline_by_hand_is_done_the_case_follows_the_rules_again(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    await record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)
    due = date(2026, 12, 2)
    await set_deadline(
        case.id, due=due, kind="Biometrics", reason="A notice.", seen=FILED, clinic=clinic, by=by, now=NOW
    )
    kept = (await kept_deadlines([case.id]))[case.id]
    assert {code: (one.title, one.due) for code, one in kept.items()} == {
        YEAR: ("One-year deadline", date(2026, 12, 15)),
        BY_HAND: ("Biometrics", due),
    }

    await acts.meet_deadline(case.id, rule=BY_HAND, seen=due, clinic=clinic, by=by, now=NOW)
    assert await worked(case.id) == (FILED, YEAR), "what the rules say presses again"
    assert set((await kept_deadlines([case.id]))[case.id]) == {YEAR}


async def engaged(*, clinic: Clinic, by: Actor) -> tuple[UUID, Volunteer, Volunteer]:
    """A case with an engaged attorney, and an attorney who is not on it."""
    alma, berta = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.attorney("Berta"))
    case = await worlds.waiting()
    await record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)
    match = await worlds.offered(case, worlds.seat(alma, SeatRole.ATTORNEY), by=by, at=clinic)
    await worlds.accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    return case.id, alma, berta


async def test_the_engaged_volunteer_takes_her_deadline_in_hand_and_says_that_it_is_done(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    case, alma, berta = await engaged(clinic=clinic, by=by)
    await alerts.raise_alert(ALERT, text="Nobody.", path=place_of(case, YEAR), now=NOW)

    with pytest.raises(NotFound):
        await acts.take_in_hand(case, rule=YEAR, by=actor_of(berta), now=NOW)
    with pytest.raises(NotFound):
        await acts.meet_deadline(case, rule=YEAR, seen=FILED, clinic=clinic, by=actor_of(berta), now=NOW)
    assert len(await open_alerts()) == 1

    await acts.take_in_hand(case, rule=YEAR, by=actor_of(alma), now=NOW)
    kept = (await kept_deadlines([case]))[case][YEAR]
    assert (kept.in_hand_at, kept.in_hand_by) == (NOW, alma.account)
    assert await open_alerts() == ()

    await acts.meet_deadline(case, rule=YEAR, seen=FILED, clinic=clinic, by=actor_of(alma), now=NOW)
    assert await worked(case) == (None, "")
    with pytest.raises(NotAllowed):
        await acts.undo_decision(case, rule=YEAR, clinic=clinic, by=actor_of(alma), now=NOW)


async def test_what_is_wrong_is_refused_and_changes_nothing(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), ruled_by(), await worlds.coordinator()
    said: dict[str, Any] = {"clinic": clinic, "by": by, "now": NOW}

    with pytest.raises(BadInput, match="Say in a few words why"):
        await acts.decide_deadline(case.id, rule=YEAR, act=Act.SET_ASIDE, seen=None, reason=" ", **said)
    with pytest.raises(BadInput, match="Give the day"):
        await acts.decide_deadline(case.id, rule=YEAR, act=Act.GIVEN, seen=None, reason="So.", **said)
    typo: dict[str, Any] = {"act": Act.GIVEN, "due": date(26, 12, 1), "reason": "So."}
    with pytest.raises(BadInput, match="Write a year between 1926 and 2126"):
        await acts.decide_deadline(case.id, rule=YEAR, seen=None, **typo, **said)
    with pytest.raises(BadInput, match="Write a year between"):
        await set_deadline(case.id, due=date(26, 12, 1), kind="Hearing", reason="So.", seen=None, **said)
    with pytest.raises(NotFound, match="no such deadline any more"):
        await acts.decide_deadline(case.id, rule=YEAR, act=Act.SET_ASIDE, seen=None, reason="So.", **said)
    with pytest.raises(NotFound, match="no such deadline any more"):
        await acts.take_in_hand(case.id, rule=YEAR, by=by, now=NOW)
    with pytest.raises(TooLate, match="no deadline by hand"):
        await acts.meet_deadline(case.id, rule=BY_HAND, seen=None, **said)
    assert not [one for one in await audit.events_of([case.id]) if one.kind == "deadline_decided"]
