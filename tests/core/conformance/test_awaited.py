"""Channels, observers and rosters that break their contract, and the sentence that says so."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from amparo import AuditEvent, DeliveryFailed, Envelope, Receipt, RosterEntry, Spoken
from amparo_testing import FakeChannel, FakeObserver, FakeRoster, an_entry
from core.conformance import State, outcomes_of_provider
from tests.core.conformance.finding import found, letting_go
from tests.plugins_for_tests.hanging import hang

CANCELLED = "ends when it is cancelled"
FIRST = "gives entries, one after another"


async def forever() -> None:
    await asyncio.get_running_loop().create_future()


class Deaf(FakeChannel):
    """Goes on when it is cancelled."""

    async def deliver(self, envelope: Envelope) -> Receipt:
        if envelope.idempotency_key == "key-2":
            try:
                await forever()
            except asyncio.CancelledError:
                return Receipt("never mind")
        return Receipt("sent")


class Breaking(FakeChannel):
    """Breaks at an odd address."""

    async def deliver(self, envelope: Envelope) -> Receipt:
        if "@" not in envelope.to_address:
            raise KeyError(envelope.to_address)
        return Receipt("sent")


class Refusing(FakeChannel):
    async def deliver(self, envelope: Envelope) -> Receipt:
        raise DeliveryFailed("no such mailbox")


class Blocking(FakeChannel):
    async def deliver(self, envelope: Envelope) -> Receipt:
        hang()
        return Receipt("sent")


class Endless(FakeChannel):
    async def deliver(self, envelope: Envelope) -> Receipt:
        await forever()
        return Receipt("sent")


@pytest.mark.parametrize(
    ("channel", "check", "said"),
    [
        (Deaf(), CANCELLED, "went on as if nothing had happened"),
        (Breaking(), "odd names and addresses", "KeyError"),
        (Refusing(), "delivers", "It could not deliver: no such mailbox"),
        (Blocking(), "delivers", "It blocks its event loop"),
        (Endless(), "delivers", "It gave no answer within 1 seconds."),
    ],
)
def test_a_channel_that_breaks_its_contract_is_told_where(channel: Any, check: str, said: str) -> None:
    with letting_go():
        assert said in found("channels", channel)[check]


@pytest.mark.parametrize(("kind", "fake"), [("channels", FakeChannel()), ("observers", FakeObserver())])
def test_what_has_effects_outside_is_called_only_on_request(kind: str, fake: Any) -> None:
    kept = fake.delivered if kind == "channels" else fake.events

    assert [one.state for one in outcomes_of_provider(kind, fake, seconds=1.0, live=False)][1:] == [State.LEFT_OUT]
    assert kept == []
    assert found(kind, fake) == {}
    assert kept != []


class Choosy(FakeObserver):
    async def seen(self, event: AuditEvent) -> None:
        {"case.listed": 1}[event.kind]


def test_an_observer_that_knows_only_its_own_kinds_is_found() -> None:
    assert "KeyError" in found("observers", Choosy())["an event of a kind that it does not know"]


def roster_of(*entries: Any) -> FakeRoster:
    return FakeRoster(entries)


def test_a_roster_that_does_everything_right_passes() -> None:
    good = roster_of(an_entry("007", languages=(Spoken("es"),)), an_entry("008", us_state="NM"))

    assert found("rosters", good) == {}
    assert found("rosters", good, State.ADVICE) == {}
    assert found("rosters", roster_of()) == {}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (an_entry(" "), "it has no number or no name"),
        (an_entry("1", name=""), "it has no number or no name"),
        (an_entry("1", us_state="New Mexico"), "Write two capital letters"),
        (an_entry("1", admitted=11), "the year of admission is 11"),
        (an_entry("1", languages=(Spoken("Spanish and some French"),)), "Write a BCP 47 tag"),
        (an_entry("1", languages=(Spoken("es", 3.0),)), "confidence or level is out of range"),
        (RosterEntry(number=12, name="A"), "Expected `str`, got `int`"),  # type: ignore[arg-type]  # -- what is tested
    ],
)
def test_an_entry_that_cannot_be_right_is_told_with_its_place(entry: RosterEntry, said: str) -> None:
    problem = found("rosters", roster_of(an_entry("9"), entry))["entries are in our words"]

    assert problem.startswith("Entry 2")
    assert said in problem


def test_what_is_no_entry_is_found_first() -> None:
    assert list(found("rosters", roster_of({"number": "1"}))) == [FIRST]


class Stubborn(FakeRoster):
    """Swallows its cancellation, and goes on when nobody reads."""

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        for number in range(3):
            try:
                await asyncio.sleep(0)
                yield an_entry(str(number))
            except BaseException:
                pass


def test_a_fetch_that_cannot_be_stopped_is_found() -> None:
    problems = found("rosters", Stubborn(()))

    assert "went on as if nothing had happened" in problems[CANCELLED]
    assert "does not end when nobody reads further" in problems["ends when nobody reads on"]


class Changes(FakeRoster):
    """Knows what changed."""

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        for number in range(3 if since is None else 1):
            yield an_entry(str(number))


def test_leaving_out_the_unchanged_must_be_declared() -> None:
    assert "Set partial = True" in found("rosters", Changes(()))["since a moment"]

    declared = type("Declared", (Changes,), {"partial": True})(())
    assert found("rosters", declared) == {}


class WithoutYield:
    name, title, bar, every = "odd", "Odd", "NM", timedelta(0)

    def fetch(self, since: datetime | None) -> Any:
        return [an_entry()]


def test_a_list_instead_of_a_stream_is_found() -> None:
    assert "fetch answered a list" in found("rosters", WithoutYield())[FIRST]
