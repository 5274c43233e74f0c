"""Scenario 4: a hearing is in nine days."""

from datetime import date, timedelta

from core.model.cases.urgency import Tier
from core.model.deadlines.rules import DatedFact
from core.model.people import Capacity, Leave
from core.services.deadlines.dated_facts import record_dates
from core.services.matches import approval
from core.services.runs import proposing
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import teams
from tests import worlds
from tests.worlds import NOW

TODAY = NOW.date()


async def test_the_case_jumps_the_tier_its_offer_expires_in_a_day_and_who_has_no_hours_that_week_is_not_proposed(
    database: Database,
) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    away = (Leave(TODAY + timedelta(days=1), TODAY + timedelta(days=10)),)
    nine, few = Capacity(cases=2, hours_a_month=None), Capacity(cases=2, hours_a_month=2.0)
    on_leave = await worlds.joined(worlds.attorney("Berta", capacity=nine, leave=away))
    busy = await worlds.joined(worlds.attorney("Celia", capacity=few))
    first = await worlds.waiting(worlds.case("NM-1", hours=40.0), now=NOW - timedelta(days=200))
    second = await worlds.waiting(worlds.case("NM-2", hours=40.0), now=NOW - timedelta(days=2))
    assert [one.ref for one in await cases.cases_in(first.state.WAITLISTED)] == ["NM-1", "NM-2"]

    hearing = {DatedFact.INDIVIDUAL_HEARING: date(2026, 12, 3)}
    await record_dates(second.id, hearing, clinic=clinic, by=by, now=NOW)

    assert [one.ref for one in await cases.cases_in(first.state.WAITLISTED)] == ["NM-2", "NM-1"]
    urgency = (await cases.find_case(second.id)).urgency(TODAY)
    assert (urgency.tier, urgency.reasons) == (Tier.NOW, ("Individual hearing in 9 days",))

    async def planned() -> dict[str, list[str]]:
        run = await proposing.request_run(matcher="joint", clinic=clinic, by=by, now=NOW)
        await proposing.perform_run(run, clinic=clinic, clock=lambda: NOW)
        return {one.team.case: [seat.volunteer for seat in one.team.seats] for one in await teams.open_proposals()}

    assert "NM-2" not in await planned(), "one is on leave that week, the other has no hours"
    free = await worlds.joined(worlds.attorney("Dora", capacity=Capacity(cases=1)))
    found = await planned()
    assert found["NM-2"] == [str(free.id)], "the one place goes to the hearing, not to who waits longest"
    assert str(on_leave.id) != found["NM-2"][0] != str(busy.id)

    (proposal,) = await teams.open_proposals(case=second.id)
    match = await approval.approve_proposal(proposal.id, clinic=clinic, by=by, now=NOW)
    (offer,) = await teams.offers_of_match(match)
    assert offer.expires_at == NOW + timedelta(days=1), "one working day, a Wednesday"
