"""What fails again and again is left alone for a while, then tried once; time is handed in."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from core.eligibility import ask_rules
from core.errors import DeliveryFailed, PluginError
from core.host import PluginHost, PluginState
from core.host.breaker import FIRST_REST, LONGEST_REST, MOST_FAILURES
from core.model.vocabulary import SeatRole
from core.protocols import Channel, Rule
from core.scores import ask_scorers
from core.settings import Settings
from tests.core.host.rest import ENVELOPE, asked, info_of, the_rest_works
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer
from tests.plugins_for_tests.shelf import NEIGHBOUR, Shelf

COUNTED = """
class Mine:
    name, roles, reads, blocks, text = "mine", (SeatRole.ATTORNEY,), (), "x", ""
    asked, broken = 0, True
    def allows(self, case, volunteers):
        Mine.asked += 1
        if Mine.broken: raise LookupError("ana@example.org")
        return volunteers.remote
    def explain(self, case): return "No."
class Post:
    name, needs_address, asked, refuses, broken = "post", True, 0, False, True
    async def deliver(self, envelope):
        Post.asked += 1
        if Post.refuses: raise DeliveryFailed("ana@example.org is unknown", permanent=True)
        if Post.broken: raise OSError("no server")
        return Receipt("sent")
class Bar:
    from datetime import timedelta
    name, title, bar, every = "bar", "Bar", "NM", timedelta(0)
    asked, broken, closed = 0, True, 0
    async def fetch(self, since):
        Bar.asked += 1
        try:
            yield RosterEntry(number="1", name="Ana", standing=Standing.ACTIVE)
            if Bar.broken: raise OSError("cut off")
        finally:
            Bar.closed += 1
@scorer(role="attorney", reads=())
def broken(case, volunteers):
    "Broken."
    raise LookupError
@hookimpl
def amparo_scorers(): return [broken]
@hookimpl
def amparo_rules(): return [Mine()]
@hookimpl
def amparo_channels(settings): return [Post()]
@hookimpl
def amparo_rosters(settings): return [Bar()]
"""


class Hours:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hours() -> Hours:
    return Hours()


Start = Callable[..., PluginHost]


@pytest.fixture
def start(shelf: Shelf, hours: Hours, request: pytest.FixtureRequest) -> Start:
    """A host with the plugin above and the good neighbour, whose breakers go by ``hours``."""

    def started(**settings: Any) -> PluginHost:
        given = Settings(plugin_seconds=1.0, **settings)
        modules = [shelf.module("bad", COUNTED), NEIGHBOUR]
        host = PluginHost.load(modules, settings=given, entry_points=False, ticks=hours)
        request.addfinalizer(host.close)
        return host

    return started


def the_rule(host: PluginHost) -> Rule:
    return next(rule for rule in host.rules() if rule.name == "mine")


def own(provider: object) -> Any:
    """The class of the provider, with the counts and switches of this test."""
    return type(provider)


def fail(host: PluginHost, times: int, rule: Rule) -> None:
    for _ in range(times):
        with pytest.raises(PluginError):
            host.call(rule, rule.allows, *asked())


async def test_after_failures_in_a_row_a_rule_is_not_asked_and_says_so(start: Start) -> None:
    host = start()
    rule = the_rule(host)
    fail(host, MOST_FAILURES, rule)
    with pytest.raises(PluginError, match="it failed 5 times in a row and is left alone for 30 more seconds"):
        host.call(rule, rule.allows, *asked())

    bad = info_of(host, "bad")
    assert own(rule).asked == bad.calls == bad.failures == MOST_FAILURES
    assert rule in host.rules()
    assert bad.state is PluginState.ON
    assert [(one.kind, one.name, one.seconds) for one in bad.resting] == [("rules", "mine", FIRST_REST)]
    await the_rest_works(host)


async def test_while_a_rule_rests_its_pairs_are_blocked_as_undecided_and_scorers_are_left_out(start: Start) -> None:
    host = start()
    case, people = a_case(), (a_volunteer("V-1"),)
    fail(host, MOST_FAILURES, the_rule(host))
    (verdict,) = ask_rules(host, case, people, SeatRole.ATTORNEY, today=TODAY)
    assert not verdict.allowed
    assert [one.sentence for one in verdict.reasons] == ["Could not decide: mine."]

    scorer = next(one for one in host.scorers() if one.name == "broken")
    for _ in range(MOST_FAILURES):
        with pytest.raises(PluginError):
            host.call(scorer, scorer.points, *asked())
    (scores,) = ask_scorers(host, case, people, SeatRole.ATTORNEY, today=TODAY)
    assert scores == {"waiting": 112.0}


async def test_an_answer_in_between_begins_the_count_anew(start: Start) -> None:
    host = start()
    rule = the_rule(host)
    for _ in range(3):
        fail(host, MOST_FAILURES - 1, rule)
        own(rule).broken = False
        host.call(rule, rule.allows, *asked())
        own(rule).broken = True
    assert info_of(host, "bad").resting == ()


async def test_after_its_rest_it_is_tried_once_and_then_rests_longer_up_to_a_limit(start: Start, hours: Hours) -> None:
    host = start()
    rule = the_rule(host)
    fail(host, MOST_FAILURES, rule)
    rests = []
    for tries in range(1, 8):
        (resting,) = info_of(host, "bad").resting
        rests.append(resting.seconds)
        hours.now += resting.seconds
        fail(host, 3, rule)
        assert own(rule).asked == MOST_FAILURES + tries
    assert rests == [30.0, 60.0, 120.0, 240.0, 480.0, 600.0, LONGEST_REST]


async def test_one_good_answer_ends_the_rest_and_the_next_one_is_short_again(start: Start, hours: Hours) -> None:
    host = start()
    rule = the_rule(host)
    fail(host, MOST_FAILURES, rule)
    hours.now += FIRST_REST
    fail(host, 1, rule)
    hours.now += FIRST_REST * 2
    own(rule).broken = False
    assert host.call(rule, rule.allows, *asked()).tolist() == [True, True]

    assert info_of(host, "bad").resting == ()
    own(rule).broken = True
    fail(host, MOST_FAILURES, rule)
    assert info_of(host, "bad").resting[0].seconds == FIRST_REST


async def test_only_the_provider_that_fails_rests_and_not_its_plugin(start: Start) -> None:
    host = start()
    fail(host, MOST_FAILURES, the_rule(host))
    channel = next(one for one in host.channels() if one.name == "post")
    own(channel).broken = False
    assert (await host.acall(channel, channel.deliver, ENVELOPE)).detail == "sent"


async def deliver(host: PluginHost, channel: Channel, times: int, wanted: type[Exception]) -> None:
    for _ in range(times):
        with pytest.raises(wanted):
            await host.acall(channel, channel.deliver, ENVELOPE)


async def test_a_refused_delivery_is_an_answer_and_an_exception_is_not(start: Start) -> None:
    host = start()
    channel = next(one for one in host.channels() if one.name == "post")
    own(channel).refuses = True
    await deliver(host, channel, MOST_FAILURES * 2, DeliveryFailed)
    assert info_of(host, "bad").resting == ()

    own(channel).refuses = False
    await deliver(host, channel, MOST_FAILURES + 3, PluginError)
    assert own(channel).asked == MOST_FAILURES * 3
    assert [one.name for one in info_of(host, "bad").resting] == ["post"]


async def test_of_calls_that_come_together_after_a_rest_one_tries(start: Start, hours: Hours) -> None:
    host = start()
    channel = next(one for one in host.channels() if one.name == "post")
    await deliver(host, channel, MOST_FAILURES, PluginError)
    hours.now += FIRST_REST
    calls = [host.acall(channel, channel.deliver, ENVELOPE) for _ in range(4)]
    assert all(isinstance(one, PluginError) for one in await asyncio.gather(*calls, return_exceptions=True))
    assert own(channel).asked == MOST_FAILURES + 1


async def read(host: PluginHost) -> int:
    roster = next(one for one in host.rosters() if one.name == "bar")
    return sum([len(batch) async for batch in host.stream(roster, None)])


async def test_a_roster_that_breaks_off_again_and_again_fails_its_runs_without_being_asked(
    start: Start, hours: Hours
) -> None:
    host = start()
    (roster,) = host.rosters()
    mine = own(roster)
    for _ in range(MOST_FAILURES + 2):
        with pytest.raises(PluginError):
            await read(host)
    assert mine.asked == mine.closed == MOST_FAILURES

    mine.broken = False
    hours.now += FIRST_REST
    assert await read(host) == 1
    assert info_of(host, "bad").resting == ()


async def test_every_call_is_traced_without_what_was_asked_or_answered(start: Start) -> None:
    host = start(trace_plugins=True)
    channel = next(one for one in host.channels() if one.name == "post")
    rule = the_rule(host)
    with capture_logs() as logs:
        fail(host, MOST_FAILURES + 1, rule)
        own(channel).broken = False
        await host.acall(channel, channel.deliver, ENVELOPE)

    calls = [line for line in logs if line["event"] == "plugin called"]
    told = [(line["plugin"], line["provider"], line["method"], line["outcome"]) for line in calls]
    assert told == [
        *[("bad", "mine", "allows", "raised")] * MOST_FAILURES,
        ("bad", "mine", "allows", "refused"),
        ("bad", "post", "deliver", "answered"),
    ]
    assert all(line["milliseconds"] >= 0 for line in calls)
    assert "ana@example.org" not in str(logs)


async def test_each_batch_of_a_roster_is_traced(start: Start) -> None:
    host = start(trace_plugins=True)
    (roster,) = host.rosters()
    own(roster).broken = False
    with capture_logs() as logs:
        await read(host)
    told = [(line["provider"], line["method"], line["outcome"]) for line in logs if line["event"] == "plugin called"]
    assert set(told) == {("bar", "fetch", "answered")}


async def test_without_the_setting_no_call_is_traced(start: Start) -> None:
    host = start()
    with capture_logs() as logs:
        fail(host, 1, the_rule(host))
    assert "plugin called" not in {line["event"] for line in logs}
