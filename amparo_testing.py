"""The test kit for partners: contracts to call in one line, made-up cases and volunteers, and fakes.

Load it in your own test run, by ``-p amparo_testing`` or in a conftest by ``pytest_plugins = ["amparo_testing"]``.
It is no entry point of pytest: whoever runs other tests beside Amparo shall not notice it.
"""

import asyncio
import warnings
from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

import amparo
from core.conformance import Outcome, State, outcomes_of_provider
from core.conformance.record_samples import (
    a_case_record,
    a_match_record,
    a_roster_record,
    a_volunteer_record,
    some_facts,
)
from core.conformance.samples import (
    TODAY,
    a_case,
    a_deadline_rule,
    a_snapshot,
    a_volunteer,
    an_entry,
    an_envelope,
    an_event,
    an_intake_field,
    sample_world,
)
from core.host.finding import Candidate
from core.host.kinds import KINDS
from core.host.limits import Aside
from core.host.loading import Loader
from core.host.report import PluginSource, PluginState
from core.model.deadlines.counting import deadline_after
from core.model.plans.columns import CodeBook, case_view, volunteer_columns
from core.model.plugins.intake_fields import read_answer
from core.versions import DEPRECATED, UNDECLARED

__all__ = [
    "TODAY",
    "FakeChannel",
    "FakeObserver",
    "FakeRoster",
    "a_case",
    "a_case_record",
    "a_deadline_rule",
    "a_match_record",
    "a_roster_record",
    "a_snapshot",
    "a_volunteer",
    "a_volunteer_record",
    "allowed",
    "an_entry",
    "an_envelope",
    "an_event",
    "an_intake_field",
    "answer_of",
    "check_channel",
    "check_deadline",
    "check_intake_field",
    "check_matcher",
    "check_navigation",
    "check_observer",
    "check_panel",
    "check_plugin",
    "check_report",
    "check_roster",
    "check_rule",
    "check_scorer",
    "due_after",
    "entries_of",
    "explained",
    "points_of",
    "shown_by",
    "some_facts",
    "table_of",
]
SECONDS = 5.0
"""What one call may take where a test does not say otherwise: the portal's own default."""


def check_rule(rule: amparo.Rule, *, seconds: float = SECONDS) -> None:
    """The contract of a rule, of pairs or not: shape, purity, what it asks for, odd input, its sentence, speed."""
    _require("rules", rule, seconds)


def check_scorer(scorer: amparo.Scorer, *, seconds: float = SECONDS) -> None:
    """The contract of a scorer, of pairs or not: finite points, and everything that a rule must keep."""
    _require("scorers", scorer, seconds)


def check_matcher(matcher: amparo.Matcher, *, seconds: float = SECONDS) -> None:
    """The contract of a matcher: plans that make sense, that keep to the rules, and that come out the same again."""
    _require("matchers", matcher, seconds)


def check_channel(channel: amparo.Channel, *, seconds: float = SECONDS) -> None:
    """The contract of a channel. It is really called, with messages to nobody: let it reach a fake service."""
    _require("channels", channel, seconds)


def check_observer(observer: amparo.Observer, *, seconds: float = SECONDS) -> None:
    """The contract of an observer. It is really called."""
    _require("observers", observer, seconds)


def check_roster(roster: amparo.Roster, *, seconds: float = SECONDS) -> None:
    """The contract of a roster: entries in our words, one after another, and an end when it is cancelled."""
    _require("rosters", roster, seconds)


def check_report(report: amparo.Report, *, seconds: float = SECONDS) -> None:
    """The contract of a report: a table of whatever happened, the same again, and of nobody in particular."""
    _require("reports", report, seconds)


def check_navigation(entry: amparo.NavigationEntry, *, seconds: float = SECONDS) -> None:
    """The contract of an entry of the navigation: one line, an address that leads somewhere, and for whom it is."""
    _require("navigation", entry, seconds)


def check_panel(panel: amparo.Panel, *, seconds: float = SECONDS) -> None:
    """The contract of a panel: content that a page can show of whatever it is asked about. It is really asked."""
    _require("panels", panel, seconds)


def check_deadline(rule: amparo.DeadlineRule, *, seconds: float = SECONDS) -> None:
    """The contract of a rule about deadlines: well-formed, counted the same twice, about some case, reviewed."""
    _require("deadlines", rule, seconds)


def check_intake_field(field: amparo.IntakeField, *, seconds: float = SECONDS) -> None:
    """The contract of a question: well-formed, it takes what it offers, and refuses odd answers with a sentence."""
    _require("intake_fields", field, seconds)


def check_plugin(
    module: ModuleType | object, settings: amparo.Settings | None = None, *, live: bool = False
) -> dict[str, tuple[str, ...]]:
    """Load a plugin as the portal does and check each of its providers; returns the names of what it brings by kind.

    ``live``: call channels and observers, too. Raises AssertionError with everything that is wrong; warns, by
    DeprecationWarning, of everything that it uses and that will go one day.
    """
    name = getattr(module, "__name__", type(module).__name__)
    candidate = Candidate(name, name, "", PluginSource.ENTRY_POINT, lambda: module, frozenset())
    given = settings or amparo.Settings()
    plugin = Loader(given, Aside(), [kind.name for kind in KINDS], DEPRECATED).load(candidate)
    assert plugin.state is PluginState.ON, f"{name} does not load: {plugin.cause}"
    for remark in plugin.remarks:
        if remark != UNDECLARED:
            warnings.warn(remark, DeprecationWarning, stacklevel=2)
    for kind, providers in plugin.providers.items():
        for provider in providers:
            _require(kind, provider, given.plugin_seconds, live=live)
    return dict(plugin.names)


def _require(kind: str, provider: Any, seconds: float, *, live: bool = True) -> None:
    outcomes = outcomes_of_provider(kind, provider, seconds=seconds, live=live)
    wrong = [_sentence(outcome) for outcome in outcomes if outcome.state is State.WRONG]
    assert not wrong, "\n".join(wrong)


def _sentence(outcome: Outcome) -> str:
    return f"{outcome.subject}: {outcome.check}: {outcome.problem} {outcome.remedy}".strip()


def allowed(rule: amparo.Rule, case: amparo.CaseFacts, *volunteers: amparo.VolunteerFacts) -> dict[str, bool]:
    """Whom a rule allows in a case: True or False by each volunteer's ref."""
    view, columns = _seen(case, volunteers)
    return dict(zip((one.ref for one in volunteers), rule.allows(view, columns).tolist(), strict=True))


def points_of(scorer: amparo.Scorer, case: amparo.CaseFacts, *volunteers: amparo.VolunteerFacts) -> dict[str, float]:
    """What a scorer gives in a case, weighted: points by each volunteer's ref."""
    view, columns = _seen(case, volunteers)
    return dict(zip((one.ref for one in volunteers), scorer.points(view, columns).tolist(), strict=True))


def explained(rule: amparo.Rule, case: amparo.CaseFacts) -> str:
    """What a coordinator reads where a rule allows nobody in a case."""
    return rule.explain(_seen(case, ())[0])


def _seen(
    case: amparo.CaseFacts, volunteers: tuple[amparo.VolunteerFacts, ...]
) -> tuple[amparo.CaseView, amparo.VolunteerColumns]:
    snapshot = amparo.Snapshot(TODAY, (case,), volunteers)
    book = CodeBook.of(snapshot)
    return case_view(case, book, TODAY), volunteer_columns(snapshot, book)


def due_after(rule: amparo.DeadlineRule, since: date) -> date:
    """The last day, where the fact that a rule counts from was on this day; the first for one that only opens."""
    found = deadline_after(rule, since)
    due = found.due or found.opens
    assert due is not None
    return due


def answer_of(field: amparo.IntakeField, typed: str) -> bool | float | str | None:
    """What is kept where this is typed as an answer; None: nothing. Raises AmparoError where it is refused."""
    return read_answer(field, typed)


def entries_of(
    roster: amparo.Roster, since: datetime | None = None, *, seconds: float = SECONDS
) -> list[amparo.RosterEntry]:
    """Everything that a roster gives, read in an event loop of its own; raises TimeoutError where it does not end."""

    async def read() -> list[amparo.RosterEntry]:
        async with asyncio.timeout(seconds):
            return [entry async for entry in roster.fetch(since)]

    return asyncio.run(read())


def table_of(report: amparo.Report, facts: amparo.ReportFacts) -> dict[str, dict[str, amparo.Cell]]:
    """What a report says of these facts: the cells of each row by their column, by the first cell of the row."""
    table = report.table(facts)
    labels = [column.label for column in table.columns]
    return {str(row[0]): dict(zip(labels[1:], row[1:], strict=True)) for row in table.rows}


def shown_by(panel: amparo.Panel, subject: amparo.Subject = None, *, seconds: float = SECONDS) -> amparo.PanelContent:
    """What a panel shows, asked in an event loop of its own; raises TimeoutError where it does not answer."""

    async def ask() -> amparo.PanelContent:
        async with asyncio.timeout(seconds):
            return await panel.show(subject)

    return asyncio.run(ask())


class FakeRoster:
    """A roster of given entries."""

    name, title, every = "fake", "A made-up bar", timedelta(days=1)

    def __init__(self, entries: Iterable[amparo.RosterEntry], *, bar: str = "NM") -> None:
        self.entries: tuple[amparo.RosterEntry, ...] = tuple(entries)
        self.bar: str = bar

    async def fetch(self, since: datetime | None) -> AsyncIterator[amparo.RosterEntry]:
        """Give them one after another."""
        for entry in self.entries:
            yield entry


class FakeChannel:
    """A channel that keeps what it delivers in ``delivered``, and fails while ``failing`` is set."""

    name, needs_address = "fake", False

    def __init__(self) -> None:
        self.delivered: list[amparo.Envelope] = []
        self.failing: bool = False

    async def deliver(self, envelope: amparo.Envelope) -> amparo.Receipt:
        """Keep it, or raise DeliveryFailed."""
        if self.failing:
            raise amparo.DeliveryFailed("It fails on purpose.")
        self.delivered.append(envelope)
        return amparo.Receipt(detail=f"Kept as number {len(self.delivered)}.")


class FakeObserver:
    """An observer that keeps the events in ``events``."""

    name = "fake"

    def __init__(self) -> None:
        self.events: list[amparo.AuditEvent] = []

    async def seen(self, event: amparo.AuditEvent) -> None:
        """Keep it."""
        self.events.append(event)


@pytest.fixture
def amparo_snapshot() -> amparo.Snapshot:
    """Thirty cases and thirty-six volunteers with everything odd that occurs, the same every time."""
    return sample_world().snapshot


@pytest.fixture
def amparo_settings() -> amparo.Settings:
    """The settings of an installation that has set nothing."""
    return amparo.Settings()
