"""The contract of each piece in one line, and what it must say in particular."""

from pathlib import Path

import pytest
from our_bar import plugin

from amparo import PracticeArea, Standing
from amparo_testing import (
    a_case,
    a_volunteer,
    allowed,
    check_plugin,
    check_roster,
    check_rule,
    entries_of,
    explained,
)

ROSTER = "Number,Name,Status\n007,Alma Reyes,Active\n008,Omar Haddad,On sabbatical\n009,Ana Cruz,Away\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A roster of three members."""
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def test_the_rule_keeps_its_contract() -> None:
    check_rule(plugin.our_bar_training_for_detained)


def test_a_detained_client_gets_somebody_trained() -> None:
    trained = a_volunteer("V-1", practice={PracticeArea.ASYLUM: 2})
    beginner = a_volunteer("V-2", practice={PracticeArea.ASYLUM: 1})
    rule, detained = plugin.our_bar_training_for_detained, a_case(detained=True)

    assert allowed(rule, detained, trained, beginner) == {"V-1": True, "V-2": False}
    assert allowed(rule, a_case(detained=False), trained, beginner) == {"V-1": True, "V-2": True}
    assert explained(rule, detained).startswith("No attorney at level 2 or above for asylum cases")


def test_the_roster_keeps_its_contract(file: Path) -> None:
    check_roster(plugin.Members(file))


def test_the_roster_keeps_leading_zeros_and_our_words(file: Path) -> None:
    entries = entries_of(plugin.Members(file))

    assert [entry.number for entry in entries] == ["007", "008", "009"]
    assert [entry.standing for entry in entries] == [Standing.ACTIVE, Standing.INACTIVE, Standing.UNKNOWN]
    assert [entry.status for entry in entries] == ["Active", "On sabbatical", "Away"]


def test_it_loads_with_and_without_a_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(plugin.FILE, raising=False)
    assert "rosters" not in check_plugin(plugin)

    monkeypatch.setenv(plugin.FILE, str(file))
    assert check_plugin(plugin)["rosters"] == ("our-bar",)
