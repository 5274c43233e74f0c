"""How help is shared out: floors set on a page of their own, priced on the page of the run."""

import pytest

from core.model.people import Capacity
from core.queries.runs.results import recent_runs
from core.services.work.working import Worker
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, attorney, case, joined, waiting

pytestmark = pytest.mark.usefixtures("matched_here")


async def one_place_for_two() -> None:
    """An attorney with one place; a client who speaks English and waits longer, and one who speaks Spanish."""
    await joined(attorney("Alma", capacity=Capacity(cases=1)))
    await waiting(case("NM-1", languages=("en",)), now=NOW.replace(year=2025))
    await waiting(case("NM-2", languages=("es",)))


async def floored(visitor: Visitor, **given: str) -> Page:
    """The page after a floor was set."""
    return await visitor.send(await visitor.open("/runs/sharing"), "/runs/sharing/floors", **given)


async def the_run(portal: Portal, visitor: Visitor) -> Page:
    """The page of a run."""
    await visitor.send(await visitor.open("/runs"), "/runs")
    await Worker(portal.clinic, clock=lambda: NOW).run_once(NOW)
    return await visitor.open(f"/runs/{(await recent_runs())[0].id}")


async def test_a_floor_that_is_set_serves_its_group_and_the_run_says_what_that_cost(portal: Portal) -> None:
    await one_place_for_two()
    visitor = await portal.coordinator()
    assert "No floor is set; work is spread mildly." in (await visitor.open("/runs")).text

    page = await floored(visitor, group="language:es", share="50", points="2000")
    assert "Kept. The next run shares help out this way." in page.text
    assert "Language: Spanish at least 50 %; each case missing costs 2,000 points" in page.text
    assert "1 floor is set; work is spread mildly." in (await visitor.open("/runs")).text

    run = await the_run(portal, visitor)
    assert "NM-2" in run.text
    assert "NM-1" not in run.text
    assert "Language: Spanish 1 of 1 served, 1 wanted Reached. The last case for it cost up to" in run.text


async def test_a_floor_below_what_another_case_is_worth_is_missed_and_said_to_be(portal: Portal) -> None:
    await one_place_for_two()
    visitor = await portal.coordinator()
    await floored(visitor, group="language:es", share="100%", points="3")

    run = await the_run(portal, visitor)
    assert "Language: Spanish 0 of 1 served, 1 wanted Missed: one more would cost more than 3 points" in run.text


async def test_a_run_keeps_the_floors_that_it_was_asked_for_with(portal: Portal) -> None:
    await one_place_for_two()
    visitor = await portal.coordinator()
    await floored(visitor, group="language:es", share="50", points="2000")
    first = await the_run(portal, visitor)
    await visitor.send(await visitor.open("/runs/sharing"), "/runs/sharing/floors/drop", chosen="language:es")
    second = await the_run(portal, visitor)

    assert "Language: Spanish" not in second.text
    assert first.heading == second.heading
    older = (await recent_runs())[1]
    assert "Language: Spanish 1 of 1 served, 1 wanted" in (await visitor.open(f"/runs/{older.id}")).text


async def test_a_second_floor_for_a_group_takes_the_place_of_the_first(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await floored(visitor, group="group:Indigenous", share="50", points="2000")
    page = await floored(visitor, group="group:Indigenous", share="62.5", points="900")
    assert "at least 62.5 %; each case missing costs 900 points" in page.text
    assert "at least 50 %" not in page.text


async def test_what_is_wrong_with_a_floor_is_told_beside_its_field_and_kept(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await floored(visitor, group="", share="120", points="much")
    assert page.status == 422
    for said in ("Choose the group that the floor is for.", "“120” is no share.", "“much” are no points."):
        assert said in page.text
    assert 'value="120"' in page.answer.text

    page = await floored(visitor, group="language:klingonese", share="50", points="2000")
    assert page.status == 422
    assert "is not a language that we know" in page.text


async def test_how_firmly_work_is_spread_is_a_choice(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await visitor.send(await visitor.open("/runs/sharing"), "/runs/sharing/spread", chosen="0")
    assert "Kept. The next run shares help out this way." in page.text
    assert "No floor is set; work is spread not at all." in (await visitor.open("/runs")).text
    wrong = await visitor.send(page, "/runs/sharing/spread", chosen="-3")
    assert "Choose one of the ways to spread work." in wrong.text
