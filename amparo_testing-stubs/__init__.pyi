# Written by `python -m tools.stubs` from amparo_testing.py: change that, not this.
from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime, timedelta
from types import ModuleType
import pytest
import amparo
from core.conformance.record_samples import a_case_record, a_match_record, a_roster_record, a_volunteer_record, some_facts
from core.conformance.samples import TODAY, a_case, a_deadline_rule, a_snapshot, a_volunteer, an_entry, an_envelope, an_event, an_intake_field
__all__ = ['TODAY', 'FakeChannel', 'FakeObserver', 'FakeRoster', 'a_case', 'a_case_record', 'a_deadline_rule', 'a_match_record', 'a_roster_record', 'a_snapshot', 'a_volunteer', 'a_volunteer_record', 'allowed', 'an_entry', 'an_envelope', 'an_event', 'an_intake_field', 'answer_of', 'check_channel', 'check_deadline', 'check_intake_field', 'check_matcher', 'check_navigation', 'check_observer', 'check_panel', 'check_plugin', 'check_report', 'check_roster', 'check_rule', 'check_scorer', 'due_after', 'entries_of', 'explained', 'points_of', 'shown_by', 'some_facts', 'table_of']
SECONDS = 5.0

def check_rule(rule: amparo.Rule, *, seconds: float=SECONDS) -> None:
    ...

def check_scorer(scorer: amparo.Scorer, *, seconds: float=SECONDS) -> None:
    ...

def check_matcher(matcher: amparo.Matcher, *, seconds: float=SECONDS) -> None:
    ...

def check_channel(channel: amparo.Channel, *, seconds: float=SECONDS) -> None:
    ...

def check_observer(observer: amparo.Observer, *, seconds: float=SECONDS) -> None:
    ...

def check_roster(roster: amparo.Roster, *, seconds: float=SECONDS) -> None:
    ...

def check_report(report: amparo.Report, *, seconds: float=SECONDS) -> None:
    ...

def check_navigation(entry: amparo.NavigationEntry, *, seconds: float=SECONDS) -> None:
    ...

def check_panel(panel: amparo.Panel, *, seconds: float=SECONDS) -> None:
    ...

def check_deadline(rule: amparo.DeadlineRule, *, seconds: float=SECONDS) -> None:
    ...

def check_intake_field(field: amparo.IntakeField, *, seconds: float=SECONDS) -> None:
    ...

def check_plugin(module: ModuleType | object, settings: amparo.Settings | None=None, *, live: bool=False) -> dict[str, tuple[str, ...]]:
    ...

def allowed(rule: amparo.Rule, case: amparo.CaseFacts, *volunteers: amparo.VolunteerFacts) -> dict[str, bool]:
    ...

def points_of(scorer: amparo.Scorer, case: amparo.CaseFacts, *volunteers: amparo.VolunteerFacts) -> dict[str, float]:
    ...

def explained(rule: amparo.Rule, case: amparo.CaseFacts) -> str:
    ...

def due_after(rule: amparo.DeadlineRule, since: date) -> date:
    ...

def answer_of(field: amparo.IntakeField, typed: str) -> bool | float | str | None:
    ...

def entries_of(roster: amparo.Roster, since: datetime | None=None, *, seconds: float=SECONDS) -> list[amparo.RosterEntry]:
    ...

def table_of(report: amparo.Report, facts: amparo.ReportFacts) -> dict[str, dict[str, amparo.Cell]]:
    ...

def shown_by(panel: amparo.Panel, subject: amparo.Subject=None, *, seconds: float=SECONDS) -> amparo.PanelContent:
    ...

class FakeRoster:
    entries: tuple[amparo.RosterEntry, ...]
    bar: str
    name, title, every = ('fake', 'A made-up bar', timedelta(days=1))

    def __init__(self, entries: Iterable[amparo.RosterEntry], *, bar: str='NM') -> None:
        ...

    def fetch(self, since: datetime | None) -> AsyncIterator[amparo.RosterEntry]:
        ...

class FakeChannel:
    delivered: list[amparo.Envelope]
    failing: bool
    name, needs_address = ('fake', False)

    def __init__(self) -> None:
        ...

    async def deliver(self, envelope: amparo.Envelope) -> amparo.Receipt:
        ...

class FakeObserver:
    events: list[amparo.AuditEvent]
    name = 'fake'

    def __init__(self) -> None:
        ...

    async def seen(self, event: amparo.AuditEvent) -> None:
        ...

@pytest.fixture
def amparo_snapshot() -> amparo.Snapshot:
    ...

@pytest.fixture
def amparo_settings() -> amparo.Settings:
    ...
