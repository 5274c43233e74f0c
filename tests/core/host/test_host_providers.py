"""Providers that are not what their kind must be: refused when loaded, with what would be right."""

import pytest

from core.host import PluginState
from tests.core.host.rest import info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf

A_RULE = """
class Mine:
    name, roles, reads, blocks, text = "mine", (SeatRole.ATTORNEY,), ("county",), "place", "No one near."
    def allows(self, case, volunteers): return volunteers.remote
    def explain(self, case): return "No one near."
    {change}
@hookimpl
def amparo_rules(): return [Mine()]
"""
A_SCORER = """
class Mine:
    name, roles, reads, weight, text = "mine", (SeatRole.ATTORNEY,), (), 1.0, ""
    def points(self, case, volunteers): return volunteers.load
    {change}
@hookimpl
def amparo_scorers(): return [Mine()]
"""
A_MATCHER = """
class Mine:
    name, title = "mine", "Mine"
    def propose(self, snapshot, rules, scorers, *, seed, time_limit, report): ...
    {change}
@hookimpl
def amparo_matchers(): return [Mine()]
"""
A_CHANNEL = """
class Mine:
    name, needs_address = "mine", True
    async def deliver(self, envelope): return Receipt("done")
    {change}
@hookimpl
def amparo_channels(settings): return [Mine()]
"""
AN_OBSERVER = """
class Mine:
    name = "mine"
    async def seen(self, event): ...
    {change}
@hookimpl
def amparo_observers(): return [Mine()]
"""
RIGHT = {"rules": A_RULE, "scorers": A_SCORER, "matchers": A_MATCHER, "channels": A_CHANNEL, "observers": AN_OBSERVER}
WRONG = [
    (
        A_RULE,
        "def allows_pairs(self, cases, volunteers): return volunteers.remote",
        "amparo_rules: It returned a Mine whose among is neither empty nor a case field that names volunteers.",
    ),
    (
        A_SCORER,
        "among, points_of_pairs = '', lambda self: 0.0",
        "amparo_scorers: It returned a Mine whose points_of_pairs does not take the arguments it gets: "
        "too many positional arguments.",
    ),
    (A_RULE, "name = ''", "amparo_rules: It returned a Mine whose name is not a text that is not empty."),
    (
        A_RULE,
        "roles = ('attorney',)",
        "amparo_rules: It returned a Mine whose roles is not a tuple of SeatRole, at least one.",
    ),
    (
        A_RULE,
        "reads = ('income',)",
        "amparo_rules: It returned a Mine whose reads is not a tuple of names of case fields.",
    ),
    (A_RULE, "explain = 3", "amparo_rules: It returned a Mine whose explain cannot be called."),
    (
        A_RULE,
        "async def allows(self, case, volunteers): ...",
        "amparo_rules: It returned a Mine whose allows must not be declared with async def.",
    ),
    (
        A_RULE,
        "def allows(self, case): ...",
        "amparo_rules: It returned a Mine whose allows does not take the arguments it gets: "
        "too many positional arguments.",
    ),
    (A_SCORER, "weight = float('nan')", "amparo_scorers: It returned a Mine whose weight is not a finite number."),
    (A_SCORER, "weight = '10'", "amparo_scorers: It returned a Mine whose weight is not a finite number."),
    (A_MATCHER, "title = None", "amparo_matchers: It returned a Mine whose title is not a text that is not empty."),
    (
        A_MATCHER,
        "def propose(self, snapshot): ...",
        "amparo_matchers: It returned a Mine whose propose does not take the arguments it gets: "
        "too many positional arguments.",
    ),
    (
        A_CHANNEL,
        "def deliver(self, envelope): ...",
        "amparo_channels: It returned a Mine whose deliver must be declared with async def.",
    ),
    (
        A_CHANNEL,
        "needs_address = 'no'",
        "amparo_channels: It returned a Mine whose needs_address is not True or False.",
    ),
    (
        AN_OBSERVER,
        "def seen(self, event): ...",
        "amparo_observers: It returned a Mine whose seen must be declared with async def.",
    ),
    (
        AN_OBSERVER,
        "name = property(lambda self: 1 / 0)",
        "amparo_observers: ZeroDivisionError: division by zero (bad.py line 8)",
    ),
]


@pytest.mark.parametrize("kind", RIGHT)
async def test_a_hand_written_provider_of_each_kind_is_welcome(shelf: Shelf, load: Load, kind: str) -> None:
    host = load(shelf.module("good", RIGHT[kind].format(change="")))

    assert (info_of(host, "good").state, info_of(host, "good").cause) == (PluginState.ON, "")
    assert info_of(host, "good").providers == {kind: ("mine",)}
    await the_rest_works(host)


@pytest.mark.parametrize(("source", "change", "told"), WRONG)
async def test_a_provider_that_is_not_what_its_kind_must_be_is_refused_with_what_would_be_right(
    shelf: Shelf, load: Load, source: str, change: str, told: str
) -> None:
    host = load(shelf.module("bad", source.format(change=change)))

    assert info_of(host, "bad").state is PluginState.FAILED
    assert info_of(host, "bad").cause == told
    await the_rest_works(host)


@pytest.mark.parametrize("kind", RIGHT)
async def test_an_object_of_another_kind_is_refused_with_what_it_lacks(shelf: Shelf, load: Load, kind: str) -> None:
    host = load(shelf.module("bad", f"@hookimpl\ndef amparo_{kind}(): return [object()]"))

    assert info_of(host, "bad").cause.startswith(f"amparo_{kind}: It returned a object without name, ")
    await the_rest_works(host)
