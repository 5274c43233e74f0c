"""The tally: its contract, and a line for each event."""

import asyncio
from pathlib import Path

import pytest
from example_bar import observers

from amparo_testing import an_event, check_observer


def test_it_keeps_its_contract(tmp_path: Path) -> None:
    check_observer(observers.Tally(tmp_path / "tally.csv"))


def test_each_event_is_one_line_without_anybodys_name(tmp_path: Path) -> None:
    tally = observers.Tally(tmp_path / "tally.csv")
    for number, kind in enumerate(("case.listed", "match.approved"), 1):
        asyncio.run(tally.seen(an_event(kind, sequence=number)))

    assert tally.file.read_text() == "1,2026-03-02,case.listed\n2,2026-03-02,match.approved\n"


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(observers.FILE, raising=False)
    assert observers.amparo_observers() == []

    monkeypatch.setenv(observers.FILE, str(tmp_path / "tally.csv"))
    assert [observer.name for observer in observers.amparo_observers()] == ["example_bar_tally"]
