"""Rules about deadlines as a plugin hands them over: loaded, listed, or refused by their name."""

import pytest

from core.host import PluginState
from tests.core.host.rest import info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf

RULE = """
from datetime import date, timedelta
class Cleverer(DeadlineRule, frozen=True, kw_only=True): pass
def a_rule(kind=DeadlineRule, **parts):
    usual = dict(code="ours", title="Ours", fact=DatedFact.DECISION, span=Span(days=9), citation="A law",
                 reviewed=date(2026, 11, 24))
    return kind(**{**usual, **parts})
"""


def hooked(answer: str) -> str:
    return f"{RULE}\n@hookimpl\ndef amparo_deadlines():\n    return {answer}\n"


async def test_rules_are_loaded_in_order_and_belong_to_their_plugin(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("ours", hooked("[a_rule(), a_rule(code='second')]")))

    assert [rule.code for rule in host.deadlines()] == ["ours", "second"]
    assert info_of(host, "ours").providers == {"deadlines": ("ours", "second")}
    assert {host.plugin_of(rule) for rule in host.deadlines()} == {"ours"}
    await the_rest_works(host)


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ("[a_rule(span=Span(days=-1))]", "It returned the DeadlineRule “ours”, which has a span that is negative"),
        ("[a_rule(fact='decision')]", "the DeadlineRule “ours”, which has a fact that is a str instead of a DatedFact"),
        ("[a_rule(code='')]", "It returned the DeadlineRule, which has a code that is no word"),
        ("[a_rule(kind=Cleverer)]", "It returned a Cleverer instead of a DeadlineRule."),
        ("[{'code': 'ours'}]", "It returned a dict instead of a DeadlineRule."),
        ("[DeadlineRule]", "It returned the class DeadlineRule: return an object of it."),
        ("a_rule()", "It returned a DeadlineRule instead of a list or tuple."),
        ("[a_rule(title='x' * 10**7)]", "the DeadlineRule “ours”, which has no title of 1 to 100"),
        ("[a_rule(), a_rule()]", "the name ours is already used by bad"),
    ],
)
async def test_a_malformed_rule_refuses_its_plugin_by_its_name_and_the_rest_starts(
    shelf: Shelf, load: Load, answer: str, cause: str
) -> None:
    host = load(shelf.module("bad", hooked(answer)))

    assert info_of(host, "bad").state is PluginState.FAILED
    assert info_of(host, "bad").cause.startswith("amparo_deadlines: ")
    assert cause in info_of(host, "bad").cause
    assert host.deadlines() == ()
    await the_rest_works(host)


async def test_of_two_rules_with_one_code_the_second_is_refused(shelf: Shelf, load: Load) -> None:
    first, second = (shelf.module(name, hooked(f"[a_rule(title='{name}')]")) for name in ("first", "second"))
    host = load(first, second)

    assert [rule.title for rule in host.deadlines()] == ["first"]
    assert info_of(host, "second").cause == "amparo_deadlines: the name ours is already used by first"
    await the_rest_works(host)


async def test_rules_of_a_plugin_that_is_switched_off_are_gone(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("ours", hooked("[a_rule()]")))

    host.switch({"ours": "Carmen, today"})
    assert host.deadlines() == ()
    host.switch({})
    assert [rule.code for rule in host.deadlines()] == ["ours"]
