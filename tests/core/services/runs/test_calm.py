"""A second run changes only what must change, and says which of its changes it chose."""

from uuid import UUID

import msgspec
import pytest

from core.model.people import Actor, Capacity, Volunteer
from core.model.plans.runs import Summary
from core.model.states import CaseState
from core.model.vocabulary import PracticeArea, SeatRole, Standing
from core.queries.runs.differing import compared
from core.queries.runs.results import find_run
from core.services.matches import pinning
from core.services.rosters import standings
from core.services.runs import proposing
from core.services.volunteers import volunteering
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import plans, teams
from tests import worlds
from tests.worlds import NOW

pytestmark = pytest.mark.usefixtures("matched_here")

CLINIC = worlds.clinic()


async def ran() -> UUID:
    """A run of the real matcher."""
    run = await proposing.request_run(matcher="joint", clinic=CLINIC, by=await worlds.coordinator(), now=NOW)
    await proposing.perform_run(run, clinic=CLINIC, clock=lambda: NOW)
    return run


async def summary(run: UUID) -> Summary:
    """A run in numbers."""
    return (await find_run(run)).summary


async def one_place(name: str, **more: object) -> Volunteer:
    """An attorney with one free place."""
    return await worlds.joined(worlds.attorney(name, capacity=Capacity(cases=1), **more))


async def pin(case: UUID, who: Volunteer, *, by: Actor) -> None:
    """Pin somebody to the attorney seat."""
    seat = SeatRole.ATTORNEY
    await pinning.pin_seat(case, volunteer=who.id, role=seat, reason="Knows them.", clinic=CLINIC, by=by, now=NOW)


async def test_a_second_run_over_the_same_world_keeps_every_team(database: Database) -> None:
    for name in ("Alma", "Berta", "Carla"):
        await one_place(name)
    for _ in range(3):
        await worlds.waiting()
    first, second = await ran(), await ran()
    since = (await summary(second)).since
    assert (await summary(first)).since is None
    assert since is not None
    assert (since.run, since.kept, since.forced, since.chosen, since.fresh) == (first, 3, 0, 0, 0)


async def test_an_equal_volunteer_who_joins_later_changes_nothing(database: Database) -> None:
    await one_place("Berta")
    case = await worlds.waiting()
    await ran()
    before = [one.team.seats[0].volunteer for one in await teams.open_proposals(case=case.id)]
    await one_place("Alma", interests=(PracticeArea.ASYLUM,))
    since = (await summary(await ran())).since
    assert [one.team.seats[0].volunteer for one in await teams.open_proposals(case=case.id)] == before
    assert since is not None
    assert (since.kept, since.chosen) == (1, 0)


async def test_somebody_much_better_is_a_change_by_choice_and_it_says_so(database: Database) -> None:
    old = await one_place("Berta", languages=())
    isidro = await worlds.joined(worlds.interpreter("Isidro", ("es", "en")))
    case = await worlds.waiting()
    await ran()
    new = await one_place("Alma")
    run = await ran()
    since = (await summary(run)).since
    assert since is not None
    assert (since.kept, since.forced, since.chosen) == (0, 0, 1)
    kept = await plans.plan_of(run)
    assert kept is not None
    (shift,) = kept.shifts
    assert {(gone.volunteer, gone.why) for gone in shift.gone} == {
        (str(old.id), "free"),
        (str(isidro.id), "unneeded"),
    }
    assert [seat.volunteer for seat in kept.teams[0].seats] == [str(new.id)]
    assert kept.teams[0].case == case.ref


@pytest.mark.parametrize("why", ["standing", "capacity", "conflict", "pinned"])
async def test_a_change_is_forced_where_somebody_cannot_stay_and_the_reason_is_kept(
    database: Database, why: str
) -> None:
    by, berta = await worlds.coordinator(), await one_place("Berta")
    case = await worlds.waiting()
    await ran()
    carla = await one_place("Carla", county="San Juan")
    if why == "standing":
        await standings.record_standing(berta.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=by, now=NOW)
    elif why == "capacity":
        full = msgspec.structs.replace(berta, capacity=Capacity(cases=0))
        await volunteering.change_volunteer(full, by=by, now=NOW)
    elif why == "conflict":
        await pinning.forbid_pair(case.id, volunteer=berta.id, reason="Same town.", by=by, now=NOW)
    else:
        await pin(case.id, carla, by=by)
    run = await ran()
    since = (await summary(run)).since
    assert since is not None
    assert (since.kept, since.forced, since.chosen) == (0, 1, 0)
    found = await compared(run)
    assert found is not None
    (changed,) = found.difference.changed
    (seat,) = changed.seats
    assert seat.went is not None
    assert seat.came is not None
    assert (seat.went.volunteer, seat.came.volunteer, seat.why) == (str(berta.id), str(carla.id), why)


async def test_a_place_that_a_pin_takes_elsewhere_forces_a_change(database: Database) -> None:
    by, berta = await worlds.coordinator(), await one_place("Berta")
    first = await worlds.waiting()
    await ran()
    second = await worlds.waiting()
    await pin(second.id, berta, by=by)
    run = await ran()
    kept = await plans.plan_of(run)
    assert kept is not None
    (shift,) = kept.shifts
    assert (shift.case, shift.forced, shift.dropped) == (first.ref, True, True)
    assert [gone.why for gone in shift.gone] == ["kept"]


async def test_a_run_keeps_who_was_served_of_all_that_waited(database: Database) -> None:
    await one_place("Alma")
    await worlds.waiting(worlds.case(county="Taos"))
    await worlds.waiting(worlds.case(languages=("mam",), practice_area=PracticeArea.FAMILY, county=""))
    found = await summary(await ran())
    assert (found.waiting, found.served) == (2, 1)
    shares = {(one.group, one.served, one.waiting) for one in (*found.by_group, *found.by_county, *found.by_area)}
    assert shares == {
        ("Spanish", 1, 1),
        ("Indigenous", 0, 1),
        ("Taos", 1, 1),
        ("", 0, 1),
        ("asylum", 1, 1),
        ("family", 0, 1),
    }


async def test_cases_that_left_the_waitlist_and_new_ones_are_told_apart(database: Database) -> None:
    for name in ("Alma", "Berta"):
        await one_place(name)
    gone, _stays = await worlds.waiting(), await worlds.waiting()
    first = await ran()
    await cases.move_case(gone.id, to=CaseState.WITHDRAWN, now=NOW)
    new = await worlds.waiting()
    second = await ran()
    found = await compared(second, first)
    assert found is not None
    told = found.difference
    assert [team.case for team in told.left] == [gone.ref]
    assert [team.case for team in told.arrived] == [new.ref]
    assert (told.kept, told.gained, told.lost, told.changed) == (1, (), (), ())
    since = (await summary(second)).since
    assert since is not None
    assert (since.run, since.kept, since.fresh) == (first, 1, 1)
