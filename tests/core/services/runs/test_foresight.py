"""A run that keeps scarce people for the weeks to come: from which arrivals, and what is kept of it."""

from datetime import timedelta
from uuid import UUID

import pytest

from core.errors import BadInput
from core.model.people import Capacity
from core.model.plans.foresight import Freed
from core.model.plans.snapshot import Foresight
from core.model.states import CaseState
from core.model.vocabulary import SeatRole
from core.queries.runs.results import Run, find_run
from core.services.clinic import Clinic
from core.services.runs import proposing
from core.services.runs.foresight import foresight_of
from core.services.runs.snapshot import take_snapshot
from core.store import audit
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import teams
from tests import worlds
from tests.worlds import NOW, attorney, interpreter, joined, seat

pytestmark = pytest.mark.usefixtures("matched_here")

MAM = {"languages": ("mam",)}


async def ran(clinic: Clinic, keeping: float | None = None) -> Run:
    """A run of the real matcher."""
    run: UUID = await proposing.request_run(
        matcher="joint", clinic=clinic, by=await worlds.coordinator(), now=NOW, keeping=keeping
    )
    await proposing.perform_run(run, clinic=clinic, clock=lambda: NOW)
    found = await find_run(run)
    assert found.error == ""
    return found


async def foreseen(strength: float = 0.9, **settings: object) -> Foresight | None:
    """What a run today would learn the weeks to come from."""
    given = worlds.clinic(**settings).settings
    return await foresight_of(strength, await take_snapshot(settings=given, today=NOW.date()), settings=given)


async def urgent_cases_came(number: int) -> None:
    """So many urgent Mam cases came in the last months, one every three weeks, and do not wait any more."""
    for ago in range(1, number + 1):
        at = NOW - timedelta(weeks=3 * ago)
        case = await worlds.waiting(worlds.case(f"R-{ago}", detained=True, **MAM), now=at)
        await cases.move_case(case.id, CaseState.WITHDRAWN, now=at)


async def test_the_only_interpreter_is_kept_where_urgent_cases_came_and_the_run_tells_for_whom(
    database: Database,
) -> None:
    clinic = worlds.clinic()
    await joined(attorney("Alma", capacity=Capacity(cases=9)))
    await joined(interpreter("Isidro", capacity=Capacity(cases=1)))
    await urgent_cases_came(6)
    calm = await worlds.waiting(worlds.case("NM-1", **MAM))

    kept = await ran(clinic, keeping=0.99)
    assert [(left.case, left.reason) for left in kept.unmatched] == [("NM-1", "kept")]
    (kind,) = [one for one in kept.summary.kept if one.role is SeatRole.INTERPRETER]
    assert (kind.languages, kind.people) == (("es", "mam"), 1)
    assert kind.least > 8_000
    assert kept.keeping == 0.99
    (event,) = [one for one in await audit.events_of([kept.id]) if one.kind == "run_requested"]
    assert event.detail["keeping"] == 0.99

    usual = await ran(clinic)
    assert (usual.keeping, usual.summary.kept) == (0.0, ())
    assert [one.team.case for one in await teams.open_proposals(case=calm.id)] == ["NM-1"]


async def test_the_setting_decides_where_nothing_is_said(database: Database) -> None:
    assert (await ran(worlds.clinic(keeping=0.5))).keeping == 0.5
    assert (await ran(worlds.clinic(keeping=0.5), keeping=0.0)).keeping == 0.0
    for share in (-0.1, 1.5, float("nan")):
        with pytest.raises(BadInput, match="Choose a share from 0 to 1"):
            await ran(worlds.clinic(), keeping=share)


async def test_arrivals_count_as_they_came_and_half_a_year_back(database: Database) -> None:
    assert await foreseen(0.0) is None
    deadline = NOW.date() + timedelta(days=10)
    for ref, weeks in (("R-1", 4), ("R-2", 20), ("R-3", 40)):
        at = NOW - timedelta(weeks=weeks)
        await worlds.waiting(worlds.case(ref, deadline=deadline - timedelta(weeks=weeks)), now=at)

    found = await foreseen()

    assert found is not None
    assert [case.ref for case in found.recent] == ["R-2", "R-1"]
    assert {case.received for case in found.recent} == {NOW.date()}
    assert {case.deadline for case in found.recent} == {deadline}
    assert (found.weeks, found.expected, found.strength) == (13, 1, 0.9)


async def test_a_young_clinic_expects_by_the_weeks_that_it_knows(database: Database) -> None:
    for ago in (1, 8, 15, 22):
        await worlds.waiting(now=NOW - timedelta(days=ago))
    found = await foreseen()
    assert found is not None
    assert found.expected == 13, "four cases in four weeks"


async def test_places_come_free_when_a_case_has_kept_its_people_for_the_usual_time(database: Database) -> None:
    by, alma = await worlds.coordinator(), await joined(attorney("Alma", capacity=Capacity(cases=2)))
    isidro = await joined(interpreter("Isidro", capacity=Capacity(cases=2)))
    clinic = worlds.clinic(busy_weeks=26)
    berta = await joined(attorney("Berta", capacity=Capacity(cases=9, mentoring=0)))
    for ago in (4, 20):
        case = await worlds.waiting(worlds.case(hours=30.0, interpreter_hours=6.0, languages=("mam",)))
        people = seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es"))
        await worlds.offered(case, *people, by=by, at=clinic, now=NOW - timedelta(weeks=ago))

    found = await foreseen()

    assert found is not None
    assert found.freed == {
        str(alma.id): Freed(places=1, hours=30.0),
        str(isidro.id): Freed(places=1, hours=6.0),
        str(berta.id): Freed(places=6),
    }, "and what is free but not offered at once"
