"""Questions about cases as a plugin hands them over: loaded, listed, or refused by their name."""

import pytest

from core.host import PluginState
from tests.core.host.rest import info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf

FIELD = """
def a_field(**parts):
    return IntakeField(**{"name": "ours", "label": "Ours?", "kind": FieldKind.YES_NO, **parts})
"""


def hooked(answer: str) -> str:
    return f"{FIELD}\n@hookimpl\ndef amparo_intake_fields():\n    return {answer}\n"


async def test_questions_are_loaded_in_order_and_belong_to_their_plugin(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("asking", hooked("(a_field(), a_field(name='second', kind=FieldKind.DATE))")))

    assert [field.name for field in host.intake_fields()] == ["ours", "second"]
    assert info_of(host, "asking").providers == {"intake_fields": ("ours", "second")}
    assert {host.plugin_of(field) for field in host.intake_fields()} == {"asking"}
    await the_rest_works(host)


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ("[a_field(kind=FieldKind.CHOICE)]", "It returned the IntakeField “ours”, which has 0 choices: give 2 to 40."),
        ("[a_field(label=None)]", "It returned the IntakeField “ours”, which has a part of the wrong type"),
        ("[a_field(name=3)]", "It returned the IntakeField, which has a part of the wrong type"),
        ("['Ours?']", "It returned a str instead of a IntakeField."),
        ("[a_field(), a_field()]", "the name ours is already used by bad"),
    ],
)
async def test_a_malformed_question_refuses_its_plugin_by_its_name_and_the_rest_starts(
    shelf: Shelf, load: Load, answer: str, cause: str
) -> None:
    host = load(shelf.module("bad", hooked(answer)))

    assert info_of(host, "bad").state is PluginState.FAILED
    assert info_of(host, "bad").cause.startswith("amparo_intake_fields: ")
    assert cause in info_of(host, "bad").cause
    assert host.intake_fields() == ()
    await the_rest_works(host)


async def test_of_two_questions_with_one_name_the_second_is_refused(shelf: Shelf, load: Load) -> None:
    first, second = (shelf.module(name, hooked(f"[a_field(label='{name}')]")) for name in ("first", "second"))
    host = load(first, second)

    assert [field.label for field in host.intake_fields()] == ["first"]
    assert info_of(host, "second").cause == "amparo_intake_fields: the name ours is already used by first"
    await the_rest_works(host)
