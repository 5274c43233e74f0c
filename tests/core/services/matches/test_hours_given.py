"""Hours: noted seat by seat when a case is closed, and counted for the bar that its members are of."""

from datetime import timedelta
from uuid import UUID

import pytest

from core.errors import BadInput, NotFound
from core.model.people import BarAdmission, Capacity, Volunteer
from core.model.rosters.figures import Figure
from core.model.states import CaseState
from core.model.vocabulary import SeatRole, Standing
from core.model.volunteers.merging import Part
from core.queries.matches.teams import find_team
from core.queries.rosters.figures import figures_of
from core.services.matches import engagement
from core.services.volunteers.merging import merge_records
from core.store import audit
from core.store.cases.cases import find_case
from core.store.database import Database
from core.store.keys import new_id
from tests import worlds
from tests.queries import statements
from tests.rosters import members, synced
from tests.worlds import NOW

YEAR = timedelta(days=366)


async def engaged(person: Volunteer, *more: object) -> UUID:
    """A match at work."""
    clinic, by = worlds.clinic(), await worlds.coordinator()
    match = await worlds.offered(await worlds.waiting(), worlds.seat(person), *more, by=by, at=clinic)  # type: ignore[arg-type]  # -- seats
    await worlds.accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    return match


async def close(match: UUID, *hours: float) -> None:
    """Close a case, with hours for its seats in their order."""
    by, team = await worlds.coordinator(), await find_team(match)
    given = {seat.id: one for seat, one in zip(team.seats, hours, strict=False)}
    await engagement.close_case(team.case.id, outcome="granted", hours=given, by=by, now=NOW)


async def test_hours_are_kept_by_seat_and_audited(database: Database) -> None:
    isidro = await worlds.joined(worlds.interpreter())
    seat = worlds.seat(isidro, SeatRole.INTERPRETER, ("mam", "es"))
    match = await engaged(await worlds.joined(worlds.attorney()), seat)

    await close(match, 42.5, 12)

    team = await find_team(match)
    assert [one.hours for one in team.seats] == [42.5, 12.0]
    (event,) = await audit.with_words(team.case.id, await audit.events_of([team.case.id], "case_closed"))
    assert (event.detail["outcome"], event.detail["hours"]) == ("granted", "attorney 42.5 h, interpreter 12 h")


@pytest.mark.parametrize("hours", [-1.0, 5001.0, float("nan"), float("inf")])
async def test_hours_that_cannot_be_are_refused_and_the_case_stays_open(database: Database, hours: float) -> None:
    match = await engaged(await worlds.joined(worlds.attorney()))

    with pytest.raises(BadInput, match="0 to 5,000"):
        await close(match, hours)

    assert (await find_case((await find_team(match)).case.id)).state is CaseState.ENGAGED


async def test_hours_of_another_teams_seat_are_refused(database: Database) -> None:
    match = await engaged(await worlds.joined(worlds.attorney()))
    by, team = await worlds.coordinator(), await find_team(match)

    with pytest.raises(BadInput, match="not in this team"):
        await engagement.close_case(team.case.id, outcome="granted", hours={new_id(): 3.0}, by=by, now=NOW)


async def volunteers(count: int, first: int = 1001, bar: str = "NM") -> list[Volunteer]:
    """So many volunteers of a bar."""
    return [
        await worlds.joined(
            worlds.attorney(bars=(BarAdmission(bar, str(number), Standing.ACTIVE),), capacity=Capacity(cases=3))
        )
        for number in range(first, first + count)
    ]


async def test_figures_count_the_members_of_this_bar_and_what_they_took_and_gave(database: Database) -> None:
    await synced(members(50))
    people = await volunteers(11)
    await volunteers(5, bar="NY")
    await volunteers(5, first=9001)
    for person in people[:6]:
        await close(await engaged(person), 40)
    await engaged(people[0])

    shown = await figures_of("our-bar", now=NOW + YEAR)

    assert shown.listed == 50
    assert [year.year for year in shown.years] == [2026, 2027]
    first, second = shown.years
    assert (first.joined, first.took, first.cases) == (Figure(10), Figure(5), Figure(5))
    assert first.hours == Figure(200)
    assert second.joined == second.took == second.cases == second.hours == Figure(few=True)
    assert (shown.together.joined, shown.together.took, shown.together.hours) == (Figure(10), Figure(5), Figure(200))


async def test_four_who_took_cases_are_not_shown_nor_their_cases_nor_hours(database: Database) -> None:
    await synced(members(50))
    people = await volunteers(8)
    for person in people[:4]:
        await close(await engaged(person), 100)
        await close(await engaged(person), 100)

    (year,) = (await figures_of("our-bar", now=NOW)).years

    assert (year.joined, year.took, year.cases, year.hours) == (Figure(5), *[Figure(few=True)] * 3)


async def test_two_records_of_one_person_count_once(database: Database) -> None:
    await synced(members(50))
    people = await volunteers(5)
    (other,) = await volunteers(1, first=1006)
    assert (await figures_of("our-bar", now=NOW)).together.joined == Figure(5)
    by = await worlds.coordinator()

    for kept, absorbed in ((people[0], people[1]), (people[2], other)):
        await merge_records(kept.id, absorbed.id, yielding=(Part.NUMBERS,), by=by, now=NOW)

    assert (await figures_of("our-bar", now=NOW)).together.joined == Figure(few=True)


async def test_a_roster_that_was_never_read_has_no_figures_and_the_number_of_statements_is_literal(
    database: Database,
) -> None:
    with pytest.raises(NotFound):
        await figures_of("our-bar", now=NOW)
    await synced(members(3))
    with statements() as few:
        await figures_of("our-bar", now=NOW)
    await volunteers(6)
    await synced(members(30))
    with statements() as many:
        await figures_of("our-bar", now=NOW)

    assert len(few) == len(many) == 6
