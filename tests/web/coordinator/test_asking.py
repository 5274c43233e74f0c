"""Asking the matcher beside a run, on the pages: whom to recruit, and what if."""

import re
from html import unescape
from uuid import UUID

import pytest

from core.model.people import Capacity
from core.queries.runs.questions import asked_beside
from core.services.runs.proposing import perform_run, request_run
from core.services.work.working import Worker
from tests.web.portal import Page, Portal
from tests.worlds import NOW, attorney, case, coordinator, joined, waiting

pytestmark = pytest.mark.usefixtures("matched_here")


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

    page = await visitor.send(page, f"{path}/what-if", leaver="alma")
    await work(portal)
    page = await visitor.open(f"{path}/what-if")
    assert page.heading == "1 case less would be served"
    assert "Alma leaves" in page.text
    assert "Without one then: NM-ES" in page.text


WRONG = {
    "nothing": ({}, {"copies": "Nothing is supposed yet."}),
    "no number": ({"copies": "many", "area": "asylum"}, {"copies": "Write a number from 1 to 50."}),
    "a number of many digits": ({"copies": "9" * 5000, "area": "asylum"}, {"copies": "Write a number from 1 to 50."}),
    "nobody joins": ({"area": "asylum"}, {"copies": "Write a number from 1 to 50."}),
    "no practice area": ({"copies": "1"}, {"area": "Choose the practice area"}),
    "an unknown area": ({"copies": "1", "area": "tax"}, {"area": "“tax” is not one of the choices."}),
    "no language": ({"copies": "1", "role": "interpreter"}, {"language": "Choose the language."}),
    "one language": (
        {"copies": "1", "role": "interpreter", "language": "mam", "other": "mam"},
        {"other": "Choose two different languages."},
    ),
    "too high a level": ({"copies": "1", "area": "asylum", "level": "7"}, {"level": "Write a number from 1 to 4."}),
    "nobody's name": ({"leaver": "Nobody"}, {"leaver": "“Nobody” is not known here."}),
    "the name of two": ({"leaver": "Bea"}, {"leaver": "Several volunteers are called “Bea”."}),
    "nobody takes more": ({"more": "3"}, {"taker": "Write who is meant."}),
    "who leaves takes more": ({"leaver": "Alma", "taker": "alma", "more": "3"}, {"taker": "The same person leaves"}),
    "nothing is learned": ({"learner": "Alma"}, {"learned": "Choose the language."}),
    "all at once": (
        {"copies": "0", "area": "asylum", "leaver": "Nobody", "taker": "Alma", "more": "-1", "learned": "mam"},
        {"copies": "from 1 to 50", "leaver": "not known", "more": "from 0 to 50", "learner": "Write who is meant."},
    ),
}


def remark(page: Page, name: str) -> str:
    """What stands beside a field; the field names it as its description."""
    found = re.search(rf'id="{name}-error">(.*?)</span>\s*<(input|select)([^>]*)>', page.answer.text, re.DOTALL)
    assert found is not None, name
    assert 'aria-invalid="true"' in found[3]
    return unescape(re.sub(r"<[^>]+>", "", found[1]))


@pytest.mark.parametrize("kind", WRONG)
async def test_what_cannot_be_supposed_is_told_beside_its_field_and_what_was_typed_is_kept(
    portal: Portal, kind: str
) -> None:
    path, visitor = await a_run(portal), await portal.coordinator()
    for _ in range(2):
        await joined(attorney("Bea"))
    given, said = WRONG[kind]

    page = await visitor.send(await visitor.open(f"{path}/what-if"), f"{path}/what-if", **given)

    assert page.status == 422
    assert f"{len(said)} answers need" in page.text or "One answer needs another look." in page.text
    for name, sentence in said.items():
        assert sentence in remark(page, name)
    for name in ("copies", "level", "leaver", "taker", "more", "learner"):
        if name in given:
            assert re.search(rf'name="{name}"[^>]* value="{given[name]}"', page.answer.text)
    assert not await asked_beside(UUID(path.rsplit("/", 1)[-1]), "what_if")

    page = await visitor.send(page, f"{path}/what-if", leaver="Alma")
    assert page.status == 200
    assert "Alma leaves" in page.text


async def test_a_second_question_while_one_is_worked_out_is_refused_on_the_page_and_kept(portal: Portal) -> None:
    path, visitor = await a_run(portal), await portal.coordinator()
    early = await visitor.open(f"{path}/what-if")
    await visitor.send(early, f"{path}/what-if", leaver="Alma")

    page = await visitor.send(early, f"{path}/what-if", learner="Alma", learned="mam")

    assert page.status == 409
    assert "This is being worked out already." in page.text
    assert re.search(r'name="learner"[^>]* value="Alma"', page.answer.text)


async def test_a_run_without_a_plan_is_not_asked_about(portal: Portal) -> None:
    await waiting(case("NM-1"))
    run = await request_run(matcher="joint", clinic=portal.clinic, by=await coordinator(), now=NOW)
    visitor = await portal.coordinator()

    answer = await visitor.send(await visitor.open(f"/runs/{run}/recruit"), f"/runs/{run}/recruit")

    assert answer.status == 409
    assert answer.heading == "Whom to recruit"
    assert "no plan that could be asked about" in answer.text
