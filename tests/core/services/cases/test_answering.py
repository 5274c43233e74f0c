"""Answers to plugins' questions about a case: kept, corrected, taken back, and never lost with their plugin."""

import pytest

from amparo_testing import an_intake_field
from core.errors import NotAllowed, TooLate, WrongEntries
from core.host import PluginHost
from core.model.people import Actor
from core.model.plugins.intake_fields import FieldKind, IntakeField
from core.model.vocabulary import PracticeArea
from core.services.cases import answering, intake
from core.services.clinic import Clinic
from core.settings import Settings
from core.store import audit
from core.store.cases.case_records import answers_of
from core.store.database import Database
from tests import worlds
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf
from tests.worlds import NOW, actor_of

SAFE = an_intake_field("safe")
CHILDREN = an_intake_field("children", label="How many children?", kind=FieldKind.NUMBER, required=True, section="Home")
VICTIMS = an_intake_field("report", required=True, practice_areas=(PracticeArea.VICTIMS,))


class Asking(PluginHost):
    """A host whose questions are given, and may become others."""

    questions: tuple[IntakeField, ...] = ()

    def intake_fields(self) -> tuple[IntakeField, ...]:
        """The questions that are given."""
        return self.questions

    def plugin_of(self, provider: object) -> str:
        """All are of one plugin."""
        return "our-bar"


def asking(*questions: IntakeField) -> Clinic:
    """A clinic with these questions alone."""
    host = Asking(settings=Settings(), builtin=(), entry_points=False)
    host.questions = questions
    return Clinic(settings=Settings(), host=host)


async def test_answers_are_kept_with_everything_to_read_them_and_taken_back(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), asking(SAFE, CHILDREN), await worlds.coordinator()

    await answering.answer_questions(case.id, {"safe": "no", "children": "3"}, clinic=clinic, by=by, now=NOW)
    kept = await answers_of(case.id)
    assert {name: (one.value, one.said, one.label, one.plugin) for name, one in kept.items()} == {
        "safe": (False, "No", SAFE.label, "our-bar"),
        "children": (3.0, "3", "How many children?", "Home"),
    }

    await answering.answer_questions(case.id, {"children": ""}, clinic=clinic, by=by, now=NOW)
    assert list(await answers_of(case.id)) == ["safe"], "what was not in the form stays"


async def test_the_history_names_the_questions_that_changed_and_never_the_answers(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), asking(SAFE, CHILDREN), await worlds.coordinator()

    for typed in ({"safe": "no", "children": "3"}, {"safe": "no", "children": "4"}, {"safe": "no", "children": "4"}):
        await answering.answer_questions(case.id, typed, clinic=clinic, by=by, now=NOW)

    told = [event for event in await audit.events_of([case.id]) if event.kind == "answers_recorded"]
    assert [event.detail for event in told] == [{"fields": "children, safe"}, {"fields": "children"}]


async def test_one_answer_that_cannot_be_understood_keeps_all_from_being_written(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), asking(SAFE, CHILDREN), await worlds.coordinator()

    with pytest.raises(WrongEntries) as caught:
        await answering.answer_questions(case.id, {"safe": "no", "children": "some"}, clinic=clinic, by=by, now=NOW)

    assert caught.value.errors == {
        "children": "How many children?: “some” is no number. Write one such as 3 or 1250.50."
    }
    assert await answers_of(case.id) == {}


async def test_when_a_plugin_is_gone_its_answers_stay_and_hold_nobody_up(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    await answering.answer_questions(case.id, {"safe": "yes"}, clinic=asking(SAFE), by=by, now=NOW)
    without = asking(CHILDREN)

    await answering.answer_questions(case.id, {"safe": "no", "children": "2"}, clinic=without, by=by, now=NOW)

    kept = await answers_of(case.id)
    assert (kept["safe"].value, kept["children"].value) == (True, 2.0)
    await answering.require_answers(case.id, clinic=asking())


async def test_a_required_question_of_this_kind_of_case_is_answered_before_the_waitlist(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    clinic = asking(SAFE, CHILDREN, VICTIMS)

    with pytest.raises(WrongEntries) as caught:
        await answering.require_answers(case.id, clinic=clinic)
    assert list(caught.value.errors) == ["children"]
    await answering.answer_questions(case.id, {"children": "0"}, clinic=clinic, by=by, now=NOW)
    await answering.require_answers(case.id, clinic=clinic)


async def test_only_staff_answer_and_only_while_a_case_is_open(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), asking(SAFE), await worlds.coordinator()

    async def answered(actor: Actor) -> None:
        await answering.answer_questions(case.id, {"safe": "no"}, clinic=clinic, by=actor, now=NOW)

    with pytest.raises(NotAllowed):
        await answered(actor_of(await worlds.joined(worlds.attorney())))
    await intake.withdraw_case(case.id, reason="She moved.", by=by, now=NOW)
    with pytest.raises(TooLate, match="has ended"):
        await answered(by)
    assert await answers_of(case.id) == {}


async def test_a_question_of_a_real_plugin_is_asked_under_its_name(shelf: Shelf, load: Load) -> None:
    source = """
    @hookimpl
    def amparo_intake_fields():
        return [IntakeField(name="ours", label="Ours?", kind=FieldKind.YES_NO)]
    """
    clinic = Clinic(settings=Settings(), host=load(shelf.module("our_bar", source)))

    (field,) = answering.questions_about(worlds.case(), clinic=clinic)
    assert answering.section_of(field, clinic=clinic) == "our_bar"
