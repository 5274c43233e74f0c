"""Providers that misbehave when they are called: the failure stays with their plugin."""

import asyncio

import numpy as np
import pytest

from core.errors import DeliveryFailed, MatcherFailed, PluginError
from core.host import PluginHost, PluginState
from core.protocols import Channel, Rule, Scorer
from tests.core.host.rest import ENVELOPE, asked, info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.hanging import BEGAN, ENDED
from tests.plugins_for_tests.shelf import Shelf

JUDGING = """
@{decorator}(role="attorney", reads=("county",){more})
def mine(case, volunteers):
    {body}
@hookimpl
def amparo_{kind}(): return [mine]
"""
A_CHANNEL = """
class Mine:
    name, needs_address = "mine", True
    async def deliver(self, envelope):
        {body}
@hookimpl
def amparo_channels(settings): return [Mine()]
@hookimpl
def amparo_rules(): return []
"""


def a_rule(shelf: Shelf, load: Load, body: str) -> tuple[PluginHost, Rule]:
    source = JUDGING.format(decorator="rule", more=", blocks='x'", kind="rules", body=body)
    host = load(shelf.module("bad", source))
    return host, next(rule for rule in host.rules() if rule.name == "mine")


def a_scorer(shelf: Shelf, load: Load, body: str) -> tuple[PluginHost, Scorer]:
    host = load(shelf.module("bad", JUDGING.format(decorator="scorer", more="", kind="scorers", body=body)))
    return host, next(scorer for scorer in host.scorers() if scorer.name == "mine")


def a_channel(shelf: Shelf, load: Load, body: str) -> tuple[PluginHost, Channel]:
    host = load(shelf.module("bad", A_CHANNEL.format(body=body)))
    return host, next(channel for channel in host.channels() if channel.name == "mine")


RULES = {
    "raise LookupError('ana@example.org')": "LookupError (bad.py line 7)",
    "sys.exit()": "SystemExit (bad.py line 7)",
    "raise KeyboardInterrupt": "KeyboardInterrupt (bad.py line 7)",
    "return True": "It returned bool[] instead of bool[2].",
    "return None": "It returned object[] instead of bool[2].",
    "return np.ones(3, dtype=bool)": "It returned bool[3] instead of bool[2].",
    "return np.ones(2)": "It returned float64[2] instead of bool[2].",
    "return volunteers.level[:, case.practice_area] > 0": (
        "It reads case.practice_area without declaring it: add 'practice_area' to reads."
    ),
}


@pytest.mark.parametrize(("body", "cause"), RULES.items())
async def test_a_rule_that_raises_or_answers_nonsense_is_a_failure_of_its_plugin(
    shelf: Shelf, load: Load, body: str, cause: str
) -> None:
    host, rule = a_rule(shelf, load, body)

    with pytest.raises(PluginError) as failure:
        host.call(rule, rule.allows, *asked())
    assert (failure.value.plugin, failure.value.provider, failure.value.cause) == ("bad", "mine", cause)
    bad = info_of(host, "bad")
    assert (bad.state, bad.calls, bad.failures, bad.last_error) == (PluginState.ON, 1, 1, f"mine: allows: {cause}")
    await the_rest_works(host)


async def test_a_rule_that_hangs_is_answered_at_its_limit_and_its_plugin_switched_off(shelf: Shelf, load: Load) -> None:
    host, rule = a_rule(shelf, load, "hang()")

    with pytest.raises(PluginError, match="bad: mine: no answer within 1 seconds"):
        host.call(rule, rule.allows, *asked())
    bad = info_of(host, "bad")
    assert (bad.state, bad.cause) == (PluginState.OFF, "mine: allows: no answer within 1 seconds")
    assert (bad.calls, bad.failures, bad.slow) == (1, 1, 1)
    await the_rest_works(host)


async def test_the_rule_of_a_plugin_that_is_off_stays_listed_and_is_not_asked_again(shelf: Shelf, load: Load) -> None:
    host, rule = a_rule(shelf, load, "hang()")
    with pytest.raises(PluginError):
        host.call(rule, rule.allows, *asked())

    assert rule in host.rules()
    with pytest.raises(PluginError, match="bad: mine: its plugin is switched off"):
        host.call(rule, rule.allows, *asked())
    assert info_of(host, "bad").calls == 1
    await the_rest_works(host)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("1 / 0", "ZeroDivisionError (bad.py line 7)"),
        ("return np.array([1.0, float('nan')])", "It returned a score that is not a finite number."),
        ("return np.array([1.0, float('inf')])", "It returned a score that is not a finite number."),
        ("return np.array(['a', 'b'])", "It returned <U1[2] instead of float[2]."),
    ],
)
async def test_a_scorer_that_raises_or_answers_nonsense_is_a_failure_of_its_plugin(
    shelf: Shelf, load: Load, body: str, cause: str
) -> None:
    host, scorer = a_scorer(shelf, load, body)

    with pytest.raises(PluginError) as failure:
        host.call(scorer, scorer.points, *asked())
    assert failure.value.cause == cause
    await the_rest_works(host)


async def test_a_scorer_that_hangs_is_gone_until_the_next_start(shelf: Shelf, load: Load) -> None:
    host, scorer = a_scorer(shelf, load, "hang()")
    with pytest.raises(PluginError):
        host.call(scorer, scorer.points, *asked())

    assert [scorer.name for scorer in host.scorers()] == ["waiting"]
    await the_rest_works(host)


async def test_a_hand_written_rule_is_held_to_the_same_answers(shelf: Shelf, load: Load) -> None:
    source = """
    class Mine:
        name, roles, reads, blocks, text = "mine", (SeatRole.ATTORNEY,), (), "x", ""
        def allows(self, case, volunteers): return [True] * volunteers.n
        def explain(self, case): return None
    @hookimpl
    def amparo_rules(): return [Mine()]
    """
    host = load(shelf.module("bad", source))
    rule = host.rules()[0]
    case, volunteers = asked()

    with pytest.raises(PluginError, match=r"It answered a list instead of bool\[2\]\."):
        host.call(rule, rule.allows, case, volunteers)
    with pytest.raises(PluginError, match=r"It answered a NoneType instead of a str\."):
        host.call(rule, rule.explain, case)
    await the_rest_works(host)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("raise OSError('mailbox ana@example.org unknown')", "OSError (bad.py line 8)"),
        ("raise TimeoutError", "TimeoutError (bad.py line 8)"),
        ("raise asyncio.CancelledError", "CancelledError (bad.py line 8)"),
        ("sys.exit()", "SystemExit (bad.py line 8)"),
        ("return 'sent'", "It answered a str instead of a Receipt."),
    ],
)
async def test_a_channel_that_raises_or_answers_nonsense_is_a_failure_of_its_plugin(
    shelf: Shelf, load: Load, body: str, cause: str
) -> None:
    host, channel = a_channel(shelf, load, body)

    with pytest.raises(PluginError) as failure:
        await host.acall(channel, channel.deliver, ENVELOPE)
    assert (failure.value.plugin, failure.value.provider, failure.value.cause) == ("bad", "mine", cause)
    assert info_of(host, "bad").state is PluginState.ON
    await the_rest_works(host)


async def test_a_delivery_that_failed_comes_through_as_the_channel_said_it_and_is_recorded_without_data(
    shelf: Shelf, load: Load
) -> None:
    host, channel = a_channel(shelf, load, "raise DeliveryFailed('ana@example.org is unknown', permanent=True)")

    with pytest.raises(DeliveryFailed, match=r"ana@example\.org is unknown") as failure:
        await host.acall(channel, channel.deliver, ENVELOPE)
    assert failure.value.permanent
    assert info_of(host, "bad").last_error == "mine: deliver: DeliveryFailed (bad.py line 8)"


async def test_a_channel_that_waits_too_long_is_stopped_and_may_try_again(shelf: Shelf, load: Load) -> None:
    host, channel = a_channel(shelf, load, "await asyncio.Event().wait()")

    with pytest.raises(PluginError, match="bad: mine: no answer within 1 seconds"):
        await host.acall(channel, channel.deliver, ENVELOPE)
    assert info_of(host, "bad").state is PluginState.ON
    await the_rest_works(host)


async def test_a_channel_that_blocks_its_loop_freezes_nobody_and_its_plugin_is_switched_off(
    shelf: Shelf, load: Load
) -> None:
    host, channel = a_channel(shelf, load, "hang()")
    stuck = asyncio.ensure_future(host.acall(channel, channel.deliver, ENVELOPE))

    await the_rest_works(host)
    assert not stuck.done()
    with pytest.raises(PluginError, match="no answer within 1 seconds"):
        await stuck
    assert info_of(host, "bad").state is PluginState.OFF
    assert [channel.name for channel in host.channels()] == ["postcard"]
    await the_rest_works(host)


async def test_a_channel_that_swallows_its_cancellation_is_switched_off(shelf: Shelf, load: Load) -> None:
    body = """while True:
            try: await asyncio.Event().wait()
            except asyncio.CancelledError: hang()"""
    host, channel = a_channel(shelf, load, body)

    with pytest.raises(PluginError, match="no answer within 1 seconds"):
        await host.acall(channel, channel.deliver, ENVELOPE)
    assert info_of(host, "bad").state is PluginState.OFF
    await the_rest_works(host)


async def test_whoever_stops_waiting_for_a_channel_stops_the_delivery(shelf: Shelf, load: Load) -> None:
    body = """BEGAN.set()
        try: await asyncio.Event().wait()
        finally: ENDED.set()"""
    host, channel = a_channel(shelf, load, body)
    waiting = asyncio.ensure_future(host.acall(channel, channel.deliver, ENVELOPE))
    assert await asyncio.to_thread(BEGAN.wait, 10)
    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await asyncio.to_thread(ENDED.wait, 10)
    assert info_of(host, "bad").failures == 0
    await the_rest_works(host)


async def test_an_observer_that_raises_is_a_failure_of_its_plugin(shelf: Shelf, load: Load) -> None:
    source = """
    class Mine:
        name = "mine"
        async def seen(self, event): raise RuntimeError(event)
    @hookimpl
    def amparo_observers(): return [Mine()]
    """
    host = load(shelf.module("bad", source))
    (observer,) = [observer for observer in host.observers() if observer.name == "mine"]

    with pytest.raises(PluginError, match=r"bad: mine: RuntimeError \(bad\.py line 7\)"):
        await host.acall(observer, observer.seen, None)  # type: ignore[arg-type]  # -- it raises before it looks
    await the_rest_works(host)


async def test_calls_seconds_and_failures_are_counted_under_the_plugin(shelf: Shelf, load: Load) -> None:
    host, rule = a_rule(shelf, load, "return volunteers.remote")
    for _ in range(3):
        assert np.array_equal(host.call(rule, rule.allows, *asked()), [True, True])

    good = info_of(host, "bad")
    assert (good.calls, good.failures, good.last_error) == (3, 0, "")
    assert good.seconds > 0


async def test_a_matcher_that_is_not_there_is_named_with_those_that_are(load: Load) -> None:
    with pytest.raises(MatcherFailed, match=r"There is no matcher “best”\. Choose one of: first_come\."):
        load().matcher("best")
