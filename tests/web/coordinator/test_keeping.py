"""Keeping scarce people for the weeks to come: chosen on the form, told on the page of the run."""

from datetime import timedelta

import pytest

from core.model.people import Capacity
from core.model.states import CaseState
from core.queries.runs.results import recent_runs
from core.services.work.working import Worker
from core.store.cases import cases
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, attorney, case, interpreter, joined, waiting

pytestmark = pytest.mark.usefixtures("matched_here")

MAM = {"languages": ("mam",)}


async def a_clinic_with_urgent_arrivals() -> None:
    """One interpreter with one place, urgent Mam cases in the past, and a Mam case that can wait."""
    await joined(attorney("Alma", capacity=Capacity(cases=9)))
    await joined(interpreter("Isidro", capacity=Capacity(cases=1)))
    for ago in range(1, 7):
        at = NOW - timedelta(weeks=3 * ago)
        came = await waiting(case(f"R-{ago}", detained=True, **MAM), now=at)
        await cases.move_case(came.id, CaseState.WITHDRAWN, now=at)
    await waiting(case("NM-1", **MAM))


async def the_run(portal: Portal, visitor: Visitor, **given: str) -> Page:
    """The page of a run that was asked for on the form."""
    await visitor.send(await visitor.open("/runs"), "/runs", **given)
    await Worker(portal.clinic, clock=lambda: NOW).run_once(NOW)
    return await visitor.open(f"/runs/{(await recent_runs())[0].id}")


async def test_scarce_people_are_kept_where_the_form_says_so_and_the_page_tells_for_whom(portal: Portal) -> None:
    await a_clinic_with_urgent_arrivals()
    visitor = await portal.coordinator()
    assert "Keep scarce people for urgent cases to come" in (await visitor.open("/runs")).text

    page = await the_run(portal, visitor, keeping="0.99")

    assert page.heading == "No proposal waits for a decision"
    assert "Kept for the weeks to come at 99 % of the price" in page.text
    assert "1 interpreter of Spanish and Mam kept for cases worth 8," in page.text
    assert "5 such cases are likely in the coming weeks" in page.text
    assert "1 their people are kept for more urgent cases to come" in page.text


async def test_nobody_is_kept_where_the_form_says_nothing(portal: Portal) -> None:
    await a_clinic_with_urgent_arrivals()
    page = await the_run(portal, await portal.coordinator())
    assert page.heading == "1 proposal for 1 waiting case"
    assert "Kept for the weeks to come" not in page.text


async def test_where_nobody_is_scarce_the_page_says_so(portal: Portal) -> None:
    await joined(attorney("Alma", capacity=Capacity(cases=20)))
    await waiting(case("NM-1"))
    page = await the_run(portal, await portal.coordinator(), keeping="0.5")
    assert "nobody is so scarce that a place must be kept" in page.text


async def test_a_share_that_makes_no_sense_is_refused(portal: Portal) -> None:
    visitor = await portal.coordinator()
    for given in ("much", "7", "nan"):
        answer = await visitor.send(await visitor.open("/runs"), "/runs", keeping=given)
        assert answer.status == 422
    assert await recent_runs() == ()
