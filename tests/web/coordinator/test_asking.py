"""Asking the matcher beside a run, on the pages: whom to recruit, and what if."""

from uuid import UUID

import pytest

from core.model.people import Capacity
from core.services.proposing import perform_run, request_run
from core.services.working import Worker
from tests.web.portal import Portal
from tests.worlds import NOW, attorney, case, coordinator, joined, waiting


async def a_run(portal: Portal) -> str:
    """A run that serves one case and has nobody to interpret Mam for the other; its address."""
    await joined(attorney("Alma", capacity=Capacity(cases=3)))
    await waiting(case("NM-ES"))
    await waiting(case("NM-MAM", languages=("mam",)))
    run: UUID = await request_run(matcher="joint", clinic=portal.clinic, by=await coordinator(), now=NOW)
    await perform_run(run, clinic=portal.clinic, clock=lambda: NOW)
    return f"/runs/{run}"


async def work(portal: Portal) -> None:
    """Let a worker do what is queued."""
    await Worker(portal.clinic, clock=lambda: NOW).run_once(NOW)


async def test_whom_to_recruit_is_asked_watched_and_answered(portal: Portal) -> None:
    path, visitor = await a_run(portal), await portal.coordinator()
    assert f"{path}/recruit" in (await visitor.open(path)).links

    page = await visitor.open(f"{path}/recruit")
    assert "Nothing is proposed or changed." in page.text
    page = await visitor.send(page, f"{path}/recruit")
    assert 'data-live="2"' in page.answer.text
    assert "Waiting for a worker" in page.text
    assert [form["action"] for form in page.forms] == ["/sign-out"]

    await work(portal)
    page = await visitor.open(f"{path}/recruit")
    assert page.heading.startswith("One more like this would free 1 case:")
    assert "Mam" in page.heading
    assert "+1 cases served" in page.text
    assert "With a team then: NM-MAM" in page.text
    assert "solved again, proved" in page.text
    assert "+1" in (await visitor.open(path)).text


async def test_a_scenario_is_supposed_and_answered(portal: Portal) -> None:
    path, visitor = await a_run(portal), await portal.coordinator()
    page = await visitor.open(f"{path}/what-if")

    page = await visitor.send(page, f"{path}/what-if", copies="2", role="interpreter", language="mam", other="es")
    assert "2 more volunteers: Interpreter, Mam and Spanish" in page.text
    await work(portal)

    page = await visitor.open(f"{path}/what-if")
    assert page.heading == "1 more case would be served"
    assert "2 of 2 cases served instead of 1" in page.text
    assert "With a team then: NM-MAM" in page.text

    page = await visitor.send(page, f"{path}/what-if", leaver="alma", taker="Alma", more="0")
    await work(portal)
    page = await visitor.open(f"{path}/what-if")
    assert "It could not be worked out" in page.text

    page = await visitor.send(page, f"{path}/what-if", leaver="alma")
    await work(portal)
    page = await visitor.open(f"{path}/what-if")
    assert page.heading == "1 case less would be served"
    assert "Alma leaves" in page.text
    assert "Without one then: NM-ES" in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Nothing is supposed yet."),
        ({"copies": "many"}, "Write a number from 1 to 50."),
        ({"copies": "1"}, "Choose the practice area"),
        ({"copies": "1", "role": "interpreter"}, "Choose the language."),
        ({"leaver": "Nobody"}, "“Nobody” is not known here."),
        ({"leaver": "Bea"}, "Several volunteers are called “Bea”."),
        ({"learner": "Alma"}, "Choose the language."),
    ],
)
async def test_what_cannot_be_supposed_is_refused_with_what_would_be_right(
    portal: Portal, given: dict[str, str], said: str
) -> None:
    path, visitor = await a_run(portal), await portal.coordinator()
    for _ in range(2):
        await joined(attorney("Bea"))

    answer = await visitor.send(await visitor.open(f"{path}/what-if"), f"{path}/what-if", **given)

    assert answer.status == 422
    assert said in answer.text


async def test_a_run_without_a_plan_is_not_asked_about(portal: Portal) -> None:
    await waiting(case("NM-1"))
    run = await request_run(matcher="joint", clinic=portal.clinic, by=await coordinator(), now=NOW)
    visitor = await portal.coordinator()

    answer = await visitor.send(await visitor.open(f"/runs/{run}/recruit"), f"/runs/{run}/recruit")

    assert answer.status == 409
    assert "no plan that could be asked about" in answer.text
