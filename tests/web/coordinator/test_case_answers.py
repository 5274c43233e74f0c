"""Questions of plugins on the pages of a case: asked, answered, refused, required, and answers whose plugin is gone."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from core.host import PluginHost
from core.model.people import SYSTEM
from core.model.vocabulary import PracticeArea
from core.services.cases import intake
from core.services.cases.answering import answer_questions
from core.settings import Settings
from core.store.cases.case_records import answers_of
from plugins import BUILTIN
from tests.plugins_for_tests.shelf import shelf_on_path
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal, open_portal
from tests.worlds import NOW, case, coordinator, found_eligible, waiting

SOURCE = """
@hookimpl
def amparo_intake_fields():
    asked = dict(section="Questions of our bar")
    return [
        IntakeField(name="sleeps", label="Where does she sleep?", kind=FieldKind.CHOICE, help="These weeks.",
                    choices=(("home", "At home"), ("street", "<Outside>")), **asked),
        IntakeField(name="safe", label="Is it safe there?", kind=FieldKind.YES_NO, required=True, **asked),
        IntakeField(name="children", label="How many children?", kind=FieldKind.NUMBER, **asked),
        IntakeField(name="since", label="Since when?", kind=FieldKind.DATE, **asked),
        IntakeField(name="else", label="What else matters?", kind=FieldKind.TEXT),
        IntakeField(name="reported", label="Was it reported?", kind=FieldKind.YES_NO,
                    practice_areas=(PracticeArea.VICTIMS,), **asked),
    ]
"""
TYPED = {
    "q-sleeps": "street",
    "q-safe": "no",
    "q-children": "2",
    "q-since": "2026-10-01",
    "q-else": "Works nights.",
}


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PluginHost]:
    """The built-in plugins, and one that asks."""
    with shelf_on_path(tmp_path) as shelf:
        made = PluginHost.load([*BUILTIN, shelf.module("our_bar", SOURCE)], settings=Settings(), entry_points=False)
        yield made
        made.close()


@pytest.fixture
async def asking(database_url: str, host: PluginHost) -> AsyncIterator[Portal]:
    """The portal with that plugin."""
    async with open_portal(database_url, host) as portal:
        yield portal


async def test_the_questions_stand_on_the_case_under_the_heading_of_their_plugin(asking: Portal) -> None:
    new = await waiting(case("NM-1"))
    page = await (await asking.coordinator()).open(f"/cases/{new.id}")

    assert (
        "Questions of our bar Where does she sleep? not answered Is it safe there? not answered To be asked"
        in page.text
    )
    assert "our_bar What else matters? not answered" in page.text, "without a heading of its own the plugin's name"
    assert "Was it reported?" not in page.text
    assert f"/cases/{new.id}/answers" in page.links


async def test_answers_are_kept_and_shown_as_words(asking: Portal) -> None:
    new = await waiting(case("NM-1"))
    visitor, path = await asking.coordinator(), f"/cases/{new.id}/answers"
    form = await visitor.open(path)
    assert "Never a name, a number or an address" in form.text
    assert "These weeks." in form.text

    page = await visitor.send(form, path, **TYPED)

    assert page.heading == "NM-1 waits for a team"
    assert "The answers are kept." in page.text
    assert (
        "Where does she sleep? <Outside> Is it safe there? No How many children? 2 Since when? 2026-10-01" in page.text
    )
    assert "What else matters? Works nights." in page.text
    assert "Answers recorded" in page.text
    assert "<Outside>" not in page.answer.text, "what a plugin says is escaped"

    form = await visitor.open(path)
    assert '<option value="street" selected>' in form.answer.text
    assert 'name="q-safe" value="no" checked' in form.answer.text
    page = await visitor.send(form, path, **{**TYPED, "q-children": ""})
    assert "How many children? not answered" in page.text


async def test_two_people_with_one_form_do_not_undo_each_other(asking: Portal) -> None:
    new = await waiting(case("NM-1"))
    path = f"/cases/{new.id}/answers"
    one, other = await asking.coordinator(), await asking.coordinator()
    await one.send(await one.open(path), path, **TYPED)
    hers, his = await one.open(path), await other.open(path)

    await one.send(hers, path, **{**TYPED, "q-children": "3"})
    await other.send(his, path, **{**TYPED, "q-safe": "yes"})

    kept = await answers_of(new.id)
    assert (kept["children"].value, kept["safe"].value) == (3.0, True)


async def test_a_form_that_comes_back_takes_nothing_away_from_what_others_answered_meanwhile(asking: Portal) -> None:
    new = await waiting(case("NM-1"))
    path = f"/cases/{new.id}/answers"
    one, other = await asking.coordinator(), await asking.coordinator()
    hers = await one.open(path)
    await other.send(await other.open(path), path, **TYPED)

    back = await one.send(hers, path, **{"q-children": "a few", "q-since": ""})
    assert back.status == 422
    refused = await one.send(back, path, **{"q-children": "4", "q-since": ""})
    assert (refused.status, "changed this meanwhile, to “2”" in refused.text) == (422, True)
    await one.send(refused, path, **{"q-children": "4", "q-since": "2026-10-01"})

    kept = await answers_of(new.id)
    assert (kept["children"].value, kept["since"].said) == (4.0, "2026-10-01")


async def test_what_cannot_be_an_answer_is_told_beside_its_question_and_nothing_typed_is_lost(asking: Portal) -> None:
    new = await waiting(case("NM-1"))
    visitor, path = await asking.coordinator(), f"/cases/{new.id}/answers"

    wrong = {**TYPED, "q-children": "a few", "q-else": "Her A-number is 123 456 789."}
    page = await visitor.send(await visitor.open(path), path, **wrong)

    assert page.status == 422
    assert "How many children?: “a few” is no number. Write one such as 3 or 1250.50." in page.text
    assert "Nothing that identifies a person belongs here." in page.text
    for kept in ('value="a few"', "123 456 789", 'value="street" selected', 'value="2026-10-01"', 'value="no" checked'):
        assert kept in page.answer.text
    assert await answers_of(new.id) == {}


async def test_a_question_that_must_be_answered_keeps_a_case_off_the_waitlist(asking: Portal) -> None:
    new = await intake.receive_case(case("NM-1"), by=SYSTEM, now=NOW)
    await intake.begin_screening(new.id, by=SYSTEM, now=NOW)
    visitor = await asking.coordinator()
    page = await visitor.open(f"/cases/{new.id}")

    refused = await visitor.send(page, f"/cases/{new.id}/waitlist")
    assert refused.status == 422
    assert "Is it safe there?: this is answered before the case is put on the waitlist." in refused.text

    await found_eligible(new)
    path = f"/cases/{new.id}/answers"
    page = await visitor.send(refused, path, **{"q-safe": "yes"})
    page = await visitor.send(page, f"/cases/{new.id}/waitlist")
    assert page.heading == "NM-1 waits for a team"


async def test_answers_whose_plugin_is_gone_stay_and_are_shown_as_such(database_url: str, host: PluginHost) -> None:
    async with open_portal(database_url, host) as portal:
        new, by = await waiting(case("NM-1")), await coordinator()
        typed = {"sleeps": "home", "safe": "yes"}
        await answer_questions(new.id, typed, clinic=portal.clinic, by=by, now=NOW)
    async with open_portal(database_url) as portal:
        visitor = await portal.coordinator()
        page = await visitor.open(f"/cases/{new.id}")

        assert "Questions of our bar Nobody asks this any more" in page.text
        assert "Where does she sleep? At home Is it safe there? Yes" in page.text
        assert f"/cases/{new.id}/answers" not in page.links
        assert "Nothing is asked about this case" in (await visitor.open(f"/cases/{new.id}/answers")).text


async def test_a_question_about_other_cases_is_asked_there(asking: Portal) -> None:
    new = await waiting(case("NM-1", practice_area=PracticeArea.VICTIMS))

    page = await (await asking.coordinator()).open(f"/cases/{new.id}/answers")
    assert "Was it reported?" in page.text


async def test_the_form_takes_as_few_statements_with_answers_as_without(asking: Portal) -> None:
    new, visitor = await waiting(case("NM-1")), await asking.coordinator()
    path = f"/cases/{new.id}/answers"
    before = (await counted(visitor, path))[0]
    await visitor.send(await visitor.open(path), path, **TYPED)

    assert (await counted(visitor, path))[0] == before == 5
