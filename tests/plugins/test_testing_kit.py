"""The test kit as a partner uses it: one line a contract, and a failure that says everything."""

import tomllib
from datetime import date
from typing import Any, cast

import numpy as np
import pytest

import amparo_testing
from amparo import (
    AccountRole,
    AmparoError,
    NavigationEntry,
    Panel,
    PanelContent,
    PanelPlace,
    SeatRole,
    Settings,
    Snapshot,
    Subject,
    VolunteerRecord,
    rule,
    scorer,
)
from amparo_testing import (
    FakeChannel,
    FakeObserver,
    FakeRoster,
    a_case,
    a_case_record,
    a_deadline_rule,
    a_match_record,
    a_snapshot,
    a_volunteer,
    a_volunteer_record,
    allowed,
    amparo_settings,
    amparo_snapshot,
    an_entry,
    an_envelope,
    an_event,
    an_intake_field,
    answer_of,
    check_channel,
    check_deadline,
    check_intake_field,
    check_matcher,
    check_navigation,
    check_observer,
    check_panel,
    check_plugin,
    check_report,
    check_roster,
    check_rule,
    check_scorer,
    due_after,
    entries_of,
    explained,
    points_of,
    shown_by,
    some_facts,
    table_of,
)
from core.versions import Deprecated, Part
from plugins.reports.months import Months
from plugins.reports.served import Served
from tests.house.tracked import ROOT
from tests.plugins_for_tests import neighbour

__all__ = ["amparo_settings", "amparo_snapshot"]


@rule(role="attorney", reads=("hours",), blocks="hours")
def enough_hours(case: Any, volunteers: Any) -> Any:
    """Nobody has {hours} hours."""
    return volunteers.free_hours >= case.hours


@scorer(role="attorney", reads=(), weight=2.0)
def idle(case: Any, volunteers: Any) -> Any:
    """Idle."""
    return 1.0 - volunteers.load


@rule(role="attorney", reads=(), blocks="x")
def lottery(case: Any, volunteers: Any) -> Any:
    """Bad luck of {hours}."""
    return np.random.default_rng().random(volunteers.n) < 0.5


def test_each_contract_is_one_line() -> None:
    check_rule(enough_hours)
    check_scorer(idle)
    check_matcher(neighbour.FirstCome())
    check_channel(FakeChannel())
    check_observer(FakeObserver())
    check_roster(FakeRoster([an_entry()]))
    check_deadline(a_deadline_rule())
    check_intake_field(an_intake_field())


def test_reports_panels_and_entries_are_checked_and_asked_in_one_line() -> None:
    check_navigation(NavigationEntry("Ours", "/panels/ours", (AccountRole.PARTNER,)))
    for report in (Served(), Months()):
        check_report(report)
    said = table_of(Served(), some_facts((a_case_record("C-1"), a_case_record("C-2")), (a_match_record("C-2"),)))
    assert said["Asylum"]["Share served"] == 0.5

    with pytest.raises(AssertionError, match="whose show must be declared with async def"):
        check_panel(cast(Panel, Greeting()))
    assert shown_by(Hello(), a_volunteer_record("V-9")) == PanelContent(("Hello, V-9.",))
    check_panel(Hello())


class Greeting:
    name, title, place, roles = "greeting", "Greeting", PanelPlace.VOLUNTEER, (AccountRole.COORDINATOR,)

    def show(self, subject: Subject) -> PanelContent:
        return PanelContent(())


class Hello:
    name, title, place, roles = "hello", "Hello", PanelPlace.VOLUNTEER, (AccountRole.COORDINATOR,)

    async def show(self, subject: Subject) -> PanelContent:
        assert isinstance(subject, VolunteerRecord)
        return PanelContent((f"Hello, {subject.ref}.",))


def test_a_broken_contract_fails_with_everything_that_is_wrong() -> None:
    with pytest.raises(AssertionError) as caught:
        check_rule(lottery)

    assert "the same answer twice, in any order: It gave two answers" in str(caught.value)
    assert "its sentence: Its sentence names {hours}, which it does not read." in str(caught.value)


def test_a_whole_plugin_is_loaded_and_each_piece_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    diary = neighbour.Diary()
    monkeypatch.setattr(neighbour, "Diary", lambda: diary)

    assert check_plugin(neighbour)["channels"] == ("postcard",)
    assert diary.kinds == []
    check_plugin(neighbour, live=True)
    assert "case.listed" in diary.kinds

    monkeypatch.setattr(neighbour, "waiting", lottery)
    with pytest.raises(AssertionError, match="amparo_scorers: It returned a Rule without weight, points"):
        check_plugin(neighbour)


def test_what_will_go_one_day_is_a_warning_and_what_does_not_fit_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Deprecated(Part.HOOK, "amparo_rules", "1.0", "2.0", "amparo_laws")
    monkeypatch.setattr("amparo_testing.DEPRECATED", (old,))
    with pytest.warns(DeprecationWarning, match=r"It uses hook amparo_rules, deprecated since 1\.0 and gone in 2\.0"):
        check_plugin(neighbour)

    monkeypatch.setattr(neighbour, "amparo_api", "3.0", raising=False)
    with pytest.raises(AssertionError, match=r"written for version 3\.0 of amparo"):
        check_plugin(neighbour)


def test_rules_and_scorers_are_asked_about_made_up_people() -> None:
    busy, free = a_volunteer("V-1", capacity_hours=10.0, load=0.5), a_volunteer("V-2")

    assert allowed(enough_hours, a_case(hours=40.0), busy, free) == {"V-1": False, "V-2": True}
    assert explained(enough_hours, a_case(hours=40.0)) == "Nobody has 40 hours."
    assert points_of(idle, a_case(), busy, free) == {"V-1": 1.0, "V-2": 2.0}


def test_a_rule_about_deadlines_is_counted_and_a_question_is_answered() -> None:
    thirty, question = a_deadline_rule(), an_intake_field()

    assert due_after(thirty, date(2026, 11, 2)) == date(2026, 12, 2)
    assert (answer_of(question, "no"), answer_of(question, " ")) == (False, None)
    with pytest.raises(AmparoError, match="Answer yes or no"):
        answer_of(question, "perhaps")
    with pytest.raises(AssertionError, match=r"deadline: is declared: .* no citation"):
        check_deadline(a_deadline_rule(citation=""))
    with pytest.raises(AssertionError, match=r"intake field: is declared: .* no label"):
        check_intake_field(an_intake_field(label=""))


def test_a_roster_is_read_whole() -> None:
    assert [entry.number for entry in entries_of(FakeRoster([an_entry("1"), an_entry("2")]))] == ["1", "2"]


async def test_fakes_keep_what_they_get() -> None:
    channel, observer = FakeChannel(), FakeObserver()
    await channel.deliver(an_envelope("key-9"))
    await observer.seen(an_event("match.approved"))

    assert [one.idempotency_key for one in channel.delivered] == ["key-9"]
    assert [one.kind for one in observer.events] == ["match.approved"]
    channel.failing = True
    with pytest.raises(Exception, match="It fails on purpose"):
        await channel.deliver(an_envelope())


def test_the_fixtures_hold_something_of_everything(amparo_snapshot: Snapshot, amparo_settings: Settings) -> None:
    assert len(amparo_snapshot.cases) == 30
    assert {held.role for case in amparo_snapshot.cases for held in case.proposed} == set(SeatRole)
    assert {case.us_state for case in amparo_snapshot.cases} >= {"", "NM", "QQ"}
    assert amparo_settings == Settings()
    assert a_snapshot().volunteers == (a_volunteer(),)


def test_the_kit_stays_out_of_other_peoples_test_runs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert "pytest11" not in project.get("entry-points", {})
    assert sorted(amparo_testing.__all__) == sorted(set(amparo_testing.__all__))
