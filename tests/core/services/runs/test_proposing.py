"""Runs of the matcher through the portal's own verbs: a whole plan or nothing, and calm when repeated."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from core.errors import TooLate
from core.model.people import Capacity, Leave, Volunteer
from core.model.states import CaseState, ProposalState
from core.model.vocabulary import SeatRole
from core.services.clinic import Clinic
from core.services.matches import claiming
from core.services.runs import proposing
from core.services.volunteers import volunteering
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import runs, teams
from tests import worlds
from tests.worlds import NOW

Teams = dict[UUID, set[tuple[str, str]]]


async def _run(clinic: Clinic) -> UUID:
    by = await worlds.coordinator()
    run = await proposing.request_run(matcher="joint", clinic=clinic, by=by, now=NOW)
    await proposing.perform_run(run, clinic=clinic, clock=lambda: NOW)
    assert (await runs.find_run(run))["error"] == ""
    return run


async def _open_teams() -> Teams:
    return {one.case: {(seat.role, seat.volunteer) for seat in one.team.seats} for one in await teams.open_proposals()}


async def _world() -> list[Volunteer]:
    people = [worlds.attorney(name, capacity=Capacity(cases=1)) for name in ("Alma", "Berta", "Carla", "Dora")]
    joined = [await worlds.joined(one) for one in people]
    for name in ("Isidro", "Juana"):
        await worlds.joined(worlds.interpreter(name, capacity=Capacity(cases=1)))
    for number in range(3):
        await worlds.waiting(worlds.case(f"NM-{number}"))
    await worlds.waiting(worlds.case("NM-mam", languages=("mam",)))
    return joined


async def test_the_matcher_is_run_twice_and_the_second_run_changes_nothing_that_did_not_have_to_change(
    database: Database,
) -> None:
    """Scenario 13."""
    clinic, people = worlds.clinic(), await _world()
    await _run(clinic)
    first = await _open_teams()
    assert len(first) == 4
    second = await _run(clinic)
    assert await _open_teams() == first
    assert (await runs.find_run(second))["changed"] == 0

    gone = people[0]
    weeks = Leave(NOW.date(), NOW.date() + timedelta(days=200))
    await volunteering.plan_leave(gone.id, (weeks,), by=worlds.actor_of(gone), now=NOW)
    await volunteering.change_volunteer(
        msgspec.structs.replace(gone, leave=(weeks,), capacity=Capacity(cases=0)),
        by=await worlds.coordinator(),
        now=NOW,
    )
    third = await _run(clinic)
    after = await _open_teams()
    kept = {case: team for case, team in first.items() if ("attorney", str(gone.id)) not in team}
    assert len(after) == 3
    assert sum(after.get(case) == team for case, team in kept.items()) >= len(kept) - 1
    assert (await runs.find_run(third))["changed"] <= 2


async def test_a_claimed_case_gets_its_missing_interpreter_and_keeps_its_claimant(database: Database) -> None:
    clinic = worlds.clinic()
    alma = await worlds.joined(worlds.attorney())
    await worlds.joined(worlds.attorney("Berta"))
    isidro = await worlds.joined(worlds.interpreter())
    case = await worlds.waiting(worlds.case(languages=("mam",)))
    proposal = await claiming.claim_case(
        case.id, role=SeatRole.ATTORNEY, clinic=clinic, by=worlds.actor_of(alma), now=NOW
    )
    await proposing.complete_team(case.id, clinic=clinic, now=NOW)
    found = await teams.find_proposal(proposal)
    assert [(seat.role, seat.volunteer) for seat in found.team.seats] == [
        (SeatRole.ATTORNEY, str(alma.id)),
        (SeatRole.INTERPRETER, str(isidro.id)),
    ]


async def test_a_matcher_that_fails_saves_no_proposal_and_the_run_says_why(database: Database) -> None:
    clinic = worlds.clinic(run_seconds=30.0)
    await _world()
    by = await worlds.coordinator()
    run = await proposing.request_run(matcher="joint", clinic=clinic, by=by, now=NOW)
    nobody = Clinic(settings=clinic.settings, host=worlds.clinic(block=("matchers.joint",)).host)
    await proposing.perform_run(run, clinic=nobody, clock=lambda: NOW)
    row = await runs.find_run(run)
    assert row["state"] == "failed"
    assert "joint" in row["error"]
    assert await teams.open_proposals() == []


async def test_a_second_run_is_refused_while_one_is_under_way(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    await proposing.request_run(matcher="joint", clinic=clinic, by=by, now=NOW)
    with pytest.raises(TooLate, match="already under way"):
        await proposing.request_run(matcher="joint", clinic=clinic, by=by, now=NOW)


async def test_a_case_that_left_the_waitlist_while_the_matcher_was_thinking_is_passed_over(
    database: Database,
) -> None:
    alma = await worlds.joined(worlds.attorney())
    case = await worlds.waiting()
    await cases.move_case(case.id, CaseState.WITHDRAWN, now=NOW)
    with pytest.raises(ValueError, match="not enough values"):
        await worlds.proposed(case, worlds.seat(alma))
    assert [one.state for one in await teams.open_proposals() if one.state is ProposalState.OPEN] == []
