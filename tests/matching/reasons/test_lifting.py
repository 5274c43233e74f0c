"""Floors in explanations: a case that is served for a floor says so, and so does the one that it displaced."""

from datetime import date

import msgspec
import pytest

from bench.worlds import World
from core.model.plans.sharing import Floor, GroupKind, Sharing
from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Plan
from matching import solver
from matching.planning import plan_teams
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

FLOOR = Floor(GroupKind.COUNTY, "Doña Ana", 1.0, 5000.0)


def planned(snapshot: Snapshot) -> Plan:
    host = builtin()
    return plan_teams(snapshot, host.rules(), host.scorers(), seed=1, time_limit=30.0, report=lambda progress: None)


def two_cases_and_one_attorney(*floors: Floor) -> Snapshot:
    older = a_case("C-near", county="Bernalillo", us_state="NM", received=date(2024, 1, 5), remote_ok=True)
    cases = (older, a_case("C-far", county="Doña Ana", us_state="NM", remote_ok=True))
    person = a_volunteer("A-1", languages={"en": 5.0, "es": 4.0}, remote=True, capacity_cases=1)
    return Snapshot(TODAY, cases, (person,), sharing=Sharing(floors))


def test_a_team_that_a_floor_brought_about_names_it() -> None:
    plain, lifted = planned(two_cases_and_one_attorney()), planned(two_cases_and_one_attorney(FLOOR))
    assert [team.case for team in plain.teams] == ["C-near"]
    (team,) = lifted.teams
    assert team.case == "C-far"
    assert any("A floor for cases of Doña Ana county counts" in reason for reason in team.reasons)
    assert not any("floor" in reason for reason in plain.teams[0].reasons)


def test_the_case_that_it_displaced_is_told_what_counted_more() -> None:
    (left,) = planned(two_cases_and_one_attorney(FLOOR)).unmatched
    assert left.case == "C-near"
    assert left.reason == "capacity"
    assert "among them C-far, which a floor for cases of Doña Ana county counts" in left.detail


def test_a_floor_that_is_reached_anyway_is_not_mentioned() -> None:
    easy = Floor(GroupKind.COUNTY, "Bernalillo", 1.0, 5000.0)
    plan = planned(two_cases_and_one_attorney(easy))
    assert not any("floor" in reason for team in plan.teams for reason in team.reasons)


def test_a_large_waitlist_tells_its_floors_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "MANY", 0)
    monkeypatch.setattr(solver, "MANY_PAIRS", 0)
    snapshot = World(3).snapshot(60, 30, 15, hours=False, mentors=True)
    floor = Floor(GroupKind.LANGUAGE_GROUP, "Indigenous", 0.9, 3000.0)
    (reached,) = planned(msgspec.structs.replace(snapshot, sharing=Sharing((floor,)))).floors
    assert reached.served <= reached.waiting
    assert 0.0 <= reached.price <= floor.points
